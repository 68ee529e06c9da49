/** Names of the sampling values and what each does. */
import type { Sampling } from '../../main/contract/sampling.ts';
import { phrase, type Phrase } from './phrase.ts';

export const samplingNames: Record<keyof Sampling, { name: Phrase; explanation: Phrase }> = {
  temperature: {
    name: { fr: 'Température', en: 'Temperature' },
    explanation: { fr: '0 : toujours le token le plus probable.', en: '0: always the most probable token.' },
  },
  topP: {
    name: { fr: 'Top-p (noyau)', en: 'Top-p (nucleus)' },
    explanation: {
      fr: 'Le plus petit ensemble dont la probabilité atteint p ; 1 garde tout.',
      en: 'The smallest set whose probability reaches p; 1 keeps all.',
    },
  },
  topK: {
    name: { fr: 'Top-k', en: 'Top-k' },
    explanation: {
      fr: 'Les k tokens les plus probables ; 0 garde tout.',
      en: 'The k most probable tokens; 0 keeps all.',
    },
  },
  minP: {
    name: { fr: 'Min-p', en: 'Min-p' },
    explanation: {
      fr: 'Au moins cette fraction de la meilleure probabilité ; 0 garde tout.',
      en: 'At least this fraction of the best probability; 0 keeps all.',
    },
  },
  repetitionPenalty: {
    name: { fr: 'Pénalité de répétition', en: 'Repetition penalty' },
    explanation: {
      fr: 'Au-dessus de 1, les tokens déjà vus reculent.',
      en: 'Above 1, tokens already seen lose ground.',
    },
  },
  maxTokens: {
    name: { fr: 'Tokens au plus', en: 'Maximum tokens' },
    explanation: { fr: 'Vide : jusqu’au bout du contexte.', en: 'Empty: up to the end of the context.' },
  },
  seed: {
    name: { fr: 'Graine', en: 'Seed' },
    explanation: {
      fr: 'Même graine, même réponse. Vide : tirée au sort et affichée.',
      en: 'Same seed, same answer. Empty: drawn, and shown.',
    },
  },
};

export const samplingTexts = {
  title: { fr: 'Échantillonnage', en: 'Sampling' },
  changed: { fr: 'Échantillonnage (modifié)', en: 'Sampling (changed)' },
  reset: { fr: 'Revenir aux réglages', en: 'Back to the settings' },
  resetDefaults: { fr: 'Valeurs d’origine', en: 'Original values' },
  refused: phrase<{ minimum: number; maximum: number }>({
    fr: ({ minimum, maximum }, format) =>
      `Valeur refusée : elle va de ${format.number(minimum, 2)} à ${format.number(maximum, 2)}.`,
    en: ({ minimum, maximum }, format) =>
      `Not accepted: it goes from ${format.number(minimum, 2)} to ${format.number(maximum, 2)}.`,
  }),
};
