import { describe, expect, it } from 'vitest';
import { textCounts } from '../../../main/tokenizer/text-counts.ts';

describe('textCounts', () => {
  // Expected values: len(text.split()) in CPython 3.11.
  it.each([
    ['', 0],
    ['   ', 0],
    ["l'été  est\tlà\n", 3],
    ['20\u00a0% de\u202fréduction', 4],
    ['a\u200bb', 1],
    ['a\ufeffb', 1],
    ['a\u0085b\u001cc\u3000d', 4],
  ])('counts the words of %j as Python does', (text, words) => {
    expect(textCounts(text).wordCount).toBe(words);
  });
});
