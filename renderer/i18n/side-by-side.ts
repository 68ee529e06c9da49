/** Texts of the side-by-side view of the Chat pane. */
import type { ContenderStatus, SideBySideStatus } from '../../main/contract/side-by-side.ts';
import type { PresetId } from '../chat/side-by-side/contender-presets.ts';
import { phrase, type Phrase } from './phrase.ts';

export const presetNames: Record<PresetId, Phrase> = {
  'greedy-sampled': { fr: 'Glouton contre échantillonné', en: 'Greedy against sampled' },
  temperatures: { fr: 'Températures 0 / 0,6 / 1', en: 'Temperatures 0 / 0.6 / 1' },
  precision: { fr: 'Quantifié contre précision entière', en: 'Quantised against full precision' },
  instruct: { fr: 'Tous les modèles Instruct', en: 'All Instruct models' },
  phases: { fr: 'Recuit contre phase principale', en: 'Annealed against main phase' },
};

export const contenderStatuses: Record<ContenderStatus, Phrase> = {
  waiting: { fr: 'en attente', en: 'waiting' },
  loading: { fr: 'chargement du modèle…', en: 'loading the model…' },
  answering: { fr: 'répond…', en: 'answering…' },
  complete: { fr: 'terminée', en: 'finished' },
  stopped: { fr: 'arrêtée', en: 'stopped' },
  interrupted: { fr: 'interrompue', en: 'interrupted' },
  failed: { fr: 'échec', en: 'failed' },
};

export const runStatuses: Record<SideBySideStatus, Phrase> = {
  running: { fr: 'En cours', en: 'Under way' },
  restoring: { fr: 'Remise en place du modèle d’avant…', en: 'Putting the model of before back…' },
  complete: { fr: 'Terminée', en: 'Finished' },
  stopped: { fr: 'Arrêtée par vous', en: 'Stopped by you' },
  interrupted: { fr: 'Interrompue : le programme s’est fermé', en: 'Interrupted: the workbench was closed' },
};

