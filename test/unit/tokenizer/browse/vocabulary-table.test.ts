import { describe, expect, it } from 'vitest';
import { VocabularyTable, VocabularyTables } from '../../../../main/tokenizer/browse/index.ts';
import { Tokenizer } from '../../../../main/tokenizer/tokenizer.ts';
import { demoFolder } from '../demo-folder.ts';
import { aVocabulary, pieces } from './a-vocabulary.ts';

describe('VocabularyTable', () => {
  it('knows text, bytes, script, rank and class of every token', async () => {
    const table = await aVocabulary();
    expect(table.rows.map(({ piece }) => piece)).toEqual(pieces);
    expect(table.rowOf(15)).toEqual({
      id: 15,
      piece: '▁été',
      kind: 'normal',
      bytes: '20c3a974c3a9',
      mergeRank: 2,
      text: ' été',
      characterCount: 4,
      script: 'Latin',
      frequencyClass: 1,
      reachability: 'reachable',
    });
    expect(table.rowOf(2)).toMatchObject({ kind: 'byte', bytes: 'c3', text: '', characterCount: 0, script: 'none' });
    expect(table.rowOf(1)).toMatchObject({ kind: 'byte', bytes: '41', text: 'A', script: 'none' });
    expect(table.rowOf(0)).toMatchObject({ kind: 'special', bytes: '', text: '', mergeRank: null });
    expect(table.rowOf(3)).toMatchObject({ kind: 'unused', text: '<unused5>', script: 'none' });
    expect(table.rowOf(20)).toBeUndefined();
  });

  it('has added tokens behind a gap, however wide', async () => {
    const table = await aVocabulary(undefined, 4_000_000_000);
    expect(table.rows.map(({ id }) => id).slice(-2)).toEqual([19, 4_000_000_000]);
    expect(table.rowOf(4_000_000_000)).toMatchObject({ piece: '<far>', frequencyClass: null, mergeRank: null });
  });

  it('reads pieces that spell bytes with letters, as GPT-2 writes them', async () => {
    const spelled = ['Ġ', 'Ã', 'Ġcaf', 'ĠcafÃ©'];
    const tokenizer = {
      hash: '',
      addedTokens: [],
      vocabularySize: 4,
      hasByteFallback: false,
      textRules: { isByteLevel: true, swallowers: [], atStart: 'as-is' as const },
      pieceOf: (id: number) => spelled[id] ?? '',
      idOf: (piece: string) => spelled.indexOf(piece),
      isSpecial: () => false,
      kindOf: () => 'normal' as const,
    };
    const { rows } = await VocabularyTable.of(tokenizer, {}, () => 'unknown');
    expect(rows.map(({ text, bytes }) => [text, bytes])).toEqual([
      [' ', '20'],
      ['', 'c3'],
      [' caf', '20636166'],
      [' café', '20636166c3a9'],
    ]);
    expect(rows.map(({ characterCount }) => characterCount)).toEqual([1, 0, 4, 5]);
  });

  it('is made once for each tokenizer', async () => {
    const tokenizer = await Tokenizer.load(demoFolder);
    const tables = new VocabularyTables(() => () => 'unknown');
    const path = `${demoFolder}/tokenizer.json`;
    const [one, other] = await Promise.all([tables.get(tokenizer, path), tables.get(tokenizer, path)]);
    expect(one).toBe(other);
    expect(one.rows).toHaveLength(tokenizer.vocabularySize);
    for (const { id, piece } of one.rows) expect(tokenizer.idOf(piece)).toBe(id);
  });
});
