import { describe, expect, it } from 'vitest';
import { DraftLength } from '../../../main/engine/draft-length.ts';

function judged(times: number, right: number, length: number): DraftLength {
  const lengths = new DraftLength();
  for (let i = 0; i < times; i++) lengths.judged(3, right, length);
  return lengths;
}

describe('DraftLength', () => {
  it('grows with drafts that are right and falls back to the free token with drafts that are not', () => {
    const begin = new DraftLength().longest(3);
    expect(begin).toBeGreaterThan(1);
    expect(judged(20, 6, 6).longest(3)).toBeGreaterThan(begin);
    expect(judged(20, 0, 3).longest(3)).toBe(1);
    expect(new DraftLength().longest(1)).toBe(1);
  });

  it('counts each kind of n-gram for itself', () => {
    const lengths = judged(20, 0, 3);
    expect(lengths.longest(2)).toBe(new DraftLength().longest(2));
  });

  it('drafts more where a row costs less', () => {
    const measured = (slope: number): number => {
      const lengths = judged(20, 9, 10);
      for (let i = 0; i < 30; i++) lengths.ran(2 + (i % 4), 40 + slope * (2 + (i % 4)));
      return lengths.longest(3);
    };
    expect(measured(0.1)).toBe(10);
    expect(measured(60)).toBeLessThan(measured(0.1));
  });

  it('believes no slope from runs of one kind', () => {
    const lengths = new DraftLength();
    for (let i = 0; i < 50; i++) lengths.ran(2, 30 + (i % 7));
    expect(lengths.longest(3)).toBe(new DraftLength().longest(3));
  });
});
