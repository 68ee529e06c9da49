import { expect, it } from 'vitest';
import { filesCsv, textCsv } from '../../../../../renderer/tokens/compare/comparison-csv.ts';
import { differenceFrom, figuresOf } from '../../../../../renderer/tokens/compare/figures.ts';

const counts = { characterCount: 12, wordCount: 3, utf8ByteCount: 14 };

it('a row for each tokenizer that could count, names quoted where they need it', () => {
  expect(textCsv(counts, ['a "b", c', 'failed', 'd'], [4, null, 3]).split('\r\n')).toEqual([
    'tokenizer,tokens,words,characters,bytes,tokens_per_word,characters_per_token,bytes_per_token',
    '"a ""b"", c",4,3,12,14,1.3333,3.0000,3.5000',
    'd,3,3,12,14,1.0000,4.0000,4.6667',
    '',
  ]);
});

it('languages, then the total', () => {
  const totals = { fileCount: 2, counts, tokens: [4] };
  const lines = filesCsv([{ language: 'fr', ...totals }], { language: null, ...totals }, ['x']).split('\r\n');
  expect(lines[1]).toBe('fr,2,x,4,3,12,14,1.3333,3.0000,3.5000');
  expect(lines[2]).toMatch(/^total,2,x,/);
});

it('nothing is divided by nothing', () => {
  const none = { characterCount: 0, wordCount: 0, utf8ByteCount: 0 };
  expect(figuresOf(none, 0)).toEqual({ tokens: 0, tokensPerWord: null, charactersPerToken: null, bytesPerToken: null });
  expect(differenceFrom(0, 3)).toBeNull();
  expect(differenceFrom(null, 3)).toBeNull();
  expect(differenceFrom(4, 5)).toBeCloseTo(0.25);
});
