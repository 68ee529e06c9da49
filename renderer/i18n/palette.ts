/** Texts of the command palette: its own, and the names of commands that are nowhere else on a button. */
import type { CommandGroup } from '../shell/palette/commands.svelte.ts';
import { phrase, type Phrase } from './phrase.ts';

export const paletteTexts = {
  title: { fr: 'Palette de commandes', en: 'Command palette' },
  placeholder: {
    fr: 'Une commande, un volet, une conversation, un modèle',
    en: 'A command, a pane, a conversation, a model',
  },
  results: { fr: 'Commandes', en: 'Commands' },
  found: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'commande trouvée', other: 'commandes trouvées' }),
    en: ({ count }, format) => format.count(count, { one: 'command found', other: 'commands found' }),
  }),
  none: phrase<{ query: string }>({
    fr: ({ query }) => `Rien ne s’appelle « ${query} ».`,
    en: ({ query }) => `Nothing is called “${query}”.`,
  }),
};

export const commandGroupTexts: Record<CommandGroup, Phrase> = {
  recent: { fr: 'Dernières utilisées', en: 'Last used' },
  conversation: { fr: 'Conversation', en: 'Conversation' },
  answer: { fr: 'Réponse', en: 'Answer' },
  go: { fr: 'Aller à', en: 'Go to' },
  conversations: { fr: 'Conversations', en: 'Conversations' },
  models: { fr: 'Modèles', en: 'Models' },
  settings: { fr: 'Réglages', en: 'Settings' },
};

export const commandTexts = {
  stop: { fr: 'Arrêter la réponse', en: 'Stop the answer' },
  tokenView: phrase<{ name: string }>({
    fr: ({ name }) => `Tokens : ${name}`,
    en: ({ name }) => `Tokens: ${name}`,
  }),
  openDataset: { fr: 'Ouvrir un jeu de données…', en: 'Open a dataset…' },
  openRecent: phrase<{ name: string }>({
    fr: ({ name }) => `Ouvrir le jeu de données ${name}`,
    en: ({ name }) => `Open the dataset ${name}`,
  }),
  findInDataset: { fr: 'Chercher dans le jeu de données ouvert', en: 'Find in the open dataset' },
  loadModel: phrase<{ name: string }>({
    fr: ({ name }) => `Charger ${name}`,
    en: ({ name }) => `Load ${name}`,
  }),
  unloadModel: phrase<{ name: string }>({
    fr: ({ name }) => `Décharger ${name}`,
    en: ({ name }) => `Unload ${name}`,
  }),
  language: phrase<{ name: string }>({
    fr: ({ name }) => `Langue : ${name}`,
    en: ({ name }) => `Language: ${name}`,
  }),
  theme: phrase<{ name: string }>({
    fr: ({ name }) => `Thème : ${name}`,
    en: ({ name }) => `Theme: ${name}`,
  }),
  /** Words of the other language under which a command is found too. */
  languageWords: { fr: 'language langue', en: 'langue language' },
  themeWords: { fr: 'apparence sombre clair nuit', en: 'appearance dark light night' },
};
