/** What can be wrong with a search in the vocabulary. */
import type { ErrorDetails } from '../../main/contract/errors.ts';
import { phrase, type Phrase } from './phrase.ts';

const messages: Record<string, Phrase> = {
  expression: { fr: 'Cette expression régulière est mal formée.', en: 'This regular expression is malformed.' },
  slow: {
    fr: 'Cette expression régulière demande trop de temps : la recherche a été arrêtée.',
    en: 'This regular expression takes too long: the search was stopped.',
  },
  bytes: { fr: 'Ce ne sont pas des octets.', en: 'These are no bytes.' },
};
const actions: Record<string, Phrase> = {
  expression: {
    fr: 'Corrigez-la ; un signe comme ( [ . ou + pris pour lui-même veut \\ devant lui.',
    en: 'Correct it; a sign such as ( [ . or + that is meant as itself needs \\ before it.',
  },
  slow: {
    fr: 'Simplifiez-la : des répétitions de répétitions, comme (a+)+, prennent un temps exponentiel.',
    en: 'Simplify it: repetitions of repetitions, such as (a+)+, take exponential time.',
  },
  bytes: {
    fr: 'Écrivez deux chiffres hexadécimaux par octet, comme c3 a9.',
    en: 'Write two hexadecimal digits for each byte, such as c3 a9.',
  },
};
const otherMessage: Phrase = { fr: 'Cette recherche n’est pas possible.', en: 'This search is not possible.' };
const otherAction: Phrase = { fr: 'Corrigez ce qui est cherché.', en: 'Correct what is searched for.' };

const of = (texts: Record<string, Phrase>, { reason = '' }: ErrorDetails, other: Phrase) => texts[reason] ?? other;

export const searchErrorTexts = {
  SEARCH_INVALID: {
    message: phrase<ErrorDetails>({
      fr: (details) => of(messages, details, otherMessage).fr,
      en: (details) => of(messages, details, otherMessage).en,
    }),
    action: phrase<ErrorDetails>({
      fr: (details) => of(actions, details, otherAction).fr,
      en: (details) => of(actions, details, otherAction).en,
    }),
  },
};
