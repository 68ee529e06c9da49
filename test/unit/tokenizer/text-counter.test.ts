import { describe, expect, it } from 'vitest';
import { TextCounter } from '../../../main/tokenizer/text-counter.ts';

function countsOf(...pieces: string[]) {
  const counter = new TextCounter();
  for (const piece of pieces) counter.push(piece);
  return counter.counts;
}

describe('TextCounter', () => {
  it('counts code points, words and bytes', () => {
    expect(countsOf('l’été 😀')).toEqual({ characterCount: 7, wordCount: 2, utf8ByteCount: 14 });
  });

  it('counts the same in pieces', () => {
    const text = "Aujourd'hui, l’œuvre\u00a0est finie.\n\n😀 20\u202f% ";
    const whole = countsOf(text);
    expect(whole).toMatchObject({ wordCount: 7, characterCount: [...text].length });
    for (let cut = 1; cut < text.length; cut++) {
      if (/[\ud800-\udbff]/.test(text.charAt(cut - 1))) continue;
      expect(countsOf(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    }
  });

  it('counts half of a pair as a character', () => {
    expect(countsOf('\ud83da\ude00').characterCount).toBe(3);
  });
});
