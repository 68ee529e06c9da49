/** What can be wrong with how an answer's tokens are chosen. */
import { entry } from './error-text.ts';

export const samplingErrorTexts = {
  GRAMMAR_INVALID: entry(
    {
      fr: (details) => `La grammaire demandée n’est pas utilisable${reasonOf(details.reason)}.`,
      en: (details) => `The grammar that was asked for cannot be used${reasonOf(details.reason)}.`,
    },
    {
      fr: 'Corrigez le schéma, l’expression ou la grammaire à l’endroit que nomme le détail.',
      en: 'Correct the schema, the expression or the grammar where the detail says so.',
    },
  ),
  NO_TOKEN_ALLOWED: entry(
    {
      fr: 'Les interdictions et la grammaire ne laissent aucun token possible.',
      en: 'The bans and the grammar leave no token possible.',
    },
    {
      fr: 'Retirez des textes interdits ou des biais, ou changez la grammaire.',
      en: 'Take banned strings or biases away, or change the grammar.',
    },
  ),
};

function reasonOf(reason: string | number | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}
