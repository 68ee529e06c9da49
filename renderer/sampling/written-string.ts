/** A string as it is typed in a field of one line: `\n`, `\t` and `\\` stand for a line break, a tab and a backslash. */
const written: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\' };
const meant: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** Any other backslash is one. */
export function readString(typed: string): string {
  return typed.replace(/\\([ntr\\])/g, (_, letter: string) => meant[letter] ?? letter);
}

export function writeString(text: string): string {
  return text.replace(/[\n\t\r\\]/g, (character) => written[character] ?? character);
}
