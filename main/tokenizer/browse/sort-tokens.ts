/** The rows of a vocabulary in an order, each order computed once. Ids decide between equals, from low to high. */
import type { VocabularyRow, VocabularySort } from '../../contract/vocabulary.ts';
import type { VocabularyTable } from './vocabulary-table.ts';

const orders = new WeakMap<VocabularyTable, Map<string, Uint32Array>>();

/** Places of the rows. */
export function sortedPlaces(table: VocabularyTable, { by, descending }: VocabularySort): Uint32Array {
  const kept = orders.get(table) ?? new Map<string, Uint32Array>();
  orders.set(table, kept);
  const key = `${by} ${descending}`;
  let places = kept.get(key);
  if (places === undefined) {
    places = Uint32Array.from(table.rows, (_, place) => place);
    const compare = comparison(table.rows, by, descending ? -1 : 1);
    places.sort((a, b) => compare(a, b) || a - b);
    kept.set(key, places);
  }
  return places;
}

type Compare = (a: number, b: number) => number;

function comparison(rows: readonly VocabularyRow[], by: VocabularySort['by'], direction: 1 | -1): Compare {
  switch (by) {
    case 'id':
      return (a, b) => direction * (a - b);
    case 'text': {
      const keys = rows.map(({ text, piece }) => codePointOrder(text === '' ? piece : text));
      return (a, b) => direction * compareText(keys[a] ?? '', keys[b] ?? '');
    }
    case 'characters':
      return (a, b) => direction * ((rows[a]?.characterCount ?? 0) - (rows[b]?.characterCount ?? 0));
    case 'bytes':
      return (a, b) => direction * ((rows[a]?.bytes.length ?? 0) - (rows[b]?.bytes.length ?? 0));
    case 'mergeRank':
      return (a, b) => compareRanks(rows[a]?.mergeRank ?? null, rows[b]?.mergeRank ?? null, direction);
  }
}

/** Those without one come last in both directions. */
function compareRanks(a: number | null, b: number | null, direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction * (a - b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Strings compare by UTF-16 units, where characters beyond U+FFFF come before U+E000; here units from U+E000 on and surrogates change
 * places, so that the order is that of code points (the fix-up of Unicode Technical Note 12, UTF-16 for Processing).
 */
function codePointOrder(text: string): string {
  if (!/[\ud800-\uffff]/.test(text)) return text;
  let key = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    key += String.fromCharCode(unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  }
  return key;
}
