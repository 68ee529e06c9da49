/** Characters, words and bytes of a text that comes in pieces: a word that two pieces share counts once. */
import type { TextCounts } from '../contract/comparison.ts';
import { isWhiteSpace } from './white-space.ts';

export class TextCounter {
  #characters = 0;
  #words = 0;
  #bytes = 0;
  #inWord = false;

  /** A piece does not end within a surrogate pair. */
  push(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const isSpace = isWhiteSpace(unit);
      if (!isSpace && !this.#inWord) this.#words++;
      this.#inWord = !isSpace;
      if (!isLowOfPair(text, i, unit)) this.#characters++;
    }
    this.#bytes += Buffer.byteLength(text, 'utf8');
  }

  get counts(): TextCounts {
    return { characterCount: this.#characters, wordCount: this.#words, utf8ByteCount: this.#bytes };
  }
}

function isLowOfPair(text: string, index: number, unit: number): boolean {
  if (unit < 0xdc00 || unit > 0xdfff || index === 0) return false;
  const before = text.charCodeAt(index - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
