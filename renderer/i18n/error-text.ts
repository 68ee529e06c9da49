/** One error code's sentence and action, and the pieces that sentences are put together from. */
import type { ErrorDetails } from '../../main/contract/errors.ts';
import type { Format } from './format.ts';
import { phrase, type Phrase, type PhraseWith } from './phrase.ts';

export interface ErrorText {
  message: PhraseWith<ErrorDetails>;
  action: Phrase | PhraseWith<ErrorDetails>;
}

/** The first of the named values that is present, set off by a space: ` /data/x.parquet`, or nothing. */
export function named(details: ErrorDetails, ...names: string[]): string {
  const name = names.find((candidate) => details[candidate] !== undefined);
  return name === undefined ? '' : ` ${String(details[name])}`;
}

/** ` (1,200 against 1,024)` where both numbers are there. */
export function against(details: ErrorDetails, actual: string, limit: string, format: Format, word: string): string {
  const [a, b] = [details[actual], details[limit]];
  return typeof a === 'number' && typeof b === 'number' ? ` (${format.number(a)} ${word} ${format.number(b)})` : '';
}

export function entry(
  message: { fr: string | PhraseWith<ErrorDetails>['fr']; en: string | PhraseWith<ErrorDetails>['en'] },
  action: Phrase,
): { message: PhraseWith<ErrorDetails>; action: Phrase } {
  const { fr, en } = message;
  return {
    message: phrase({ fr: typeof fr === 'string' ? () => fr : fr, en: typeof en === 'string' ? () => en : en }),
    action,
  };
}
