import { describe, expect, it } from 'vitest';
import type { TokenColumns } from '../../../../../renderer/tokens/token-columns.ts';
import { occurrencesOf } from '../../../../../renderer/tokens/vocabulary/occurrences.ts';

/** One token for each UTF-16 unit, whose id is its code. */
function columns(text: string): TokenColumns {
  const units = Array.from({ length: text.length }, (_, i) => i);
  return {
    count: text.length,
    ids: Uint32Array.from(units, (i) => text.charCodeAt(i)),
    starts: Uint32Array.from(units),
    ends: Uint32Array.from(units, (i) => i + 1),
    flags: new Uint8Array(text.length),
    vocabulary: new Map(),
  };
}

describe('occurrencesOf', () => {
  it('counts all and shows the first', () => {
    const text = 'abcab\nab';
    expect(occurrencesOf(text, columns(text), 97, 2)).toEqual({
      count: 3,
      first: [
        { index: 0, before: '', covered: 'a', after: 'bcab ↵ ab' },
        { index: 3, before: 'abc', covered: 'a', after: 'b ↵ ab' },
      ],
    });
    expect(occurrencesOf(text, columns(text), 5, 2)).toEqual({ count: 0, first: [] });
  });

  it('cuts no character in two', () => {
    const text = `😀${'x'.repeat(23)}a${'x'.repeat(23)}😀`;
    const { first } = occurrencesOf(text, columns(text), 97, 1);
    expect(first[0]).toMatchObject({ before: 'x'.repeat(23), after: 'x'.repeat(23) });
  });
});
