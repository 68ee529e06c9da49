import { describe, expect, it } from 'vitest';
import type { TokenizedText } from '../../../../main/contract/tokens.ts';
import { describeToken, vocabularyOf } from '../../../../renderer/tokens/described-token.ts';

const text = "l'été\n";
const result: TokenizedText = {
  ids: [500, 501, 199, 173, 502, 312],
  starts: [0, 1, 2, 2, 3, 5],
  ends: [1, 2, 3, 3, 5, 6],
  insertedSpace: [true, false, false, false, false, false],
  vocabulary: [
    { id: 500, piece: '▁l', kind: 'normal', bytes: '206c' },
    { id: 501, piece: "'", kind: 'normal', bytes: '27' },
    { id: 199, piece: '<0xC3>', kind: 'byte', bytes: 'c3' },
    { id: 173, piece: '<0xA9>', kind: 'byte', bytes: 'a9' },
    { id: 312, piece: '\n', kind: 'normal', bytes: '0a' },
  ],
  characterCount: 6,
  wordCount: 1,
  utf8ByteCount: 8,
  decoded: text,
};
const vocabulary = vocabularyOf(result);
const at = (index: number) => describeToken(text, result, vocabulary, index);

describe('describeToken', () => {
  it('shows the part of the text that a token covers', () => {
    expect(at(0)).toMatchObject({ id: 500, label: 'l', insertedSpace: true, start: 0, end: 1 });
    expect(at(5)).toMatchObject({ label: '↵', endsLine: true });
  });

  it('shows the piece of a byte token, because several share one character', () => {
    expect([at(2)?.label, at(3)?.label]).toEqual(['<0xC3>', '<0xA9>']);
  });

  it('shows the id of a token that the vocabulary does not explain', () => {
    expect(at(4)).toMatchObject({ piece: '#502', label: '#502', bytes: '' });
  });

  it('is null beyond the last token', () => {
    expect(at(6)).toBeNull();
  });
});
