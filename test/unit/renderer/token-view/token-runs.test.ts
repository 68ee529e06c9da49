import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineRuns, runOf } from '../../../../renderer/token-view/token-runs.ts';

describe('lineRuns', () => {
  it('covers every token once, within the length limits', () => {
    const input = fc.record({
      ends: fc.array(fc.boolean(), { maxLength: 400 }),
      length: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(input, ({ ends, length }) => {
        const runs = lineRuns(ends.length, length, (index) => ends[index] ?? false);
        expect(runs.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at))).toEqual(
          ends.map((_, index) => index),
        );
        for (const { start, end } of runs.slice(0, -1)) {
          expect(end - start).toBeGreaterThanOrEqual(length);
          expect(end - start).toBeLessThanOrEqual(2 * length);
        }
      }),
    );
  });

  it('ends at a line end where one comes in time, else at twice the length', () => {
    expect(lineRuns(10, 3, (index) => index === 4)).toEqual([
      { start: 0, end: 5 },
      { start: 5, end: 10 },
    ]);
    expect(lineRuns(7, 3, () => false)).toEqual([
      { start: 0, end: 6 },
      { start: 6, end: 7 },
    ]);
  });

  it('keeps finished runs where tokens are added', () => {
    const endsLine = (index: number) => index % 7 === 6;
    const before = lineRuns(50, 10, endsLine);
    expect(lineRuns(60, 10, endsLine).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });

  it('has no run for no token', () => {
    expect(lineRuns(0, 10, () => true)).toEqual([]);
  });
});

describe('runOf', () => {
  const runs = lineRuns(1_000, 64, (index) => index % 50 === 49);

  it('finds the run of every token', () => {
    for (let index = 0; index < 1_000; index += 1) {
      const run = runs[runOf(runs, index)];
      expect(run !== undefined && run.start <= index && index < run.end).toBe(true);
    }
  });

  it('is -1 outside', () => {
    expect(runOf(runs, -1)).toBe(-1);
    expect(runOf(runs, 1_000)).toBe(-1);
    expect(runOf([], 0)).toBe(-1);
  });
});
