/** Which tokens a query finds; expressions, which may take long, are in match-expression.ts. */
import { WorkbenchError } from '../../contract/errors.ts';
import type { VocabularyQuery, VocabularyRow } from '../../contract/vocabulary.ts';
import type { VocabularyTable } from './vocabulary-table.ts';

export type Matches = (row: VocabularyRow, place: number) => boolean;
type Place = 'anywhere' | 'start' | 'whole';

/** @throws WorkbenchError `SEARCH_INVALID` */
export function matchQuery(table: VocabularyTable, query: Exclude<VocabularyQuery, { form: 'regex' }>): Matches {
  switch (query.form) {
    case 'all':
      return () => true;
    case 'id':
      return ({ id }) => id >= query.first && id <= query.last;
    case 'bytes': {
      const wanted = bytesWanted(query.hexadecimal);
      return ({ bytes }) => hasBytes(bytes, wanted, query.place);
    }
    case 'text': {
      const { matchCase, matchAccents, place } = query;
      const wanted = fold(query.text, matchCase, matchAccents);
      const texts = foldedTexts(table, matchCase, matchAccents);
      return (_, index) => hasText(texts[index] ?? '', wanted, place);
    }
  }
}

function bytesWanted(hexadecimal: string): string {
  const digits = hexadecimal.replace(/0x|[\s,]+/gi, '').toLowerCase();
  if (/^([0-9a-f]{2})*$/.test(digits)) return digits;
  throw new WorkbenchError('SEARCH_INVALID', `"${hexadecimal}" is not a list of bytes.`, {
    action: 'Write two hexadecimal digits for each byte, such as c3 a9.',
    details: { reason: 'bytes' },
  });
}

/** In whole bytes: `9c` is not in `89 c3`. */
function hasBytes(bytes: string, wanted: string, place: Place): boolean {
  if (place === 'whole') return bytes === wanted;
  if (place === 'start') return bytes.startsWith(wanted) && bytes !== '';
  let at = bytes.indexOf(wanted);
  while (at % 2 === 1) at = bytes.indexOf(wanted, at + 1);
  return at >= 0 && bytes !== '';
}

function hasText(text: string, wanted: string, place: Place): boolean {
  if (place === 'whole') return text === wanted;
  return place === 'start' ? text.startsWith(wanted) : text.includes(wanted);
}

/** Without case, and without accents: composed characters are taken apart and their marks dropped. */
export function fold(text: string, matchCase: boolean, matchAccents: boolean): string {
  const cased = matchCase ? text : text.toLowerCase();
  return matchAccents ? cased : cased.normalize('NFD').replace(/\p{Mn}/gu, '');
}

const folded = new WeakMap<VocabularyTable, Map<string, string[]>>();

/** Of every row, kept: folding takes longer than searching. A control token is found by its name. */
function foldedTexts(table: VocabularyTable, matchCase: boolean, matchAccents: boolean): string[] {
  const kept = folded.get(table) ?? new Map<string, string[]>();
  folded.set(table, kept);
  const key = `${matchCase} ${matchAccents}`;
  let texts = kept.get(key);
  if (texts === undefined) {
    texts = table.rows.map((row) => fold(searchedText(row), matchCase, matchAccents));
    kept.set(key, texts);
  }
  return texts;
}

/** What text and expressions are looked for in: the text, or where there is none the piece (`<s>`, `<0xC3>`). */
export function searchedText({ text, piece }: Pick<VocabularyRow, 'text' | 'piece'>): string {
  return text === '' ? piece : text;
}
