import { describe, expect, it } from 'vitest';
import { describeEntry } from '../../../../main/tokenizer/browse/index.ts';
import { aVocabulary } from './a-vocabulary.ts';

describe('describeEntry', () => {
  it('takes a token apart down to characters, the token itself last', async () => {
    const { tree } = describeEntry(await aVocabulary(), 15);
    expect(tree.map(({ piece, parts }) => [piece, parts])).toEqual([
      ['▁', null],
      ['é', null],
      ['▁é', [0, 1]],
      ['t', null],
      ['é', null],
      ['té', [3, 4]],
      ['▁été', [2, 5]],
    ]);
    expect(tree.at(-1)).toMatchObject({ id: 15, mergeRank: 2 });
  });

  it('says what is built from a token, at once and in the end', async () => {
    const entry = describeEntry(await aVocabulary(), 14);
    expect(entry.builtFromIt).toEqual({ total: 1, first: [{ id: 15, piece: '▁été' }] });
    expect(entry.words.first.map(({ id }) => id)).toEqual([15, 18]);
    expect(entry.containingCount).toBe(2);
  });

  it('has no relations for a control token', async () => {
    const entry = describeEntry(await aVocabulary(), 0);
    expect(entry).toMatchObject({ builtFromIt: { total: 0 }, words: { total: 0 }, containingCount: 0 });
    expect(entry.tree).toEqual([{ id: 0, piece: '<s>', mergeRank: null, parts: null }]);
  });

  it('refuses an id that is not there', async () => {
    const table = await aVocabulary();
    expect(() => describeEntry(table, 20)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
