/** Measures of a text that stand beside its tokens. */
import { countWords } from './count-words.ts';

export interface TextCounts {
  /** Unicode code points. */
  characterCount: number;
  /** Whitespace-separated words, as the Lucie paper counts fertility. */
  wordCount: number;
  utf8ByteCount: number;
}

export function textCounts(text: string): TextCounts {
  return {
    characterCount: countCodePoints(text),
    wordCount: countWords(text),
    utf8ByteCount: Buffer.byteLength(text, 'utf8'),
  };
}

const surrogatePair = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

function countCodePoints(text: string): number {
  let pairs = 0;
  for (const _ of text.matchAll(surrogatePair)) pairs++;
  return text.length - pairs;
}
