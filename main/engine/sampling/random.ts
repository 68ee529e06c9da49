/**
 * The generator behind sampling: xoshiro128** 1.1 (Blackman and Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c).
 * Its state comes from the seed as in SplitMix (Steele, Lea and Flood 2014): a counter stepped by the golden ratio, mixed here
 * by the 32-bit finaliser of MurmurHash3. Small, well studied, and the same on every machine.
 */
export class Random {
  readonly #state: Uint32Array;

  /** `state`, where given, is used as it is (four 32-bit words, not all zero). */
  constructor(seed: number, state?: readonly [number, number, number, number]) {
    this.#state = Uint32Array.from(state ?? expandSeed(seed));
  }

  /** 32 random bits. */
  nextUint32(): number {
    const s = this.#state as unknown as [number, number, number, number];
    const result = Math.imul(rotateLeft(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return result;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function expandSeed(seed: number): [number, number, number, number] {
  let counter = seed >>> 0;
  const next = (): number => {
    counter = (counter + 0x9e37_79b9) >>> 0;
    let z = counter;
    z = Math.imul(z ^ (z >>> 16), 0x85eb_ca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2_ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  return [next(), next(), next(), next()];
}
