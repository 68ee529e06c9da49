/**
 * Character classes in a form that XGrammar 0.1.27 reads rightly: its `[a-zé]` and its `.` take ASCII only, and `[^é]` takes `é`
 * (measured; it works byte by byte there). Single characters and `[^\x00-\x7f]`, any character beyond ASCII, are right; so a class
 * becomes a choice between these. What cannot be put so is refused rather than read wrongly.
 */
import { invalidGrammar } from './invalid-grammar.ts';

export type Notation = 'regex' | 'gbnf';

const lastAscii = 0x7f;
const lastCharacter = 0x10_ffff;
const mostCharacters = 1_000;
const beyondAscii = '[^\\x00-\\x7f]';

/** GBNF: strings, classes, comments, dots. */
const gbnfTokens = /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|#[^\n]*|\./gsu;
/** Regular expressions: escapes, classes, dots. */
const regexTokens = /\\.|\[(?:\\.|[^\]\\])*\]|\./gsu;

export function readableClasses(source: string, notation: Notation): string {
  return source.replace(notation === 'gbnf' ? gbnfTokens : regexTokens, (token) => {
    if (token === '.') return notation === 'gbnf' ? '[^\\x00]' : '[^\\n\\r]';
    return token.startsWith('[') ? readableClass(token, notation) : token;
  });
}

const member = /\\x[0-9a-f]{2}|\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\.|./gisu;

function readableClass(token: string, notation: Notation): string {
  const isNegated = token.startsWith('[^');
  const members = token.slice(isNegated ? 2 : 1, -1).match(member) ?? [];
  let ascii = '';
  const others: [number, number][] = [];
  for (let i = 0; i < members.length; i++) {
    const first = members[i] as string;
    const isRange = members[i + 1] === '-' && members[i + 2] !== undefined;
    const last = isRange ? (members[i + 2] as string) : first;
    if (isRange) i += 2;
    const [from, to] = [codeOf(first), codeOf(last)];
    // A set like \w stays as it is; \S, \W and \D have everything beyond ASCII.
    if (from === null || to === null) {
      ascii += isRange ? `${first}-${last}` : first;
      if (/^\\[SWD]$/.test(first)) others.push([lastAscii + 1, lastCharacter]);
      continue;
    }
    if (from <= lastAscii) ascii += to === from ? first : `${first}-${to <= lastAscii ? last : '\\x7f'}`;
    if (to > lastAscii) others.push([Math.max(from, lastAscii + 1), to]);
  }
  if (others.length === 0) return token;
  // \S and its like in a negated class are read rightly.
  if (isNegated) {
    if (others.every(([from, to]) => from === lastAscii + 1 && to === lastCharacter)) return token;
    throw invalidGrammar(`the class ${token} excludes characters beyond ASCII, which is not supported`);
  }
  const choices = [...(ascii === '' ? [] : [`[${ascii}]`]), ...charactersOf(others, token, notation)];
  return notation === 'gbnf' ? `(${choices.join(' | ')})` : `(?:${choices.join('|')})`;
}

function charactersOf(ranges: readonly [number, number][], token: string, notation: Notation): string[] {
  if (ranges.some(([from, to]) => from === lastAscii + 1 && to >= lastCharacter)) return [beyondAscii];
  const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (count > mostCharacters) {
    throw invalidGrammar(
      `the class ${token} has ${count} characters beyond ASCII; ${mostCharacters} are supported, or all`,
    );
  }
  const codes = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
  return codes.map((code) => (notation === 'gbnf' ? `"${String.fromCodePoint(code)}"` : String.fromCodePoint(code)));
}

const controls: Record<string, number> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, v: 0x0b, '0': 0 };

/** The code point of a class member; `null` for a set of characters. */
function codeOf(text: string): number | null {
  if (!text.startsWith('\\')) return text.codePointAt(0) ?? null;
  const hexadecimal = /^\\(?:x|u|U)\{?([0-9a-f]+)\}?$/i.exec(text)?.[1];
  if (hexadecimal !== undefined) return parseInt(hexadecimal, 16);
  if (/^\\[dwsDWSpPbB]$/.test(text)) return null;
  return controls[text.slice(1)] ?? text.codePointAt(1) ?? null;
}
