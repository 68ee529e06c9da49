import { describe, expect, it } from 'vitest';
import { scriptOf } from '../../../../main/tokenizer/browse/script-of.ts';

describe('scriptOf', () => {
  it.each([
    [' été', 'Latin'],
    ['e\u0301', 'Latin'],
    ['αβ', 'Greek'],
    ['мир', 'Cyrillic'],
    ['العربية', 'Arabic'],
    ['漢字', 'Han'],
    ['ꦗꦮ', 'other'],
    ['aб', 'mixed'],
    ['漢a漢', 'mixed'],
    ["l'", 'Latin'],
    [' 12', 'digits'],
    ['½', 'digits'],
    [' ,', 'punctuation'],
    ['=>', 'symbols'],
    ['😀', 'symbols'],
    ['\n\t \u00A0', 'spaces'],
    ['', 'none'],
  ] as const)('%j is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script);
  });

  it('does not depend on what was asked before', () => {
    expect([scriptOf('б'), scriptOf('a'), scriptOf('б')]).toEqual(['Cyrillic', 'Latin', 'Cyrillic']);
  });
});
