import { describe, expect, it } from 'vitest';
import { rowAfterKey } from '../../../../../renderer/tokens/vocabulary/row-after-key.ts';
import {
  allTokens,
  hasFilters,
  noFilters,
  queryOf,
  toggled,
} from '../../../../../renderer/tokens/vocabulary/search-terms.ts';

describe('queryOf', () => {
  it('asks for everything where the field is empty, in every form', () => {
    for (const form of ['text', 'regex', 'bytes', 'id'] as const) {
      expect(queryOf({ ...allTokens, form })).toEqual({ form: 'all' });
    }
  });

  it('keeps spaces of a text, which tokens begin with', () => {
    expect(queryOf({ ...allTokens, text: ' été' })).toMatchObject({ form: 'text', text: ' été' });
    expect(queryOf({ ...allTokens, form: 'regex', text: 'a|b', matchCase: true })).toEqual({
      form: 'regex',
      pattern: 'a|b',
      matchCase: true,
    });
    expect(queryOf({ ...allTokens, form: 'bytes', text: 'c3', place: 'start' })).toEqual({
      form: 'bytes',
      hexadecimal: 'c3',
      place: 'start',
    });
  });

  it.each([
    ['300', 300, 300],
    [' 300 - 307 ', 300, 307],
    ['300–307', 300, 307],
    ['300..307', 300, 307],
  ])('reads %j as ids', (text, first, last) => {
    expect(queryOf({ ...allTokens, form: 'id', text })).toEqual({ form: 'id', first, last });
  });

  it.each(['trois', '-3', '3-', '1.5', '12345678901'])('refuses %j as an id', (text) => {
    expect(queryOf({ ...allTokens, form: 'id', text })).toBeNull();
  });
});

describe('filters', () => {
  it('puts a value in and takes it out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });

  it('knows whether there are any', () => {
    expect(hasFilters(noFilters)).toBe(false);
    expect(hasFilters({ ...noFilters, beginsWithSpace: false })).toBe(true);
    expect(hasFilters({ ...noFilters, bytes: { least: 0, most: null } })).toBe(true);
  });
});

describe('rowAfterKey', () => {
  const after = (key: string, place: number | null, total = 100) =>
    rowAfterKey({ key, altKey: false }, place, total, 10);

  it('moves by one, by a page and to the ends, and stops there', () => {
    expect([after('ArrowDown', 4), after('ArrowUp', 4), after('PageDown', 4), after('PageUp', 4)]).toEqual([
      5, 3, 14, 0,
    ]);
    expect([after('End', 4), after('Home', 4), after('ArrowDown', 99), after('ArrowUp', 0)]).toEqual([99, 0, 99, 0]);
  });

  it('begins at the top, leaves other keys alone, and has nowhere to go in an empty list', () => {
    expect(after('ArrowDown', null)).toBe(0);
    expect(after('a', 4)).toBeNull();
    expect(after('End', null, 0)).toBeNull();
    expect(rowAfterKey({ key: 'ArrowDown', altKey: true }, 4, 100, 10)).toBeNull();
  });
});
