/** Texts of the composer: files, the beginning of the answer, the options of a conversation. */
import type { ConversationMode } from '../../main/contract/chat.ts';
import { phrase, type Phrase } from './phrase.ts';

export const writingTexts = {
  placeholderText: { fr: 'Écrivez le début d’un texte', en: 'Write the beginning of a text' },
  moreKeys: {
    fr: 'Entrée pour envoyer, Maj+Entrée pour aller à la ligne, / pour un modèle de message, ↑ pour corriger le dernier message',
    en: 'Enter sends, Shift+Enter begins a new line, / takes a prompt template, ↑ edits the last message',
  },
  prefill: { fr: 'Commencer la réponse par…', en: 'Begin the answer with…' },
  prefillLabel: { fr: 'Début de la réponse', en: 'Beginning of the answer' },
  prefillNote: {
    fr: 'Le modèle continue ce texte, espace et ponctuation compris.',
    en: 'The model goes on from this text, spaces and punctuation included.',
  },
  prefillRemove: { fr: 'Retirer le début de la réponse', en: 'Remove the beginning of the answer' },
};

export const attachmentTexts = {
  attach: { fr: 'Joindre des fichiers texte', en: 'Attach text files' },
  list: { fr: 'Fichiers joints', en: 'Attached files' },
  dropHere: { fr: 'Déposez les fichiers ici', en: 'Drop the files here' },
  show: phrase<{ name: string; tokens: number | null }>({
    fr: ({ name, tokens }, format) =>
      `Voir ${name}${tokens === null ? '' : `, ${format.count(tokens, { one: 'token', other: 'tokens' })}`}`,
    en: ({ name, tokens }, format) =>
      `Show ${name}${tokens === null ? '' : `, ${format.count(tokens, { one: 'token', other: 'tokens' })}`}`,
  }),
  tokens: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) => format.count(tokens, { one: 'token', other: 'tokens' }),
    en: ({ tokens }, format) => format.count(tokens, { one: 'token', other: 'tokens' }),
  }),
  counting: { fr: 'compte…', en: 'counting…' },
  remove: phrase<{ name: string }>({ fr: ({ name }) => `Retirer ${name}`, en: ({ name }) => `Remove ${name}` }),
  close: { fr: 'Fermer', en: 'Close' },
  dismiss: phrase<{ name: string }>({
    fr: ({ name }) => `Fermer l’avis sur ${name}`,
    en: ({ name }) => `Dismiss the notice about ${name}`,
  }),
  tooLarge: phrase<{ name: string; limit: number }>({
    fr: ({ name, limit }, format) =>
      `${name} est trop gros : ${format.bytes(limit)} au plus. Joignez-en la partie qui compte.`,
    en: ({ name, limit }, format) =>
      `${name} is too large: ${format.bytes(limit)} at most. Attach the part that matters.`,
  }),
  noRoom: phrase<{ name: string }>({
    fr: ({ name }) => `${name} ne tient plus avec les autres fichiers : retirez-en d’abord.`,
    en: ({ name }) => `${name} does not fit beside the other files: remove some first.`,
  }),
  binary: phrase<{ name: string }>({
    fr: ({ name }) => `${name} n’est pas du texte. Enregistrez-le en texte (.txt, .md, .csv…) et joignez cette copie.`,
    en: ({ name }) => `${name} is not text. Save it as text (.txt, .md, .csv…) and attach that copy.`,
  }),
  unreadable: phrase<{ name: string }>({
    fr: ({ name }) => `${name} ne se lit pas : c’est un dossier, ou le fichier n’est plus là.`,
    en: ({ name }) => `${name} cannot be read: it is a folder, or the file is gone.`,
  }),
  notUtf8: phrase<{ name: string; sample: string }>({
    fr: ({ name, sample }) => `${name} n’est pas en UTF-8. Lu en Windows-1252, il commence ainsi : « ${sample} »`,
    en: ({ name, sample }) => `${name} is not UTF-8. Read as Windows-1252, it begins like this: “${sample}”`,
  }),
  readAs1252: { fr: 'Le lire en Windows-1252', en: 'Read it as Windows-1252' },
};

export const optionTexts = {
  title: { fr: 'Options de la conversation', en: 'Conversation options' },
  titleChanged: { fr: 'Options de la conversation (modifiées)', en: 'Conversation options (changed)' },
  mode: { fr: 'Mode', en: 'Mode' },
  systemPrompt: { fr: 'Consigne système', en: 'System prompt' },
  systemPlaceholder: { fr: 'Par exemple : réponds en une phrase.', en: 'For example: answer in one sentence.' },
  systemNote: {
    fr: 'Lue avant le premier message, à chaque réponse à partir de la prochaine.',
    en: 'Read before the first message, for every answer from the next one on.',
  },
  systemUnused: {
    fr: 'Sans effet en mode texte : rien n’est ajouté à ce que vous écrivez.',
    en: 'Not used in text mode: nothing is added to what you write.',
  },
};

export const modeNames: Record<ConversationMode, Phrase> = {
  chat: { fr: 'Dialogue', en: 'Chat' },
  text: { fr: 'Texte', en: 'Text' },
};

export const modeNotes: Record<ConversationMode, Phrase> = {
  chat: {
    fr: 'Vos messages passent par le gabarit de dialogue du modèle : il répond. Pour les modèles Instruct.',
    en: 'Your messages go through the model’s chat template: it answers. For Instruct models.',
  },
  text: {
    fr: 'Votre texte est donné tel quel, sans gabarit : le modèle le continue. Pour les modèles de base, et pour voir ce qu’un modèle Instruct fait sans son gabarit.',
    en: 'Your text is given as it is, without a template: the model goes on with it. For base models, and to see what an Instruct model does without its template.',
  },
};
