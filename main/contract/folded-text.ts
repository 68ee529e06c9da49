/**
 * When two spellings count as the same word, wherever the workbench looks something up letter by letter: case, accents, ligatures, kinds
 * of apostrophe and kinds of space (line ends too) make no difference. Here because both sides of the contract must agree: the data process
 * finds, the window finds commands.
 *
 * Compatibility decomposition (Unicode Standard Annex 15, NFKD), lower case, and the marks of U+0300–U+036F left out. Marks of other
 * blocks stay: in scripts such as Devanagari they are vowels.
 */
const marks = /[\u0300-\u036f]+/g;
const spelled: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ς: 'σ', '’': "'", ʼ: "'" };
const toSpell = /[œæßς’ʼ\t\r\n]/g;
/** Every character of which folds to itself, but for case. */
const isPlain = /^[\x20-\x7e\t\r\n]*$/;

/** The folded text; its length may differ from that of `text`. */
export function foldText(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase().replace(/[\t\r\n]/g, ' ');
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(toSpell, (letter) => spelled[letter] ?? ' ');
}

/** A folded text, and for each of its UTF-16 units (and its end) the UTF-16 unit of the source that it comes from. */
export interface FoldedText {
  readonly text: string;
  readonly starts: readonly number[];
}

/** A character with the marks that follow it: NFKD puts marks in order, and only within one of these. */
const clusters = /[^\p{M}\uff9e\uff9f][\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gu;

/** The same folding with the way back, character by character: slower, for texts in which something was found. */
export function foldWithPlaces(source: string): FoldedText {
  let text = '';
  const starts: number[] = [];
  for (const { 0: cluster, index } of source.matchAll(clusters)) {
    const folded = foldText(cluster);
    text += folded;
    for (let unit = 0; unit < folded.length; unit++) starts.push(index);
  }
  starts.push(source.length);
  return { text, starts };
}

/** Where `folded[start … end - 1]` lies in the source: whole characters with the marks that follow them. */
export function sourceRange({ starts }: FoldedText, start: number, end: number): { start: number; end: number } {
  return { start: starts[start] ?? 0, end: starts[end] ?? starts.at(-1) ?? 0 };
}
