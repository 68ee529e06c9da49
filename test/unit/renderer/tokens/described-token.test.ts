import { describe, expect, it } from 'vitest';
import { describeToken } from '../../../../renderer/tokens/described-token.ts';
import type { TokenColumns } from '../../../../renderer/tokens/token-columns.ts';

const text = "l'été\n";
const entries = [
  { id: 500, piece: '▁l', kind: 'normal', bytes: '206c', mergeRank: 7 },
  { id: 501, piece: "'", kind: 'normal', bytes: '27', mergeRank: null },
  { id: 199, piece: '<0xC3>', kind: 'byte', bytes: 'c3', mergeRank: null },
  { id: 173, piece: '<0xA9>', kind: 'byte', bytes: 'a9', mergeRank: null },
  { id: 312, piece: '\n', kind: 'normal', bytes: '0a', mergeRank: null },
] as const;
const tokens: TokenColumns = {
  count: 6,
  ids: Uint32Array.of(500, 501, 199, 173, 502, 312),
  starts: Uint32Array.of(0, 1, 2, 2, 3, 5),
  ends: Uint32Array.of(1, 2, 3, 3, 5, 6),
  flags: Uint8Array.of(1, 0, 0, 0, 0, 0),
  vocabulary: new Map(entries.map((entry) => [entry.id, entry])),
};
const at = (index: number) => describeToken(text, tokens, index);

describe('describeToken', () => {
  it('shows the part of the text that a token covers', () => {
    expect(at(0)).toMatchObject({ id: 500, label: 'l', insertedSpace: true, start: 0, end: 1, mergeRank: 7 });
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
