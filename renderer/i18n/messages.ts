/** Texts of what can be done to a message, of its branches and of the map of a conversation. */
import type { MessageStatus } from '../../main/contract/chat.ts';
import type { Role } from '../../main/contract/engine.ts';
import { phrase, type Phrase } from './phrase.ts';

export const messageTexts = {
  actions: phrase<{ speaker: string; excerpt: string }>({
    fr: ({ speaker, excerpt }) => `Actions sur le message de ${speaker} : ${excerpt}`,
    en: ({ speaker, excerpt }) => `Actions on the message of ${speaker}: ${excerpt}`,
  }),
  edit: { fr: 'Modifier', en: 'Edit' },
  copyText: { fr: 'Copier le texte', en: 'Copy the text' },
  copyMarkdown: { fr: 'Copier le Markdown', en: 'Copy the Markdown' },
  answerAgain: { fr: 'Répondre à nouveau', en: 'Answer again' },
  regenerate: { fr: 'Générer une autre réponse', en: 'Generate another answer' },
  goOn: { fr: 'Continuer la réponse', en: 'Continue the answer' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  more: { fr: 'Autres actions', en: 'More actions' },
  removed: { fr: 'Message supprimé, avec ce qui le suit', en: 'Message deleted, with what follows it' },
  place: phrase<{ index: number; count: number }>({
    fr: ({ index, count }, format) => `${format.number(index)} / ${format.number(count)}`,
    en: ({ index, count }, format) => `${format.number(index)} / ${format.number(count)}`,
  }),
  placeLabel: phrase<{ index: number; count: number }>({
    fr: ({ index, count }, format) => `Version ${format.number(index)} sur ${format.number(count)}`,
    en: ({ index, count }, format) => `Version ${format.number(index)} of ${format.number(count)}`,
  }),
  previous: { fr: 'Version précédente (Alt+← ou [)', en: 'Previous version (Alt+← or [)' },
  next: { fr: 'Version suivante (Alt+→ ou ])', en: 'Next version (Alt+→ or ])' },
  blocked: phrase<{ action: string; reason: string }>({
    fr: ({ action, reason }) => `${action} : pas maintenant. ${reason}`,
    en: ({ action, reason }) => `${action}: not now. ${reason}`,
  }),
};

export const editorTexts = {
  text: { fr: 'Texte du message', en: 'Text of the message' },
  send: { fr: 'Enregistrer et envoyer', en: 'Save and send' },
  save: { fr: 'Enregistrer', en: 'Save' },
  saveOnly: { fr: 'Enregistrer sans envoyer', en: 'Save without sending' },
  attachment: { fr: 'Fichier joint', en: 'Attached file' },
  detach: phrase<{ name: string }>({ fr: ({ name }) => `Retirer ${name}`, en: ({ name }) => `Take ${name} away` }),
  keys: {
    fr: 'L’original reste à côté. Ctrl+Entrée enregistre, Échap abandonne.',
    en: 'The original stays beside it. Ctrl+Enter saves, Escape cancels.',
  },
};

export const originTexts = {
  reworded: { fr: 'modifié', en: 'edited' },
  editedByYou: { fr: 'réponse modifiée par vous', en: 'answer edited by you' },
  begun: { fr: 'début écrit par vous', en: 'beginning written by you' },
  taken: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) =>
      `${format.count(tokens, { one: 'premier token repris', other: 'premiers tokens repris' })} d’une autre réponse`,
    en: ({ tokens }, format) =>
      `first ${format.count(tokens, { one: 'token', other: 'tokens' })} taken from another answer`,
  }),
};

export const sendToTexts = {
  title: { fr: 'Envoyer vers', en: 'Send to' },
  tokens: { fr: 'Envoyer vers Tokens', en: 'Send to Tokens' },
  dataset: { fr: 'Chercher dans les données', en: 'Search the dataset' },
  conversation: { fr: 'Envoyer vers une nouvelle conversation', en: 'Send to a new conversation' },
  sideBySide: { fr: 'Comparer côte à côte', en: 'Compare side by side' },
  selection: { fr: 'Texte sélectionné', en: 'Selected text' },
  messageName: phrase<{ speaker: string }>({
    fr: ({ speaker }) => `un message de ${speaker}`,
    en: ({ speaker }) => `a message of ${speaker}`,
  }),
  selectionName: { fr: 'la sélection', en: 'the selection' },
};

