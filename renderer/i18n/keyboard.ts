/** Texts about keys: what they do, and how those are called that write no character. */
import type { ShortcutId } from '../shell/shortcuts.ts';
import { paneNames } from './shell.ts';
import type { Phrase } from './phrase.ts';

/** How every command of the window with keys of its own is called: in the palette, in the settings, in the help. */
export const shortcutTexts: Record<ShortcutId, Phrase> = {
  'pane-chat': paneNames.chat,
  'pane-data': paneNames.data,
  'pane-tokens': paneNames.tokens,
  'pane-models': paneNames.models,
  'pane-settings': paneNames.settings,
  palette: { fr: 'Palette de commandes', en: 'Command palette' },
  'new-conversation': { fr: 'Nouvelle conversation', en: 'New conversation' },
  'focus-composer': { fr: 'Écrire un message', en: 'Write a message' },
  search: {
    fr: 'Chercher dans les conversations, ou dans le jeu de données ouvert',
    en: 'Search the conversations, or the open dataset',
  },
  'previous-conversation': { fr: 'Conversation précédente', en: 'Previous conversation' },
  'next-conversation': { fr: 'Conversation suivante', en: 'Next conversation' },
  help: { fr: 'Touches du clavier', en: 'Keyboard help' },
};

/** Keys that belong to one place and are handled there. */
export const keyboardTexts = {
  panes: { fr: 'Chat, Données, Tokens, Modèles, Réglages', en: 'Chat, Data, Tokens, Models, Settings' },
  send: { fr: 'Envoyer le message', en: 'Send the message' },
  newLine: { fr: 'Aller à la ligne', en: 'New line' },
  stop: { fr: 'Arrêter la réponse', en: 'Stop the answer' },
  rename: { fr: 'Renommer la conversation', en: 'Rename the conversation' },
  remove: { fr: 'Supprimer la conversation', en: 'Delete the conversation' },
  move: { fr: 'Se déplacer parmi les tokens ou les conversations', en: 'Move among tokens or conversations' },
  row: { fr: 'Ligne précédente, suivante (Données)', en: 'Previous, next row (Data)' },
  nextHit: { fr: 'Résultat suivant (recherche dans Données)', en: 'Next hit (find in Data)' },
  previousHit: { fr: 'Résultat précédent (recherche dans Données)', en: 'Previous hit (find in Data)' },
  tokenStep: { fr: 'Token précédent, suivant (lecture de Tokens)', en: 'Previous, next token (reader of Tokens)' },
  leaveText: { fr: 'Sortir du texte (lecture de Tokens)', en: 'Leave the text (reader of Tokens)' },
  zoom: { fr: 'Agrandir, réduire, taille normale', en: 'Zoom in, zoom out, normal size' },
};

export const keyNames = {
  enter: { fr: 'Entrée', en: 'Enter' },
  shift: { fr: 'Maj', en: 'Shift' },
  escape: { fr: 'Échap', en: 'Esc' },
  remove: { fr: 'Suppr', en: 'Delete' },
  arrows: { fr: 'Flèches', en: 'Arrows' },
  pageUp: { fr: 'Pg préc.', en: 'Page up' },
  pageDown: { fr: 'Pg suiv.', en: 'Page down' },
};
