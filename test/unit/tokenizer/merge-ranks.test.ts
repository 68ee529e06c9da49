import { describe, expect, it } from 'vitest';
import { mergeRanks } from '../../../main/tokenizer/merge-ranks.ts';

describe('mergeRanks', () => {
  it('reads both ways of writing merges, and keeps the first that makes a piece', () => {
    expect([...mergeRanks({ model: { merges: ['a b', 'b c', 'ab c', 'a bc'] } })]).toEqual([
      ['ab', 0],
      ['bc', 1],
      ['abc', 2],
    ]);
    expect([...mergeRanks({ model: { merges: [['a ', 'b']] } })]).toEqual([['a b', 0]]);
  });

  it('is empty where the model has none', () => {
    expect(mergeRanks({ model: { type: 'Unigram', vocab: [] } }).size).toBe(0);
  });
});