export const threadTexts = {
  willDropAbove: phrase<{ turns: number; tokens: number }>({
    fr: ({ turns, tokens }, format) =>
      `Ne sera pas lu à partir d’ici vers le haut : ${format.count(turns, { one: 'échange', other: 'échanges' })}, ${format.count(tokens, { one: 'token', other: 'tokens' })}`,
    en: ({ turns, tokens }, format) =>
      `Will not be read from here up: ${format.count(turns, { one: 'exchange', other: 'exchanges' })}, ${format.count(tokens, { one: 'token', other: 'tokens' })}`,
  }),
  readOnly: {
    fr: 'Conversation importée d’un autre programme : elle se lit, se cherche et se copie, sans pouvoir être changée.',
    en: 'Imported from another program: to be read, searched and copied, not to be changed.',
  },
  copyToContinue: { fr: 'Copier pour continuer', en: 'Copy to continue' },
  noAnswer: { fr: 'Il n’y a pas encore de réponse.', en: 'There is no answer yet.' },
  lastAnswer: phrase<{ text: string }>({
    fr: ({ text }) => `Dernière réponse : ${text}`,
    en: ({ text }) => `Last answer: ${text}`,
  }),
};

export const treeTexts = {
  open: { fr: 'Plan des branches', en: 'Map of the branches' },
  close: { fr: 'Fermer le plan', en: 'Close the map' },
  label: { fr: 'Plan de la conversation', en: 'Map of the conversation' },
  keys: {
    fr: 'Les flèches suivent les messages, Entrée montre la branche.',
    en: 'Arrows follow the messages, Enter shows the branch.',
  },
  summary: phrase<{ messages: number; branches: number }>({
    fr: ({ messages, branches }, format) =>
      `${format.count(messages, { one: 'message', other: 'messages' })}, ${format.count(branches, { one: 'branche', other: 'branches' })}`,
    en: ({ messages, branches }, format) =>
      `${format.count(messages, { one: 'message', other: 'messages' })}, ${format.count(branches, { one: 'branch', other: 'branches' })}`,
  }),
  skipped: phrase<{ count: number }>({
    fr: ({ count }, format) => `${format.count(count, { one: 'message', other: 'messages' })} entre les deux`,
    en: ({ count }, format) => `${format.count(count, { one: 'message', other: 'messages' })} in between`,
  }),
  shown: { fr: 'affiché', en: 'shown' },
  empty: { fr: '(vide)', en: '(empty)' },
};

export const roleNames: Record<Role, Phrase> = {
  user: { fr: 'Vous', en: 'You' },
  assistant: { fr: 'Réponse', en: 'Answer' },
  system: { fr: 'Système', en: 'System' },
};

/** A complete message needs no word. */
export const statusNames: Record<Exclude<MessageStatus, 'complete'>, Phrase> = {
  streaming: { fr: 'en cours', en: 'being written' },
  stopped: { fr: 'arrêtée', en: 'stopped' },
  interrupted: { fr: 'interrompue', en: 'interrupted' },
  failed: { fr: 'en échec', en: 'failed' },
};

export const branchTexts = {
  title: phrase<{ position: number }>({
    fr: ({ position }, format) => `Continuer autrement à partir du token ${format.number(position)}`,
    en: ({ position }, format) => `Go on differently from token ${format.number(position)}`,
  }),
  take: phrase<{ text: string; probability: number }>({
    fr: ({ text, probability }, format) => `Continuer avec « ${text} », ${format.percent(probability)}`,
    en: ({ text, probability }, format) => `Go on with “${text}”, ${format.percent(probability)}`,
  }),
  again: { fr: 'Tirer à nouveau à partir d’ici', en: 'Draw again from here' },
  hint: { fr: 'Entrée ou clic : continuer autrement', en: 'Enter or click: go on differently' },
};
