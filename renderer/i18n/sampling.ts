/** Names of the sampling values and what each does. */
import type { NumericSampling } from '../sampling/fields.ts';
import type { BuiltInPreset } from '../../main/contract/sampling-presets.ts';
import type { Grammar } from '../../main/contract/sampling.ts';
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

export const presetNames: Record<BuiltInPreset, Phrase> = {
  ':published': { fr: 'Lucie, valeurs publiées', en: 'Lucie, as published' },
  ':greedy': { fr: 'Toujours le plus probable', en: 'Always the most probable' },
  ':steady': { fr: 'Posé', en: 'Steady' },
  ':creative': { fr: 'Varié', en: 'Varied' },
  ':distribution': { fr: 'Distribution du modèle, telle quelle', en: 'The model’s own distribution' },
};

export const presetTexts = {
  label: { fr: 'Préréglage', en: 'Preset' },
  none: { fr: 'Réglages de l’application', en: 'The application’s settings' },
  own: { fr: 'Les vôtres', en: 'Yours' },
  supplied: { fr: 'Fournis', en: 'Supplied' },
  modified: phrase<{ name: string }>({ fr: ({ name }) => `${name} (modifié)`, en: ({ name }) => `${name} (modified)` }),
  restore: { fr: 'Reprendre ses valeurs', en: 'Back to its values' },
  saveAs: { fr: 'Enregistrer sous…', en: 'Save as…' },
  update: { fr: 'Enregistrer les valeurs actuelles', en: 'Save the values as they are' },
  rename: { fr: 'Renommer', en: 'Rename' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  name: { fr: 'Nom du préréglage', en: 'Name of the preset' },
  save: { fr: 'Enregistrer', en: 'Save' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  taken: { fr: 'Ce nom est pris ou ne convient pas.', en: 'This name is taken or cannot be used.' },
  removed: phrase<{ name: string }>({
    fr: ({ name }) => `Préréglage « ${name} » supprimé`,
    en: ({ name }) => `Preset “${name}” deleted`,
  }),
};

export const constraintTexts = {
  title: { fr: 'Textes, biais et grammaire', en: 'Texts, biases and grammar' },
  count: phrase<{ count: number }>({
    fr: ({ count }, format) => `Textes, biais et grammaire (${format.number(count)})`,
    en: ({ count }, format) => `Texts, biases and grammar (${format.number(count)})`,
  }),
  stop: { fr: 'Textes d’arrêt', en: 'Stop strings' },
  stopNote: {
    fr: 'La réponse finit avant le premier de ces textes, qui n’est pas montré.',
    en: 'The answer ends before the first of these texts, which is not shown.',
  },
  banned: { fr: 'Textes interdits', en: 'Banned strings' },
  bannedNote: {
    fr: 'La réponse ne les contient jamais, quels que soient les tokens qui les écriraient.',
    en: 'The answer never has them, whichever tokens would spell them.',
  },
  add: { fr: 'Ajouter', en: 'Add' },
  addTo: phrase<{ list: string }>({ fr: ({ list }) => `Ajouter : ${list}`, en: ({ list }) => `Add: ${list}` }),
  escapes: { fr: '\\n est un saut de ligne, \\t une tabulation.', en: '\\n is a line break, \\t a tab.' },
  removeText: phrase<{ text: string }>({
    fr: ({ text }) => `Retirer « ${text} »`,
    en: ({ text }) => `Remove “${text}”`,
  }),
  bias: { fr: 'Biais de logit', en: 'Logit bias' },
  biasNote: {
    fr: 'Ajouté au logit d’un token à chaque pas ; −100 l’exclut en pratique, 100 l’impose.',
    en: 'Added to a token’s logit at each step; −100 excludes it in practice, 100 forces it.',
  },
  biasSearch: { fr: 'Chercher un token par son texte', en: 'Find a token by its text' },
  biasHits: { fr: 'Tokens trouvés', en: 'Tokens found' },
  biasNone: { fr: 'Aucun token ne commence ainsi.', en: 'No token begins like this.' },
  biasOf: phrase<{ piece: string }>({ fr: ({ piece }) => `Biais de ${piece}`, en: ({ piece }) => `Bias of ${piece}` }),
  addToken: phrase<{ piece: string; id: number }>({
    fr: ({ piece, id }) => `Ajouter ${piece} (${id})`,
    en: ({ piece, id }) => `Add ${piece} (${id})`,
  }),
  ban: { fr: 'Exclure', en: 'Ban' },
  removeToken: phrase<{ piece: string }>({
    fr: ({ piece }) => `Retirer le biais de ${piece}`,
    en: ({ piece }) => `Remove the bias of ${piece}`,
  }),
  grammar: { fr: 'Grammaire', en: 'Grammar' },
  grammarNone: { fr: 'Aucune : la réponse est libre.', en: 'None: the answer is free.' },
  grammarEdit: { fr: 'Modifier la grammaire…', en: 'Edit the grammar…' },
  grammarAdd: { fr: 'Imposer une forme…', en: 'Hold the answer to a form…' },
  grammarRemove: { fr: 'Retirer la grammaire', en: 'Remove the grammar' },
  grammarNote: {
    fr: 'La réponse a exactement cette forme ; un token qui en sortirait n’est pas possible.',
    en: 'The answer has exactly this form; no token that would leave it is possible.',
  },
  grammarType: { fr: 'Écrite en', en: 'Written as' },
  grammarSource: { fr: 'Texte de la grammaire', en: 'Text of the grammar' },
  examples: { fr: 'Exemples', en: 'Examples' },
  checking: { fr: 'Vérification…', en: 'Checking…' },
  valid: { fr: 'Le moteur accepte cette grammaire.', en: 'The engine accepts this grammar.' },
  unchecked: {
    fr: 'Elle ne peut pas être vérifiée maintenant : aucun modèle libre. Elle le sera à l’envoi.',
    en: 'It cannot be checked now: no model is free. It will be when you send.',
  },
  apply: { fr: 'Utiliser', en: 'Use' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
};

export const grammarTypes: Record<Grammar['type'], Phrase> = {
  'json-schema': { fr: 'Schéma JSON', en: 'JSON schema' },
  regex: { fr: 'Expression régulière', en: 'Regular expression' },
  gbnf: { fr: 'GBNF', en: 'GBNF' },
};

export const grammarExampleNames = {
  person: { fr: 'Une personne', en: 'A person' },
  list: { fr: 'Une liste de noms', en: 'A list of names' },
  date: { fr: 'Une date ISO', en: 'An ISO date' },
  yesNo: { fr: 'Oui ou non', en: 'Yes or no' },
  bullets: { fr: 'Trois points', en: 'Three points' },
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
