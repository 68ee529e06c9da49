import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RankingHeap } from '../../../../main/engine/sampling/ranking-heap.ts';

describe('RankingHeap', () => {
  it('gives ids in descending order of score, lower ids first among equals', () => {
    const score = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, -1, -Infinity));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 200 }), (scores) => {
        const heap = new RankingHeap(200);
        heap.start(Float64Array.from(scores));
        for (const id of scores.keys()) heap.add(id);
        heap.arrange();
        const expected = scores
          .map((value, id) => ({ value, id }))
          .sort((a, b) => (a.value === b.value ? a.id - b.id : a.value < b.value ? 1 : -1));
        expect(scores.map(() => heap.pop())).toEqual(expected.map(({ id }) => id));
        expect(heap.pop()).toBe(-1);
      }),
    );
  });
});
