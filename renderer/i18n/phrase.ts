/**
 * How a text of the interface is written down: both languages side by side, so that neither can be forgotten (the types
 * refuse a missing one) and a reviewer sees both. A section of the interface has one file of such texts.
 */
import type { Format } from './format.ts';
import type { Language } from './language.ts';

/** A text without values. */
export type Phrase = Readonly<Record<Language, string>>;

/** A text with values: `values` by name, `format` for numbers, sizes, dates and plurals of that language. */
export type PhraseWith<Values> = Readonly<Record<Language, (values: Values, format: Format) => string>>;

/** Declares a text with values; the type parameter cannot be inferred from a plain object. */
export function phrase<Values>(wordings: PhraseWith<Values>): PhraseWith<Values> {
  return wordings;
}
