/**
 * French spacing (Lexique des règles typographiques en usage à l'Imprimerie nationale): a no-break space before a colon,
 * before a percent sign and inside guillemets, a narrow one before ; ! ? and between groups of three digits. Texts are written with plain spaces, which reviewers can see.
 */
const NO_BREAK_SPACE = '\u00A0';
const NARROW_NO_BREAK_SPACE = '\u202F';
/** A private-use character that stands for a space of an inserted value while the text around it is spaced. */
const PROTECTED_SPACE = '\uE000';

export function frenchSpacing(text: string): string {
  return text
    .replace(/ (?=[;!?])/g, NARROW_NO_BREAK_SPACE)
    .replace(/ (?=[:»%])/g, NO_BREAK_SPACE)
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, NARROW_NO_BREAK_SPACE)
    .replace(/« /g, `«${NO_BREAK_SPACE}`);
}

/** Keeps the spaces of an inserted value (a path, a title) as they are: `restoreSpaces(frenchSpacing(…))` undoes it. */
export function protectSpaces<Values>(values: Values): Values {
  if (typeof values === 'string') return values.replaceAll(' ', PROTECTED_SPACE) as Values;
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, protectSpaces(value)])) as Values;
}

export function restoreSpaces(text: string): string {
  return text.replaceAll(PROTECTED_SPACE, ' ');
}
