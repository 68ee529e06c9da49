/** Texts about tokens: the strip and the card under an answer, and the Tokens pane. */
import type { TokenKind } from '../../main/contract/tokens.ts';
import { phrase, type Phrase } from './phrase.ts';

export const tokenKinds: Record<TokenKind, Phrase> = {
  normal: { fr: 'ordinaire', en: 'ordinary' },
  byte: { fr: 'octet', en: 'byte' },
  special: { fr: 'de contrôle', en: 'control' },
  unused: { fr: 'inutilisé', en: 'unused' },
};

export const tokenTexts = {
  piece: { fr: 'Entrée du vocabulaire', en: 'Vocabulary entry' },
  id: { fr: 'Identifiant', en: 'Id' },
  probability: { fr: 'Probabilité', en: 'Probability' },
  sampledProbability: { fr: 'Après échantillonnage', en: 'After sampling' },
  logProbability: { fr: 'Log-probabilité', en: 'Log-probability' },
  rank: { fr: 'Rang', en: 'Rank' },
  entropy: { fr: 'Entropie', en: 'Entropy' },
  nats: phrase<{ value: number }>({
    fr: ({ value }, format) => `${format.fixed(value, 3)} nats`,
    en: ({ value }, format) => `${format.fixed(value, 3)} nats`,
  }),
  entropyValue: phrase<{ nats: number }>({
    fr: ({ nats }, format) => `${format.fixed(nats / Math.LN2, 2)} bits (${format.fixed(nats, 2)} nats)`,
    en: ({ nats }, format) => `${format.fixed(nats / Math.LN2, 2)} bits (${format.fixed(nats, 2)} nats)`,
  }),
  alternatives: { fr: 'Les dix plus probables', en: 'The ten most probable' },
  rawDistribution: {
    fr: 'Distribution du modèle, avant température et filtres.',
    en: 'The model’s distribution, before temperature and filters.',
  },
  notAmongTen: phrase<{ rank: number }>({
    fr: ({ rank }, format) => `Choisi au rang ${format.number(rank)}, hors des dix.`,
    en: ({ rank }, format) => `Chosen at rank ${format.number(rank)}, outside the ten.`,
  }),
  chipLabel: phrase<{ text: string; probability: number }>({
    fr: ({ text, probability }, format) => `${text}, probabilité ${format.percent(probability)}`,
    en: ({ text, probability }, format) => `${text}, probability ${format.percent(probability)}`,
  }),
  stripLabel: {
    fr: 'Tokens de la réponse ; flèches pour se déplacer',
    en: 'Tokens of the answer; arrow keys move',
  },
  stripToggle: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
    en: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
  }),
  legend: { fr: 'Probabilité', en: 'Probability' },
  legendStep: phrase<{ minimum: number; maximum: number }>({
    fr: ({ minimum, maximum }, format) =>
      minimum === 0 ? `moins de ${format.number(maximum * 100)} %` : `${format.number(minimum * 100)} % et plus`,
    en: ({ minimum, maximum }, format) =>
      minimum === 0 ? `under ${format.number(maximum * 100)}%` : `${format.number(minimum * 100)}% and over`,
  }),
};
