/** Token texts made readable: every space, line break and control character gets a sign of its own. */
const signs: Record<string, string> = {
  ' ': '·',
  '\n': '↵',
  '\r': '␍',
  '\t': '⇥',
  '\u00A0': '␣',
  '\u202F': '␣',
  '\u200B': '∅',
  '\uFEFF': '∅',
};
const NAMED = /[ \n\r\t\u00A0\u202F\u200B\uFEFF]/g;
// eslint-disable-next-line no-control-regex -- control characters are what has to be made visible
const OTHER_CONTROLS = /[\u0000-\u001F\u007F-\u009F]/g;

/** A run of the same sign is shortened: eight spaces read `·×8`. */
export function visibleText(text: string): string {
  return text
    .replace(NAMED, (character) => signs[character] ?? character)
    .replace(OTHER_CONTROLS, '␀')
    .replace(/([·↵⇥␣])\1{4,}/g, (run, sign: string) => `${sign}×${run.length}`);
}

/** What a generated token shows: the text that it added, or its vocabulary piece where it added none. */
export function chipText(text: string, piece: string): string {
  return text === '' ? piece : visibleText(text);
}

/** The bytes of hexadecimal digits, in pairs: `C3 A9`. */
export function spacedBytes(hexadecimal: string): string {
  return hexadecimal.replace(/(..)(?=.)/g, '$1 ').toUpperCase();
}
