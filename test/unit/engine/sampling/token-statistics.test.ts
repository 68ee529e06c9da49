import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternativeCount, tokenStatistics } from '../../../../main/engine/sampling/token-statistics.ts';

function slow(logits: number[], chosen: number) {
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const logProbabilities = logits.map((logit) => logit - Math.log(total));
  const order = logits.map((_, id) => id).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return {
    logProbability: logProbabilities[chosen] ?? NaN,
    rank: order.indexOf(chosen) + 1,
    entropy: -logProbabilities.reduce((sum, logProbability) => sum + Math.exp(logProbability) * logProbability, 0),
    alternatives: order.slice(0, alternativeCount).map((id) => ({ id, logProbability: logProbabilities[id] ?? NaN })),
  };
}

describe('tokenStatistics', () => {
  it('equals the definitions', () => {
    const logit = fc.oneof(fc.float({ min: -30, max: 30, noNaN: true }), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 100 }), fc.nat(), (values, pick) => {
        const chosen = pick % values.length;
        const expected = slow(values, chosen);
        const actual = tokenStatistics(Float32Array.from(values), chosen);
        expect(actual.rank).toBe(expected.rank);
        expect(actual.logProbability).toBeCloseTo(expected.logProbability, 9);
        expect(actual.entropy).toBeCloseTo(expected.entropy, 9);
        expect(actual.alternatives.map(({ id }) => id)).toEqual(expected.alternatives.map(({ id }) => id));
        for (const [i, { logProbability }] of actual.alternatives.entries()) {
          expect(logProbability).toBeCloseTo(expected.alternatives[i]?.logProbability ?? NaN, 9);
        }
      }),
    );
  });

  it('stays exact for logits that overflow an exponential', () => {
    const { logProbability, entropy } = tokenStatistics(Float32Array.of(5000, 5000), 0);
    expect(logProbability).toBeCloseTo(-Math.LN2, 12);
    expect(entropy).toBeCloseTo(Math.LN2, 12);
  });

  it('takes masked tokens for impossible', () => {
    const { entropy, rank } = tokenStatistics(Float32Array.of(0, -Infinity, 0), 1);
    expect(entropy).toBeCloseTo(Math.LN2, 12);
    expect(rank).toBe(3);
  });
});
