import { describe, expect, it } from 'vitest';
import { countWords } from '../../../main/tokenizer/count-words.ts';

describe('countWords', () => {
  // Expected values: len(text.split()) in CPython 3.11.
  it.each([
    ['', 0],
    ['   ', 0],
    ["l'été  est\tlà\n", 3],
    ['20\u00a0% de\u202fréduction', 4],
    ['a\u200bb', 1],
    ['a\ufeffb', 1],
    ['a\u0085b\u001cc\u3000d', 4],
  ])('counts %j as Python does', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});
