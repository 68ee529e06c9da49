import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSampling, type Sampling } from '../../../../main/contract/sampling.ts';
import { Random } from '../../../../main/engine/sampling/random.ts';
import { Sampler } from '../../../../main/engine/sampling/sampler.ts';
import { slowDistribution } from './slow-sampling.ts';

const neutral: Sampling = { ...defaultSampling, temperature: 1 };

/** Logits with well separated values, so that rounding decides nothing. */
const logitsArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 0xffff_ffff }))
  .map(([size, seed]) => {
    const random = new Random(seed);
    return Array.from({ length: size }, () => Math.fround(random.nextFloat() * 8 - 4));
  });

function draw(
  logits: readonly number[],
  settings: Sampling,
  seen: readonly number[],
  seed: number,
  count: number,
): Map<number, number> {
  const sampler = new Sampler(settings, logits.length, new Random(seed));
  sampler.observe(seen);
  const counts = new Map<number, number>();
  const values = Float32Array.from(logits);
  for (let i = 0; i < count; i++) {
    const id = sampler.choose(values);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  expect([...values]).toEqual([...Float32Array.from(logits)]);
  return counts;
}

describe('Sampler', () => {
  it('is greedy at temperature 0, lower ids first among equals', () => {
    expect([...draw([1, 3, 2, 3], { ...neutral, temperature: 0, topP: 0.1, topK: 7 }, [], 1, 5).keys()]).toEqual([1]);
    expect([...draw([1, 3, 2, 3], { ...neutral, topK: 1 }, [], 1, 5).keys()]).toEqual([1]);
  });

  it('applies the repetition penalty before choosing', () => {
    expect([...draw([2, 3, -1], { ...neutral, temperature: 0, repetitionPenalty: 2 }, [1, 1], 1, 1).keys()]).toEqual([
      0,
    ]);
    expect([...draw([-3, -2, -4], { ...neutral, temperature: 0, repetitionPenalty: 2 }, [1], 1, 1).keys()]).toEqual([
      0,
    ]);
  });

  it('draws only what the definitions keep, and all of it', () => {
    const settings = fc.record({
      temperature: fc.constantFrom(0.4, 1, 2),
      topK: fc.constantFrom(0, 1, 3, 20, 1000),
      topP: fc.constantFrom(0.05, 0.3, 0.9, 1),
      minP: fc.constantFrom(0, 0.05, 0.5, 1),
      repetitionPenalty: fc.constantFrom(0.8, 1, 1.3),
    });
    fc.assert(
      fc.property(
        logitsArbitrary,
        settings,
        fc.array(fc.nat({ max: 59 }), { maxLength: 5 }),
        fc.nat(),
        (logits, chosen, ids, seed) => {
          const sampling = { ...neutral, ...chosen };
          const seen = ids.map((id) => id % logits.length);
          const expected = slowDistribution(logits, new Set(seen), sampling);
          const counts = draw(logits, sampling, seen, seed, 200);
          for (const id of counts.keys()) expect(expected.has(id), `token ${id} was cut`).toBe(true);
          for (const [id, probability] of expected) {
            if (probability > 0.15)
              expect(counts.has(id), `token ${id} of probability ${probability} never came`).toBe(true);
          }
        },
      ),
      { numRuns: 400, seed: 20_26 },
    );
  });

  it.each<[string, Partial<Sampling>]>([
    ['temperature alone', { temperature: 0.7 }],
    ['top-k', { topK: 4 }],
    ['top-p', { topP: 0.8 }],
    ['min-p', { minP: 0.2 }],
    ['all together', { temperature: 1.5, topK: 6, topP: 0.95, minP: 0.1, repetitionPenalty: 1.2 }],
  ])('draws with the probabilities of the definition: %s', (_name, chosen) => {
    const logits = [2, 1.5, 0.3, -0.4, 1.1, 0.9, -2, 0];
    const sampling = { ...neutral, ...chosen };
    const expected = slowDistribution(logits, new Set([0, 3]), sampling);
    const draws = 40_000;
    const counts = draw(logits, sampling, [0, 3], 11, draws);
    let chiSquared = 0;
    for (const [id, probability] of expected) {
      chiSquared += ((counts.get(id) ?? 0) - probability * draws) ** 2 / (probability * draws);
    }
    // Up to 7 degrees of freedom: above 24.3 with probability 0.001.
    expect(chiSquared).toBeLessThan(24.3);
    expect([...counts.keys()].sort()).toEqual([...expected.keys()].sort());
  });

  it('repeats itself for the same seed', () => {
    const logits = Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const sequence = (seed: number): number[] => {
      const sampler = new Sampler({ ...neutral, topP: 0.9 }, logits.length, new Random(seed));
      return Array.from({ length: 30 }, () => sampler.choose(Float32Array.from(logits)));
    };
    expect(sequence(3)).toEqual(sequence(3));
    expect(sequence(3)).not.toEqual(sequence(4));
  });
});
