/** Where a token stands in the text in use. */
import type { TokenColumns } from '../token-columns.ts';

/** Characters shown on either side. */
const CONTEXT = 24;

export interface Occurrence {
  /** Place of the token in the text. */
  readonly index: number;
  readonly before: string;
  readonly covered: string;
  readonly after: string;
}

export interface Occurrences {
  readonly count: number;
  readonly first: readonly Occurrence[];
}

export function occurrencesOf(text: string, tokens: TokenColumns, id: number, most: number): Occurrences {
  const first: Occurrence[] = [];
  let count = 0;
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.ids[index] !== id) continue;
    count++;
    if (first.length === most) continue;
    const [start = 0, end = 0] = [tokens.starts[index], tokens.ends[index]];
    first.push({
      index,
      before: oneLine(wholeCharacters(text.slice(Math.max(0, start - CONTEXT), start))),
      covered: oneLine(text.slice(start, end)),
      after: oneLine(wholeCharacters(text.slice(end, end + CONTEXT))),
    });
  }
  return { count, first };
}

/** Without half a surrogate pair at either end. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ↵ ');
}
