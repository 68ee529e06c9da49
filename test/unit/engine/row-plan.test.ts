import { describe, expect, it } from 'vitest';
import { planRows, tileRows } from '../../../main/engine/row-plan.ts';

const ids = (count: number, first = 100): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('planRows', () => {
  it('runs a token that comes alone with the one before it', () => {
    expect(planRows([7, 8], [9], 1)).toEqual({
      start: 1,
      ids: [8, 9],
      accepted: 2,
      kept: 2,
      wanted: { from: 1, to: 2 },
    });
  });

  it('runs the first token of all twice and forgets the copy', () => {
    expect(planRows([], [9], 1)).toEqual({ start: 0, ids: [9, 9], accepted: 1, kept: 2, wanted: { from: 0, to: 1 } });
  });

  it('leaves everything as it is for a device that does not mind', () => {
    expect(planRows([7, 8], [9], 1, true)).toEqual({
      start: 2,
      ids: [9],
      accepted: 1,
      kept: 1,
      wanted: { from: 0, to: 1 },
    });
  });

  it('never leaves a row alone in a tile, and gives the logits that are wanted', () => {
    for (const held of [[], ids(1, 1), ids(70, 1)]) {
      for (let count = 1; count <= 3 * tileRows; count++) {
        for (const kept of [1, 2, tileRows, tileRows + 1, count].filter((wanted) => wanted <= count)) {
          const fed = ids(count);
          const plan = planRows(held, fed, kept);
          expect(plan.ids.length % tileRows).not.toBe(1);
          expect(plan.kept % tileRows).not.toBe(1);
          expect(plan.kept).toBeLessThanOrEqual(plan.ids.length);
          // What stays in the cache is what was held, then what was fed.
          const after = [...held.slice(0, plan.start), ...plan.ids.slice(0, plan.accepted)];
          expect(after).toEqual([...held, ...fed]);
          const logitsOf = plan.ids.slice(-plan.kept).slice(plan.wanted.from, plan.wanted.to);
          expect(logitsOf).toEqual(fed.slice(-kept));
        }
      }
    }
  });

  it('refuses to run nothing', () => {
    expect(() => planRows([1], [], 1)).toThrow(RangeError);
  });
});
