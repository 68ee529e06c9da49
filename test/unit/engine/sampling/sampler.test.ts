import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSampling, type Sampling } from '../../../../main/contract/sampling.ts';
import { Random } from '../../../../main/engine/sampling/random.ts';
import { Sampler } from '../../../../main/engine/sampling/sampler.ts';
import { slowDistribution, type Past } from './slow-sampling.ts';

const neutral: Sampling = { ...defaultSampling, temperature: 1 };
const nothing: Past = { prompt: [], generated: [], allowed: null };

/** Well separated values, so that rounding decides nothing, with some ties and impossible tokens among them. */
const logitsArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(0, 0.1, 0.9))
  .map(([size, seed, special]) => {
    const random = new Random(seed);
    return Array.from({ length: size }, () => {
      const kind = random.nextFloat();
      const value = Math.fround(random.nextFloat() * 12 - 6);
      return kind >= special ? value : kind < special / 2 ? -Infinity : Math.fround(2);
    });
  });

/** Ids as a bit mask. */
function bits(allowed: ReadonlySet<number>, size: number): Uint32Array {
  const mask = new Uint32Array(Math.ceil(size / 32));
  for (const id of allowed) mask[id >>> 5] = ((mask[id >>> 5] ?? 0) | (1 << (id & 31))) >>> 0;
  return mask;
}

/** How often each id came, and the probability that it was given. */
function draw(logits: readonly number[], settings: Sampling, past: Past, seed: number, count: number) {
  const sampler = new Sampler(settings, logits.length, new Random(seed));
  sampler.observe(past.prompt);
  for (const id of past.generated) sampler.accept(id);
  const counts = new Map<number, number>();
  const probabilities = new Map<number, number>();
  const values = Float32Array.from(logits);
  const allowed = past.allowed === null ? null : bits(past.allowed, logits.length);
  for (let i = 0; i < count; i++) {
    const { id, probability } = sampler.choose(values, allowed);
    counts.set(id, (counts.get(id) ?? 0) + 1);
    probabilities.set(id, probability);
  }
  expect([...values]).toEqual([...Float32Array.from(logits)]);
  return { counts, probabilities };
}

const only = (logits: readonly number[], settings: Partial<Sampling>, past: Partial<Past> = {}): number[] => [
  ...draw(logits, { ...neutral, ...settings }, { ...nothing, ...past }, 1, 5).counts.keys(),
];

