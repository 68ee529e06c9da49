/** Values that look like hidden states and are the same in every run: mulberry32, twelve uniform numbers summed to a normal one. */
export function seededVectors(
  seed: number,
  count: number,
  length: number,
  round: (value: number) => number,
): Float64Array[] {
  const random = seededUniform(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length }, () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += random();
      return round(sum);
    }),
  );
}

/** Different integers below `limit`, the first and the last among them, sorted. */
export function seededIndices(seed: number, count: number, limit: number): number[] {
  const random = seededUniform(seed);
  const chosen = new Set([0, limit - 1]);
  while (chosen.size < Math.min(count, limit)) chosen.add(Math.floor(random() * limit));
  return [...chosen].sort((a, b) => a - b);
}

function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
