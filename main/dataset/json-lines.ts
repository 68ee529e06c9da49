/**
 * JSON lines: one object a line, the columns being every key that occurs in the file, in order of first appearance.
 *
 * Values are shown as they are written: a number keeps all its digits (an id of 19 digits does not fit a double), nested
 * values are JSON. Half a surrogate pair, which JSON can escape but UTF-8 cannot hold, becomes U+FFFD.
 */
import { corruptFile } from './file-errors.ts';
import type { RecordFormat } from './record-format.ts';
import { lineBoundary } from './record-splitter.ts';
import type { Column } from './source.ts';

type JsonObject = Record<string, unknown>;

/** `JSON.parse` with source text and `JSON.rawJSON` (ES2026) are in V8 but not yet in TypeScript's library. */
const json = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): value is { rawJSON: string };
};

export function jsonLines(path: string): RecordFormat {
  const kinds = new Map<string, Set<string>>();
  return {
    format: 'jsonl',
    boundary: () => lineBoundary,
    inspect(text, line) {
      const record = parseObject(path, text, line, (source) => JSON.parse(source) as unknown);
      for (const key of Object.keys(record)) {
        const known = kinds.get(key);
        if (known === undefined) kinds.set(key, new Set([kindOf(record[key])]));
        else known.add(kindOf(record[key]));
      }
      return true;
    },
    columns: () => [...kinds].map(([name, kind]): Column => ({ name, type: nameType(kind) })),
    values(text, line) {
      const record = parseObject(path, text, line, (source) => json.parse(source, keepDigits));
      return [...kinds.keys()].map((key) => asText(Object.hasOwn(record, key) ? record[key] : null));
    },
  };
}

function parseObject(path: string, text: string, line: number, parse: (text: string) => unknown): JsonObject {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw corruptFile(path, 'json-invalid', `line ${line} is not JSON: ${problem.slice(0, 200)}`, {
      details: { line },
      cause: error,
    });
  }
  const kind = kindOf(value);
  if (kind === 'object') return value as JsonObject;
  throw corruptFile(path, 'json-not-object', `line ${line} holds a JSON ${kind}, not an object.`, {
    details: { line, found: kind },
  });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function nameType(kinds: ReadonlySet<string>): string {
  const present = [...kinds].filter((kind) => kind !== 'null');
  return present.length === 0 ? 'null' : present.join(' | ');
}

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined || String(value) === context.source) return value;
  return json.rawJSON(context.source);
}

function asText(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value.toWellFormed();
  return json.isRawJSON(value) ? value.rawJSON : JSON.stringify(value);
}
