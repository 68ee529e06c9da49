/** Names of the sampling values and what each does. */
import type { NumericSampling } from '../sampling/fields.ts';
import { phrase, type Phrase } from './phrase.ts';

export const samplingNames: Record<NumericSampling, { name: Phrase; explanation: Phrase }> = {
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
  typicalP: {
    name: { fr: 'Typique (p)', en: 'Typical (p)' },
    explanation: {
      fr: 'Les tokens dont l’information est la plus proche de l’entropie, jusqu’à la probabilité p ; 1 garde tout.',
      en: 'The tokens whose information is nearest to the entropy, up to the probability p; 1 keeps all.',
    },
  },
  frequencyPenalty: {
    name: { fr: 'Pénalité de fréquence', en: 'Frequency penalty' },
    explanation: {
      fr: 'Retirée du logit d’un token pour chaque fois que la réponse l’a déjà ; 0 : aucune.',
      en: 'Taken from a token’s logit for each time that the answer has it already; 0: none.',
    },
  },
  presencePenalty: {
    name: { fr: 'Pénalité de présence', en: 'Presence penalty' },
    explanation: {
      fr: 'Retirée une fois du logit des tokens que la réponse a déjà ; 0 : aucune.',
      en: 'Taken once from the logit of the tokens that the answer has already; 0: none.',
    },
  },
};

export const samplingTexts = {
  title: { fr: 'Échantillonnage', en: 'Sampling' },
  changed: { fr: 'Échantillonnage (modifié)', en: 'Sampling (changed)' },
  reset: { fr: 'Revenir aux réglages', en: 'Back to the settings' },
  advanced: { fr: 'Réglages avancés', en: 'Advanced' },
  resetDefaults: { fr: 'Valeurs d’origine', en: 'Original values' },
  refused: phrase<{ minimum: number; maximum: number }>({
    fr: ({ minimum, maximum }, format) =>
      `Valeur refusée : elle va de ${format.number(minimum, 2)} à ${format.number(maximum, 2)}.`,
    en: ({ minimum, maximum }, format) =>
      `Not accepted: it goes from ${format.number(minimum, 2)} to ${format.number(maximum, 2)}.`,
  }),
};
