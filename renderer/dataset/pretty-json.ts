/**
 * JSON within a metadata value, laid out for reading: short arrays and objects stay on one line, numbers keep the digits
 * that they were written with (an id of 19 digits does not fit a double).
 */
/** What fits beside the text, in characters. */
const LINE_LENGTH = 36;
const INDENT = '  ';

/** `JSON.parse` with source text and raw JSON (ES2026) are in Chromium but not yet in TypeScript's library. */
const json = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
};

/** `null` where the value is not a JSON object or array. */
export function prettyJson(value: string): string | null {
  if (!/^\s*[[{]/.test(value)) return null;
  try {
    return format(json.parse(value, keepDigits), '');
  } catch {
    return null;
  }
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return json.rawJSON(source);
}

function format(value: unknown, indent: string): string {
  const oneLine = inline(value);
  if (fits(indent + oneLine)) return oneLine;
  const inner = indent + INDENT;
  if (Array.isArray(value))
    return lines(
      '[]',
      indent,
      value.map((item) => format(item, inner)),
    );
  const entries = entriesOf(value);
  if (entries === null) return oneLine;
  return lines(
    '{}',
    indent,
    entries.map(([key, item]) => member(JSON.stringify(key), item, inner)),
  );
}

/** The value goes to the next line where it would fit there whole and does not beside its name. */
function member(name: string, value: unknown, indent: string): string {
  const oneLine = inline(value);
  const isMovable = !fits(`${indent}${name}: ${oneLine}`) && fits(indent + INDENT + oneLine);
  return isMovable ? `${name}:\n${indent}${INDENT}${oneLine}` : `${name}: ${format(value, indent)}`;
}

function lines(brackets: string, indent: string, items: readonly string[]): string {
  const inner = items.map((item) => `${indent}${INDENT}${item}`).join(',\n');
  return `${brackets[0]}\n${inner}\n${indent}${brackets[1]}`;
}

function fits(line: string): boolean {
  return line.length <= LINE_LENGTH;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const entries = entriesOf(value);
  if (entries === null) return JSON.stringify(value);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`).join(', ')}}`;
}

/** `null` for what is no plain object: raw JSON numbers are frozen objects without a prototype. */
function entriesOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === null) return null;
  return Object.entries(value);
}
