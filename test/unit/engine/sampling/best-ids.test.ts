import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestId, bestIds } from '../../../../main/engine/sampling/best-ids.ts';

const scoresArbitrary = fc.array(
  fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, -1, -Infinity)),
  { minLength: 1, maxLength: 200 },
);

test('bestIds equals a full sort', () => {
  fc.assert(
    fc.property(scoresArbitrary, fc.integer({ min: 1, max: 30 }), (scores, count) => {
      const expected = [...scores.keys()]
        .filter((id) => scores[id] !== -Infinity)
        .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
      expect(bestIds(Float32Array.from(scores), count)).toEqual(expected.slice(0, count));
      expect(bestId(Float32Array.from(scores))).toBe(expected[0] ?? 0);
    }),
  );
});
