import { describe, expect, it } from 'vitest';
import { Figure, medianOf } from '../../../bench/peers/rounds.ts';

describe('medianOf', () => {
  it('is the middle value, or the mean of the middle two', () => {
    expect(medianOf([9, 1, 5])).toBe(5);
    expect(medianOf([9, 1, 5, 4])).toBe(4.5);
    expect(medianOf([])).toBeNull();
  });
});

describe('Figure', () => {
  const figure = new Figure('decode', 'ms/token');
  // The machine was slow in the second round, for both.
  for (const value of [10, 40, 12]) figure.add('a', value);
  for (const value of [5, 20, 4]) figure.add('b', value);

  it('takes a ratio within each round', () => {
    expect(figure.ratio('a', 'b')).toBe(2);
    expect(figure.median('a')).toBe(12);
    expect(figure.range('b')).toEqual({ minimum: 4, maximum: 20 });
  });

  it('knows nothing of who was not measured', () => {
    expect(figure.median('c')).toBeNull();
    expect(figure.ratio('a', 'c')).toBeNull();
  });

  it('converts round by round', () => {
    const rates = figure.converted('rate', 'tokens/s', (ms) => 1_000 / ms);
    expect(rates.range('a')).toEqual({ minimum: 25, maximum: 100 });
    expect(rates.ratio('a', 'b')).toBe(0.5);
  });
});