export const sideBySideTexts = {
  title: { fr: 'Côte à côte', en: 'Side by side' },
  subtitle: { fr: 'La même demande à plusieurs modèles ou réglages', en: 'One prompt, several models or settings' },
  open: { fr: 'Comparer des réponses côte à côte', en: 'Compare answers side by side' },
  prompt: { fr: 'La demande', en: 'The prompt' },
  promptPlaceholder: { fr: 'Ce que tous les candidats reçoivent', en: 'What every contender is given' },
  presets: { fr: 'Comparaisons toutes prêtes', en: 'Ready-made comparisons' },
  contenders: { fr: 'Candidats', en: 'Contenders' },
  contender: phrase<{ letter: string }>({
    fr: ({ letter }) => `Candidat ${letter}`,
    en: ({ letter }) => `Contender ${letter}`,
  }),
  add: { fr: 'Ajouter un candidat', en: 'Add a contender' },
  removeContender: phrase<{ letter: string }>({
    fr: ({ letter }) => `Retirer le candidat ${letter}`,
    en: ({ letter }) => `Remove contender ${letter}`,
  }),
  model: { fr: 'Modèle', en: 'Model' },
  loadedModel: phrase<{ name: string }>({
    fr: ({ name }) => (name === '' ? 'Le modèle choisi' : `Le modèle chargé (${name})`),
    en: ({ name }) => (name === '' ? 'The chosen model' : `The loaded model (${name})`),
  }),
  mode: { fr: 'Mode', en: 'Mode' },
  chat: { fr: 'Dialogue', en: 'Chat' },
  plainText: { fr: 'Suite de texte', en: 'Plain text' },
  choice: { fr: 'Choix des tokens', en: 'Choice of tokens' },
  greedy: { fr: 'Glouton', en: 'Greedy' },
  sampled: { fr: 'Échantillonné', en: 'Sampled' },
  temperature: phrase<{ value: number }>({
    fr: ({ value }, format) => `température ${format.number(value, 2)}`,
    en: ({ value }, format) => `temperature ${format.number(value, 2)}`,
  }),
  allSettings: { fr: 'Tous les réglages', en: 'All settings' },
  systemPrompt: { fr: 'Consigne système', en: 'System prompt' },
  cost: phrase<{ loads: number; isRestored: boolean }>({
    fr: ({ loads, isRestored }, format) =>
      loads === 0
        ? 'Rien à charger : tous utilisent le modèle déjà chargé.'
        : `${format.count(loads, { one: 'modèle sera chargé', other: 'modèles seront chargés' })} tour à tour` +
          (isRestored ? ', puis celui d’avant de nouveau. ' : '. ') +
          'Ce que le moteur a en mémoire des autres conversations est alors perdu, sauf si les réglages le font garder sur le disque : leur prochaine réponse les relira. Chaque chargement vérifie d’abord la mémoire.',
    en: ({ loads, isRestored }, format) =>
      loads === 0
        ? 'Nothing to load: all of them use the model that is loaded.'
        : `${format.count(loads, { one: 'model will be loaded', other: 'models will be loaded' })} in turn` +
          (isRestored ? ', then the one of before again. ' : '. ') +
          'What the engine holds in memory of other conversations is then lost, unless the settings have it kept on the disk: their next answer reads them again. Each load checks the memory first.',
  }),
  holds: {
    fr: 'Tant que la comparaison dure, le moteur ne répond à rien d’autre.',
    en: 'While the comparison runs, the engine answers nothing else.',
  },
  start: { fr: 'Comparer', en: 'Compare' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  stopping: { fr: 'Arrêt…', en: 'Stopping…' },
  startNew: { fr: 'Nouvelle comparaison', en: 'New comparison' },
  again: { fr: 'Reprendre ces candidats', en: 'Use these contenders again' },
  back: { fr: 'Retour à la conversation', en: 'Back to the conversation' },
  earlier: { fr: 'Comparaisons précédentes', en: 'Earlier comparisons' },
  noEarlier: {
    fr: 'Chaque comparaison est conservée ici, avec ses tokens et ses reçus.',
    en: 'Every comparison is kept here, with its tokens and receipts.',
  },
  runFacts: phrase<{ contenders: number }>({
    fr: ({ contenders }, format) => format.count(contenders, { one: 'candidat', other: 'candidats' }),
    en: ({ contenders }, format) => format.count(contenders, { one: 'contender', other: 'contenders' }),
  }),
  remove: phrase<{ excerpt: string }>({
    fr: ({ excerpt }) => `Supprimer la comparaison « ${excerpt} »`,
    en: ({ excerpt }) => `Delete the comparison “${excerpt}”`,
  }),
  removeQuestion: { fr: 'Supprimer cette comparaison pour de bon ?', en: 'Delete this comparison for good?' },
  removeYes: { fr: 'Supprimer', en: 'Delete' },
  removeNo: { fr: 'La garder', en: 'Keep it' },
  removeText: { fr: 'Ses réponses et ses reçus disparaissent.', en: 'Its answers and receipts go with it.' },
  exportJson: { fr: 'Enregistrer en JSON', en: 'Save as JSON' },
  exportMarkdown: { fr: 'Enregistrer en Markdown', en: 'Save as Markdown' },
  reference: { fr: 'Référence', en: 'Reference' },
  seed: phrase<{ seed: number }>({ fr: ({ seed }) => `graine ${seed}`, en: ({ seed }) => `seed ${seed}` }),
  answers: { fr: 'Réponses côte à côte', en: 'Answers side by side' },
  restoreFailed: {
    fr: 'Les réponses sont là, mais le modèle d’avant n’a pas pu être rechargé.',
    en: 'The answers are there, but the model of before could not be loaded again.',
  },
  missing: phrase<{ text: string }>({
    fr: ({ text }) => `Absent ici : « ${text} »`,
    en: ({ text }) => `Not here: “${text}”`,
  }),
  loadTime: phrase<{ ms: number }>({
    fr: ({ ms }, format) => `chargé en ${format.duration(ms)}`,
    en: ({ ms }, format) => `loaded in ${format.duration(ms)}`,
  }),
  bits: phrase<{ bits: number }>({ fr: ({ bits }) => `${bits} bits`, en: ({ bits }) => `${bits} bits` }),
  written: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) => format.count(tokens, { one: 'token', other: 'tokens' }),
    en: ({ tokens }, format) => format.count(tokens, { one: 'token', other: 'tokens' }),
  }),
  shared: phrase<{ fraction: number }>({
    fr: ({ fraction }, format) => `${format.wholePercent(fraction)} en commun avec la référence`,
    en: ({ fraction }, format) => `${format.wholePercent(fraction)} shared with the reference`,
  }),
  copyAnswer: phrase<{ letter: string }>({
    fr: ({ letter }) => `Copier la réponse ${letter}`,
    en: ({ letter }) => `Copy answer ${letter}`,
  }),
  receiptOf: phrase<{ letter: string }>({
    fr: ({ letter }) => `Reçu de reproduction de la réponse ${letter}`,
    en: ({ letter }) => `Replay receipt of answer ${letter}`,
  }),
  noReceipt: { fr: 'Cette réponse n’a pas de reçu.', en: 'This answer has no receipt.' },
  tokensOf: phrase<{ letter: string }>({
    fr: ({ letter }) => `Tokens de la réponse ${letter}`,
    en: ({ letter }) => `Tokens of answer ${letter}`,
  }),
};

