/**
 * CSV and TSV as RFC 4180 has them, read by ourselves: DuckDB 1.5's dialect sniffer drops leading lines that do not fit
 * its guess without a word, which a reader of training data must never do.
 *
 * The first record names the columns. The separator is the candidate that occurs most in it. An empty field without quotes
 * is a missing value, as is one that a short record lacks; a record with too many fields is refused.
 */
import { corruptFile } from './file-errors.ts';
import type { RecordFormat } from './record-format.ts';
import { CsvBoundary } from './record-splitter.ts';

const candidates = [',', ';', '\t', '|'] as const;

/** `head` is the start of the file, in which the separator is looked for. */
export function csv(path: string, head: string): RecordFormat {
  const delimiter = /\.(tsv|tab)(\.gz|\.gzip)?$/i.test(path) ? '\t' : detectDelimiter(head);
  let names: string[] | null = null;
  return {
    format: 'csv',
    boundary: () => new CsvBoundary(delimiter),
    inspect(text, line) {
      const fields = splitFields(path, text, line, delimiter);
      if (names === null) {
        names = uniqueNames(fields);
        return false;
      }
      if (fields.length > names.length) {
        const counts = { expected: names.length, found: fields.length };
        throw corruptFile(
          path,
          'csv-too-many-fields',
          `line ${line} has ${counts.found} fields where the first line names ${counts.expected}.`,
          { details: { line, ...counts } },
        );
      }
      return true;
    },
    columns: () => (names ?? []).map((name) => ({ name, type: 'text' })),
    values(text, line) {
      const fields = splitFields(path, text, line, delimiter);
      return (names ?? []).map((_, index) => fields[index] ?? null);
    },
  };
}

function detectDelimiter(head: string): string {
  const counts = new Map<string, number>(candidates.map((candidate) => [candidate, 0]));
  let isQuoted = false;
  for (const character of head.replace(/^\ufeff/, '').trimStart()) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '\n') break;
    else if (!isQuoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return candidates.reduce((best, next) => ((counts.get(next) ?? 0) > (counts.get(best) ?? 0) ? next : best));
}

/** The fields of one record; an empty one without quotes is `null`. */
function splitFields(path: string, record: string, line: number, delimiter: string): (string | null)[] {
  const text = record.replace(/\r?\n$/, '');
  const fields: (string | null)[] = [];
  let position = 0;
  for (;;) {
    const field =
      text[position] === '"' ? readQuoted(path, text, position, line, delimiter) : readPlain(text, position, delimiter);
    fields.push(field.value);
    if (field.end >= text.length) return fields;
    position = field.end + 1;
  }
}

interface Field {
  value: string | null;
  /** Index of the delimiter that follows, or the length of the text. */
  end: number;
}

function readPlain(text: string, start: number, delimiter: string): Field {
  const found = text.indexOf(delimiter, start);
  const end = found === -1 ? text.length : found;
  return { value: end === start ? null : text.slice(start, end), end };
}

function readQuoted(path: string, text: string, start: number, line: number, delimiter: string): Field {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) {
      throw corruptFile(path, 'csv-open-quote', `line ${line} opens a quote that is never closed.`, {
        details: { line },
      });
    }
    value += text.slice(from, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      from = quote + 2;
      continue;
    }
    // Characters between the closing quote and the separator are kept: nothing of a record is dropped.
    const rest = readPlain(text, quote + 1, delimiter);
    return { value: value + (rest.value ?? ''), end: rest.end };
  }
}

function uniqueNames(fields: readonly (string | null)[]): string[] {
  const names = new Set<string>();
  const copies = new Map<string, number>();
  for (const [index, field] of fields.entries()) {
    const wanted = field?.trim() || `column ${index + 1}`;
    let copy = copies.get(wanted) ?? 1;
    let name = wanted;
    while (names.has(name)) name = `${wanted} (${++copy})`;
    copies.set(wanted, copy);
    names.add(name);
  }
  return [...names];
}