describe('Sampler', () => {
  it('is greedy at temperature 0 or top-k 1, lower ids first among equals', () => {
    expect(only([1, 3, 2, 3], { temperature: 0, topP: 0.1, topK: 7 })).toEqual([1]);
    expect(only([1, 3, 2, 3], { topK: 1 })).toEqual([1]);
    expect(new Sampler({ ...neutral, topK: 1 }, 2, new Random(1)).choose(Float32Array.of(1, 2))).toEqual({
      id: 1,
      probability: 1,
    });
  });

  it('applies the repetition penalty to what the prompt or the answer has', () => {
    const greedy = { temperature: 0, repetitionPenalty: 2 };
    expect(only([2, 3, -1], greedy, { prompt: [1, 1] })).toEqual([0]);
    expect(only([-3, -2, -4], greedy, { generated: [1] })).toEqual([0]);
  });

  it('counts for the frequency penalty and marks for the presence penalty what the answer has, not the prompt', () => {
    const prompt = [1, 1, 1];
    expect(only([2, 3], { temperature: 0, frequencyPenalty: 2, presencePenalty: 2 }, { prompt })).toEqual([1]);
    expect(only([2, 3], { temperature: 0, frequencyPenalty: 0.4 }, { generated: [1, 1] })).toEqual([1]);
    expect(only([2, 3], { temperature: 0, frequencyPenalty: 0.4 }, { generated: [1, 1, 1] })).toEqual([0]);
    expect(only([2, 3], { temperature: 0, presencePenalty: 0.9 }, { generated: [1, 1, 1] })).toEqual([1]);
    expect(only([2, 3], { temperature: 0, presencePenalty: 1.1 }, { generated: [1] })).toEqual([0]);
  });

  it('adds the bias before the repetition penalty looks at the sign', () => {
    // 1 - 3 = -2, times 2 is -4; the other order, 1 / 2 - 3 = -2.5, would win.
    const settings = { temperature: 0, logitBias: { 0: -3 }, repetitionPenalty: 2 };
    expect(only([1, -3], settings, { prompt: [0] })).toEqual([1]);
  });

  it('refuses a bias outside the vocabulary', () => {
    expect(() => new Sampler({ ...neutral, logitBias: { 7: 1 } }, 7, new Random(1))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it.each<Partial<Sampling>>([{ temperature: 0 }, {}, { topP: 0.5 }, { topK: 5 }, { typicalP: 0.5 }])(
    'says that no token is allowed: %j',
    (settings) => {
      const sampler = new Sampler({ ...neutral, ...settings }, 40, new Random(1));
      const refused = expect.objectContaining({ code: 'NO_TOKEN_ALLOWED' }) as Error;
      expect(() => sampler.choose(new Float32Array(40), new Uint32Array(2))).toThrow(refused);
      expect(() => sampler.choose(new Float32Array(40).fill(-Infinity))).toThrow(refused);
    },
  );

  it.each<Partial<Sampling>>([{}, { topP: 0.5 }, { topK: 5 }, { minP: 0.1 }, { typicalP: 0.5 }])(
    'gives some token where the logits are not numbers: %j',
    (settings) => {
      const sampler = new Sampler({ ...neutral, ...settings }, 40, new Random(1));
      expect(sampler.choose(new Float32Array(40).fill(Number.NaN)).id).toBe(0);
    },
  );

  it('draws only what the definitions keep, all of it, with the probabilities of the definitions', () => {
    const settings = fc.record({
      temperature: fc.constantFrom(0, 0.4, 1, 2),
      topK: fc.constantFrom(0, 1, 3, 20, 150, 1000),
      topP: fc.constantFrom(0.05, 0.3, 0.9, 0.999, 1),
      minP: fc.constantFrom(0, 0.05, 0.5, 1),
      typicalP: fc.constantFrom(0.05, 0.5, 0.95, 1),
      repetitionPenalty: fc.constantFrom(0.8, 1, 1.3),
      frequencyPenalty: fc.constantFrom(-0.5, 0, 0.3),
      presencePenalty: fc.constantFrom(-0.5, 0, 0.7),
    });
    const someIds = fc.array(fc.nat({ max: 299 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        logitsArbitrary,
        settings,
        fc.record({ prompt: someIds, generated: someIds, biased: someIds, forbidden: fc.option(someIds) }),
        fc.nat(),
        (logits, chosen, { prompt, generated, biased, forbidden }, seed) => {
          const inside = (ids: readonly number[]) => ids.map((id) => id % logits.length);
          const logitBias = Object.fromEntries(inside(biased).map((id, i) => [id, i * 0.7 - 1]));
          const sampling = { ...neutral, ...chosen, logitBias };
          const isForbidden = new Set(inside(forbidden ?? []));
          const past: Past = {
            prompt: inside(prompt),
            generated: inside(generated),
            allowed: forbidden === null ? null : new Set(logits.keys().filter((id) => !isForbidden.has(id))),
          };
          const expected = slowDistribution(logits, past, sampling);
          if (expected.size === 0) {
            expect(() => draw(logits, sampling, past, seed, 1)).toThrow(/allow no token/);
            return;
          }
          const { counts, probabilities } = draw(logits, sampling, past, seed, 200);
          for (const [id, probability] of probabilities) {
            expect(expected.has(id), `token ${id} was cut`).toBe(true);
            expect(probability).toBeCloseTo(expected.get(id) ?? 0, 12);
          }
          for (const [id, probability] of expected) {
            if (probability > 0.15)
              expect(counts.has(id), `token ${id} of probability ${probability} never came`).toBe(true);
          }
        },
      ),
      { numRuns: 800, seed: 20_26 },
    );
  });

  it.each<[string, Partial<Sampling>]>([
    ['temperature alone', { temperature: 0.7 }],
    ['top-k', { topK: 4 }],
    ['top-p', { topP: 0.8 }],
    ['min-p', { minP: 0.2 }],
    ['typical', { typicalP: 0.8 }],
    ['all together', { temperature: 1.5, topK: 6, topP: 0.95, minP: 0.1, typicalP: 0.9, repetitionPenalty: 1.2 }],
  ])('draws with the probabilities of the definition: %s', (_name, chosen) => {
    const logits = [2, 1.5, 0.3, -0.4, 1.1, 0.9, -2, 0];
    const sampling = { ...neutral, ...chosen };
    const past = { ...nothing, prompt: [0, 3] };
    const expected = slowDistribution(logits, past, sampling);
    const draws = 40_000;
    const { counts } = draw(logits, sampling, past, 11, draws);
    let chiSquared = 0;
    for (const [id, probability] of expected) {
      chiSquared += ((counts.get(id) ?? 0) - probability * draws) ** 2 / (probability * draws);
    }
    // Up to 7 degrees of freedom: above 24.3 with probability 0.001.
    expect(chiSquared).toBeLessThan(24.3);
    expect([...counts.keys()].sort()).toEqual([...expected.keys()].sort());
  });

  it.each<Partial<Sampling>>([{ topP: 0.9 }, { typicalP: 0.9 }, { typicalP: 0.2 }, { topK: 200, topP: 0.99 }])(
    'leaves nothing out for speed in a vocabulary of 20,000: %j',
    (chosen) => {
      for (const sharpness of [0.05, 1, 6]) {
        const logits = Array.from({ length: 20_000 }, (_, i) => Math.fround(sharpness * Math.sin(i * i)));
        const sampling = { ...neutral, ...chosen };
        const expected = slowDistribution(logits, nothing, sampling);
        for (const [id, probability] of draw(logits, sampling, nothing, 5, 40).probabilities) {
          expect(probability / (expected.get(id) ?? 0)).toBeCloseTo(1, 9);
        }
      }
    },
  );

  it('repeats itself for the same seed', () => {
    const logits = Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const sequence = (seed: number): number[] => {
      const sampler = new Sampler({ ...neutral, topP: 0.9 }, logits.length, new Random(seed));
      return Array.from({ length: 30 }, () => sampler.choose(Float32Array.from(logits)).id);
    };
    expect(sequence(3)).toEqual(sequence(3));
    expect(sequence(3)).not.toEqual(sequence(4));
  });
});
