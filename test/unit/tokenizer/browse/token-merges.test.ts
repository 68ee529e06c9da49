import { describe, expect, it } from 'vitest';
import { frequencyClasses } from '../../../../main/tokenizer/browse/frequency-classes.ts';
import { TokenMerges } from '../../../../main/tokenizer/browse/token-merges.ts';

const ids = new Map([...'abc', 'ab', 'abc', 'bc', 'aa', 'aaa'].map((piece, id) => [piece, id]));
const merges = [['a', 'b'], 'ab c', 'a bc', 'b c', 'a a', 'aa a', 'a aa', 'x y'];
const table = new TokenMerges({ model: { merges } }, (piece) => ids.get(piece) ?? null);

describe('TokenMerges', () => {
  it('has every merge of a token, in order of rank, in both ways of writing', () => {
    expect(table.making(4)).toEqual([
      { left: 3, right: 2, rank: 1 },
      { left: 0, right: 5, rank: 2 },
    ]);
    expect(table.rankOf(7)).toBe(5);
    expect(table.rankOf(0)).toBeNull();
  });

  it('names a token once that is made of another in several ways', () => {
    expect(table.madeOf(0)).toEqual([3, 4, 6, 7]);
    expect(table.madeOf(6)).toEqual([7]);
    expect(table.madeOf(4)).toEqual([]);
  });

  it('has no merge that makes a token of itself', () => {
    const hostile = new TokenMerges({ model: { merges: [['', 'a'], 'a ', 'a b'] } }, (piece) => piece.length);
    expect(hostile.making(1)).toEqual([]);
    expect(hostile.making(2)).toEqual([{ left: 1, right: 1, rank: 2 }]);
  });

  it('is empty for a model without merges', () => {
    expect(new TokenMerges({ model: { vocab: [] } }, () => 0).rankOf(0)).toBeNull();
  });
});

describe('frequencyClasses', () => {
  it('doubles from class to class', () => {
    expect(frequencyClasses([null, 0, 1, 2, 3, 6, 7])).toEqual([null, 0, 1, 1, 2, 2, 3]);
  });

  it('gives none to tokens that were put in by hand', () => {
    expect(frequencyClasses([8, 9, null, 0, 1, 2])).toEqual([null, null, null, 0, 1, 1]);
  });
});
