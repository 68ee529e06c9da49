/**
 * What can be computed from a text alone. Nothing is invented: signals of Lucie's corpus that need a model (perplexity,
 * language scores) are left out. Characters are Unicode code points, words are runs of non-space characters.
 */
export interface TextSignals {
  character_count: number;
  word_count: number;
  line_count: number;
  mean_word_length: number;
  fraction_unique_words: number;
  fraction_non_alphabetic_words: number;
}

export function textSignals(text: string): TextSignals {
  const words: string[] = text.match(/\S+/g) ?? [];
  const distinct = new Set(words.map((word) => word.toLowerCase()));
  const withoutLetters = words.filter((word) => !/\p{L}/u.test(word));
  return {
    character_count: codePoints(text),
    word_count: words.length,
    line_count: text.split('\n').length,
    mean_word_length: ratio(sum(words.map(codePoints)), words.length),
    fraction_unique_words: ratio(distinct.size, words.length),
    fraction_non_alphabetic_words: ratio(withoutLetters.length, words.length),
  };
}

/** The same in the shape of web sources: one `[start, end, value]` for the whole document. */
export function spannedSignals(text: string): Record<string, [number, number, number][]> {
  const signals = textSignals(text);
  const entries: [string, number][] = Object.entries(signals);
  return Object.fromEntries(entries.map(([name, value]) => [name, [[0, signals.character_count, value]]]));
}

export function codeSignals(text: string): Record<string, number> {
  const lengths = text.split('\n').map(codePoints);
  const alphanumeric = text.match(/[\p{L}\p{N}]/gu) ?? [];
  return {
    avg_line_length: ratio(sum(lengths), lengths.length),
    max_line_length: Math.max(...lengths),
    alphanum_fraction: ratio(alphanumeric.length, codePoints(text)),
  };
}

function codePoints(text: string): number {
  return [...text].length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Number((part / whole).toFixed(6));
}
