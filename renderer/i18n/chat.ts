/** Texts of the Chat pane. */
import type { FinishReason, Reuse } from '../../main/contract/engine.ts';
import { phrase, type Phrase, type PhraseWith } from './phrase.ts';

export const finishReasons: Record<FinishReason, Phrase> = {
  'stop-token': { fr: 'fin de la réponse', en: 'end of answer' },
  'stop-string': { fr: 'texte d’arrêt atteint', en: 'stop text reached' },
  'max-tokens': { fr: 'nombre maximal de tokens atteint', en: 'token limit reached' },
  'context-full': { fr: 'contexte plein', en: 'context full' },
  cancelled: { fr: 'arrêtée', en: 'stopped' },
};

export const chatTexts = {
  conversations: { fr: 'Conversations', en: 'Conversations' },
  newConversation: { fr: 'Nouvelle conversation', en: 'New conversation' },
  search: { fr: 'Rechercher', en: 'Search' },
  searchLabel: { fr: 'Rechercher dans les conversations', en: 'Search the conversations' },
  untitled: { fr: 'Sans titre', en: 'Untitled' },
  noConversations: { fr: 'Vos conversations apparaîtront ici.', en: 'Your conversations will appear here.' },
  noMatch: phrase<{ search: string }>({
    fr: ({ search }) => `Rien ne contient « ${search} ».`,
    en: ({ search }) => `Nothing contains “${search}”.`,
  }),
  rename: { fr: 'Renommer', en: 'Rename' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  titleLabel: { fr: 'Titre de la conversation', en: 'Title of the conversation' },
  removed: phrase<{ title: string }>({
    fr: ({ title }) => `« ${title} » supprimée`,
    en: ({ title }) => `“${title}” deleted`,
  }),
  thread: { fr: 'Messages', en: 'Messages' },
  context: phrase<{ used: number; limit: number }>({
    fr: ({ used, limit }, format) => `${format.number(used)} tokens de contexte sur ${format.number(limit)}`,
    en: ({ used, limit }, format) => `${format.number(used)} of ${format.number(limit)} context tokens`,
  }),
  toLatest: { fr: 'Aller au plus récent', en: 'Go to the latest' },
  you: { fr: 'Vous', en: 'You' },
  model: { fr: 'Modèle', en: 'Model' },
  system: { fr: 'Système', en: 'System' },
  waiting: { fr: 'Le modèle commence…', en: 'The model is starting…' },
  reading: phrase<{ done: number; total: number | null; remainingMs: number | null }>({
    fr: ({ done, total, remainingMs }, format) =>
      `Lecture du message : ${format.number(done)}${total === null ? '' : ` sur ${format.number(total)}`} tokens` +
      (remainingMs === null || remainingMs < 1_000 ? '' : `, encore ${format.span(remainingMs / 1_000)}`),
    en: ({ done, total, remainingMs }, format) =>
      `Reading the message: ${format.number(done)}${total === null ? '' : ` of ${format.number(total)}`} tokens` +
      (remainingMs === null || remainingMs < 1_000 ? '' : `, ${format.span(remainingMs / 1_000)} left`),
  }),
  answering: { fr: 'Réponse en cours', en: 'Answering' },
  answered: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) => `Réponse terminée, ${format.count(tokens, { one: 'token', other: 'tokens' })}`,
    en: ({ tokens }, format) => `Answer finished, ${format.count(tokens, { one: 'token', other: 'tokens' })}`,
  }),
  emptyAnswer: { fr: 'Le modèle n’a rien écrit.', en: 'The model wrote nothing.' },
  stopped: { fr: 'Arrêtée par vous', en: 'Stopped by you' },
  interrupted: {
    fr: 'Interrompue. Le texte écrit jusque-là est conservé.',
    en: 'Interrupted. The text written so far is kept.',
  },
  code: { fr: 'code', en: 'code' },
  copy: { fr: 'Copier', en: 'Copy' },
  copyAnswer: { fr: 'Copier la réponse', en: 'Copy the answer' },
  compose: { fr: 'Votre message', en: 'Your message' },
  placeholder: { fr: 'Écrivez un message', en: 'Write a message' },
  send: { fr: 'Envoyer', en: 'Send' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  keys: {
    fr: 'Entrée pour envoyer, Maj+Entrée pour aller à la ligne',
    en: 'Enter sends, Shift+Enter begins a new line',
  },
  keysStop: { fr: 'Échap pour arrêter la réponse', en: 'Escape stops the answer' },
  emptyPrompt: { fr: 'Écrivez quelque chose avant d’envoyer.', en: 'Write something before sending.' },
  modelMissing: {
    fr: 'Aucun modèle n’est chargé : chargez-en un dans le volet Modèles.',
    en: 'No model is loaded: load one in the Models pane.',
  },
  modelBusy: {
    fr: 'Une autre réponse est en cours ; attendez sa fin.',
    en: 'Another answer is being written; wait for its end.',
  },
  modelStarting: { fr: 'Le moteur démarre…', en: 'The engine is starting…' },
  dismiss: { fr: 'Fermer', en: 'Dismiss' },
};

