/** The interface's language: follows the setting, and the system where the setting says so. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Settings } from '../../main/contract/settings.ts';
import { errorTexts } from './errors.ts';
import { Format } from './format.ts';
import type { Language } from './language.ts';
import type { Phrase, PhraseWith } from './phrase.ts';
import { frenchSpacing, protectSpaces, restoreSpaces } from './typography.ts';

/** French where the first of the system's languages that we speak is French; otherwise English. */
export function resolveLanguage(choice: Settings['language'], systemLanguages: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const known = systemLanguages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'fr' || tag === 'en');
  return known === 'fr' ? 'fr' : 'en';
}

/** The text in the current language, with its values where it has some. */
export interface Translate {
  (text: Phrase): string;
  <Values>(text: Phrase | PhraseWith<Values>, values: Values): string;
}

export class I18n {
  readonly #choice: () => Settings['language'];
  readonly language: Language = $derived.by(() => resolveLanguage(this.#choice(), navigator.languages));
  readonly format: Format = $derived(new Format(this.language));

  constructor(choice: () => Settings['language']) {
    this.#choice = choice;
  }

  /** A field and not a method, so that components may take it out: `const { t } = i18n`. */
  readonly t: Translate = <Values>(text: Phrase | PhraseWith<Values>, values?: Values): string => {
    const wording = text[this.language];
    if (typeof wording === 'string') return this.language === 'fr' ? frenchSpacing(wording) : wording;
    if (this.language !== 'fr') return wording(values as Values, this.format);
    return restoreSpaces(frenchSpacing(wording(protectSpaces(values as Values), this.format)));
  };

  /** What went wrong, in a sentence. */
  readonly errorMessage = (report: ErrorReport): string => this.t(errorTexts[report.code].message, report.details);

  /** What the user can do about it. */
  readonly errorAction = (report: ErrorReport): string => this.t(errorTexts[report.code].action, report.details);
}