export const divergenceTexts = {
  title: { fr: 'Premières divergences', en: 'First divergences' },
  same: phrase<{ letters: string; reference: string }>({
    fr: ({ letters, reference }) => `Même réponse que ${reference}, token pour token : ${letters}.`,
    en: ({ letters, reference }) => `The same answer as ${reference}, token for token: ${letters}.`,
  }),
  sameText: phrase<{ letters: string; reference: string }>({
    fr: ({ letters, reference }) => `Même texte que ${reference} : ${letters}.`,
    en: ({ letters, reference }) => `The same text as ${reference}: ${letters}.`,
  }),
  at: phrase<{ letter: string; reference: string; index: number }>({
    fr: ({ letter, reference, index }, format) =>
      `${letter} s’écarte de ${reference} au token ${format.number(index + 1)}`,
    en: ({ letter, reference, index }, format) =>
      `${letter} parts from ${reference} at token ${format.number(index + 1)}`,
  }),
  jump: phrase<{ letter: string }>({
    fr: ({ letter }) => `Y aller : première divergence de ${letter}`,
    en: ({ letter }) => `Go there: first divergence of ${letter}`,
  }),
  here: phrase<{ letter: string }>({
    fr: ({ letter }) => `${letter} : première divergence`,
    en: ({ letter }) => `${letter}: first divergence`,
  }),
  jumpShort: { fr: 'Y aller', en: 'Go there' },
  nearTie: { fr: 'quasi-égalité', en: 'near tie' },
  clear: { fr: 'choix net', en: 'clear choice' },
  unknown: { fr: 'écart inconnu', en: 'gap unknown' },
  nearTieNote: {
    fr: 'Quasi-égalité : chaque modèle dont on le sait donne aux deux tokens des probabilités qui diffèrent au plus d’un facteur deux (distribution brute).',
    en: 'Near tie: every model of which it is known gives the two tokens probabilities within a factor of two (raw distribution).',
  },
  end: { fr: 'fin de la réponse', en: 'end of the answer' },
  own: phrase<{ probability: number; rank: number }>({
    fr: ({ probability, rank }, format) => `${format.percent(probability)}, rang ${format.number(rank)}`,
    en: ({ probability, rank }, format) => `${format.percent(probability)}, rank ${format.number(rank)}`,
  }),
  other: phrase<{ piece: string; probability: number; rank: number }>({
    fr: ({ piece, probability, rank }, format) =>
      `et donne ${format.percent(probability)} à ${piece} (rang ${format.number(rank)})`,
    en: ({ piece, probability, rank }, format) =>
      `and gives ${piece} ${format.percent(probability)} (rank ${format.number(rank)})`,
  }),
  outside: phrase<{ piece: string }>({
    fr: ({ piece }) => `${piece} n’est pas parmi ses dix premiers`,
    en: ({ piece }) => `${piece} is not among its first ten`,
  }),
  byText: {
    fr: 'Tokeniseurs différents : comparaison par le texte.',
    en: 'Different tokenizers: compared by their texts.',
  },
};