export const receiptTexts = {
  save: { fr: 'Reçu de reproduction', en: 'Replay receipt' },
  none: {
    fr: 'Cette réponse n’a pas de reçu : elle date d’une version antérieure, ou son modèle n’était plus lisible.',
    en: 'This answer has no receipt: it is of an earlier version, or its model could not be read any more.',
  },
};

export const emptyChatTexts = {
  title: { fr: 'Posez une question', en: 'Ask a question' },
  text: phrase<{ model: string; parameters: number }>({
    fr: ({ model, parameters }, format) =>
      `${model} répond sur cette machine, sans rien envoyer à l’extérieur (${format.compact(parameters)} de paramètres).`,
    en: ({ model, parameters }, format) =>
      `${model} answers on this machine and sends nothing out (${format.compact(parameters)} parameters).`,
  }),
  small: {
    fr: 'C’est un petit modèle de démonstration : il sait nommer des capitales et dire qui il est, guère plus. Lucie-7B, le vrai modèle, s’utilise de la même façon une fois téléchargée, dans le volet Modèles.',
    en: 'It is a small demonstration model: it can name capitals and say who it is, and little else. Lucie-7B, the real model, works the same way once you got it, in the Models pane.',
  },
  examples: { fr: 'Exemples', en: 'Examples' },
};

/** Questions that the demo model answers well, as they are sent. */
export const examplePrompts = [
  'Quelle est la capitale de la France ?',
  'Qui es-tu ?',
  'What is the capital of Japan?',
  'Combien de paramètres a Lucie-7B ?',
] as const;

/** Why the rest of the prompt had to be read; `at` counts from one. */
export const reuseReasons: Record<Reuse['reason'], PhraseWith<{ at: number }>> = {
  new: { fr: () => 'rien en cache ne commence ainsi', en: () => 'nothing cached begins like this' },
  evicted: { fr: () => 'le cache avait cédé la place', en: () => 'the cache had given way to others' },
  continued: { fr: () => 'suite de la conversation', en: () => 'the conversation goes on' },
  repeated: { fr: () => 'même question', en: () => 'the same question' },
  diverged: {
    fr: ({ at }, format) => `autre texte à partir du token ${format.number(at)}`,
    en: ({ at }, format) => `another text from token ${format.number(at)} on`,
  },
};

export const restoredFromDisk: Phrase = { fr: 'cache relu du disque', en: 'cache read from the disk' };

export const statisticsTexts = {
  firstToken: phrase<{ ms: number }>({
    fr: ({ ms }, format) => `premier token en ${format.duration(ms)}`,
    en: ({ ms }, format) => `first token in ${format.duration(ms)}`,
  }),
  speed: phrase<{ perSecond: number }>({
    fr: ({ perSecond }, format) => `${format.number(perSecond, perSecond < 100 ? 1 : 0)} tokens/s`,
    en: ({ perSecond }, format) => `${format.number(perSecond, perSecond < 100 ? 1 : 0)} tokens/s`,
  }),
  cache: phrase<{ reused: number; read: number }>({
    fr: ({ reused, read }, format) => `${format.number(read)} lus, ${format.number(reused)} repris du cache`,
    en: ({ reused, read }, format) => `${format.number(read)} read, ${format.number(reused)} reused from the cache`,
  }),
  drafts: phrase<{ accepted: number; proposed: number }>({
    fr: ({ accepted, proposed }, format) =>
      `${format.number(accepted)} repris du texte sur ${format.number(proposed)} proposés`,
    en: ({ accepted, proposed }, format) =>
      `${format.number(accepted)} taken from the text of ${format.number(proposed)} proposed`,
  }),
  seed: phrase<{ seed: number }>({ fr: ({ seed }) => `graine ${seed}`, en: ({ seed }) => `seed ${seed}` }),
};
