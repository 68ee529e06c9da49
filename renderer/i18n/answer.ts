/** Texts of an answer: its formatted text, its tokens, and what is uncertain in it. */
import type { TokenColour } from '../token-view/token-colour.ts';
import { phrase, type Phrase } from './phrase.ts';

export const colourNames: Record<TokenColour, Phrase> = {
  probability: { fr: 'Probabilité du modèle', en: 'Model probability' },
  sampled: { fr: 'Après échantillonnage', en: 'After sampling' },
  rank: { fr: 'Rang', en: 'Rank' },
  entropy: { fr: 'Entropie', en: 'Entropy' },
};

export const answerTexts = {
  colour: { fr: 'Couleur des tokens', en: 'Token colour' },
  bits: { fr: 'bits', en: 'bits' },
  given: { fr: 'Début donné', en: 'Given beginning' },
  taken: {
    fr: 'Repris d’une autre réponse, avec les mesures qu’il y avait.',
    en: 'Taken over from another answer, with the figures that it had there.',
  },
  takenCount: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'token repris', other: 'tokens repris' })} d’une autre réponse`,
    en: ({ count }, format) => `${format.count(count, { one: 'token', other: 'tokens' })} taken from another answer`,
  }),
  chipTaken: phrase<{ text: string; probability: number }>({
    fr: ({ text, probability }, format) => `${text}, repris, probabilité ${format.percent(probability)}`,
    en: ({ text, probability }, format) => `${text}, taken over, probability ${format.percent(probability)}`,
  }),
  toBranch: {
    fr: 'Cliquez pour continuer d’ici avec un autre token.',
    en: 'Click to go on from here with another token.',
  },
  choices: { fr: 'Autres tokens possibles', en: 'Other possible tokens' },
  insteadOf: phrase<{ token: string }>({
    fr: ({ token }) => `À la place de « ${token} », la réponse continue d’ici avec :`,
    en: ({ token }) => `In place of “${token}”, the answer goes on from here with:`,
  }),
  drawAgain: { fr: 'Tirer à nouveau', en: 'Draw again' },
  close: { fr: 'Fermer', en: 'Close' },
  table: { fr: 'Tableau', en: 'Table' },
  codePlain: phrase<{ limit: number }>({
    fr: ({ limit }, format) => `plus de ${format.number(limit)} caractères : sans couleurs`,
    en: ({ limit }, format) => `more than ${format.number(limit)} characters: not coloured`,
  }),
};
