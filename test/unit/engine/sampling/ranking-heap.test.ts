import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RankingHeap } from '../../../../main/engine/sampling/ranking-heap.ts';

describe('RankingHeap', () => {
  it('gives ids in descending order of score, lower ids first among equals', () => {
    const score = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, -1, -Infinity));
    fc.assert(
      fc.property(fc.array(score, { maxLength: 200 }), (scores) => {
        const heap = new RankingHeap(200);
        heap.fill(Float64Array.from(scores), scores.length, -Infinity);
        const expected = scores
          .map((value, id) => ({ value, id }))
          .sort((a, b) => (a.value === b.value ? a.id - b.id : a.value < b.value ? 1 : -1));
        expect(scores.map(() => heap.pop())).toEqual(expected.map(({ id }) => id));
        expect(heap.pop()).toBe(-1);
      }),
    );
  });
});

it('leaves out what is lower than asked for, and what is beyond the count', () => {
  const heap = new RankingHeap(5);
  heap.fill(Float64Array.of(1, 5, 3, 2, 9), 4, 2);
  expect([heap.pop(), heap.pop(), heap.pop(), heap.pop()]).toEqual([1, 2, 3, -1]);
});
