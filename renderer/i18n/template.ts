/** Texts of the chat-template lens in the Tokens pane. */
import type { TemplateProblem } from '../../main/contract/template-lens.ts';
import { phrase, type Phrase, type PhraseWith } from './phrase.ts';

export const problemTexts: Record<TemplateProblem['kind'], Phrase> = {
  syntax: { fr: 'Le gabarit n’est pas du Jinja valable.', en: 'The template is not valid Jinja.' },
  run: { fr: 'Le gabarit s’est arrêté sur une erreur.', en: 'The template stopped with an error.' },
  time: {
    fr: 'Le gabarit ne finissait pas ; il a été arrêté.',
    en: 'The template did not come to an end; it was stopped.',
  },
  size: { fr: 'Le gabarit écrit trop de texte.', en: 'The template writes too much text.' },
};

export const roleTexts: Record<'system' | 'user' | 'assistant', Phrase> = {
  system: { fr: 'Système', en: 'System' },
  user: { fr: 'Utilisateur', en: 'User' },
  assistant: { fr: 'Assistant', en: 'Assistant' },
};

const place: PhraseWith<{ line: number; column: number }> = phrase({
  fr: ({ line, column }, format) => `Ligne ${format.number(line)}, colonne ${format.number(column)} :`,
  en: ({ line, column }, format) => `Line ${format.number(line)}, column ${format.number(column)}:`,
});

export const templateTexts = {
  template: { fr: 'Gabarit (Jinja)', en: 'Template (Jinja)' },
  reset: { fr: 'Rétablir celui du modèle', en: 'Back to that of the model' },
  noTemplate: {
    fr: 'Il n’y a pas de gabarit de conversation à côté de ce tokeniseur. Vous pouvez en écrire un ici.',
    en: 'There is no chat template beside this tokenizer. You may write one here.',
  },
  conversation: { fr: 'Conversation', en: 'Conversation' },
  takeConversation: { fr: 'Prendre la conversation ouverte', en: 'Take the open conversation' },
  addTurn: { fr: 'Ajouter un tour', en: 'Add a turn' },
  turn: phrase<{ number: number }>({
    fr: ({ number }, format) => `Tour ${format.number(number)}`,
    en: ({ number }, format) => `Turn ${format.number(number)}`,
  }),
  role: phrase<{ number: number }>({
    fr: ({ number }, format) => `Rôle du tour ${format.number(number)}`,
    en: ({ number }, format) => `Role of turn ${format.number(number)}`,
  }),
  content: phrase<{ number: number }>({
    fr: ({ number }, format) => `Contenu du tour ${format.number(number)}`,
    en: ({ number }, format) => `Content of turn ${format.number(number)}`,
  }),
  moveUp: { fr: 'Monter', en: 'Move up' },
  moveDown: { fr: 'Descendre', en: 'Move down' },
  removeTurn: { fr: 'Retirer', en: 'Remove' },
  addGenerationPrompt: { fr: 'Finir par l’invite de réponse', en: 'End with the generation prompt' },
  parseTyped: { fr: 'Lire les tokens de contrôle tapés', en: 'Read control tokens that were typed' },
  rendered: { fr: 'Texte rendu', en: 'Rendered text' },
  tokens: { fr: 'Tokens', en: 'Tokens' },
  tokensLabel: {
    fr: 'Tokens du texte rendu ; flèches pour se déplacer',
    en: 'Tokens of the rendered text; arrow keys move',
  },
  count: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
    en: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
  }),
  firstShown: phrase<{ shown: number }>({
    fr: ({ shown }, format) => `Seuls les ${format.number(shown)} premiers sont affichés.`,
    en: ({ shown }, format) => `Only the first ${format.number(shown)} are shown.`,
  }),
  legendTemplate: { fr: 'écrit par le gabarit', en: 'written by the template' },
  legendContent: { fr: 'contenu d’un message', en: 'content of a message' },
  legendControl: { fr: 'token de contrôle', en: 'control token' },
  typedEscaped: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      format.count(count, {
        one: 'token de contrôle a été tapé dans un message ; il est lu comme du texte ordinaire. Lu comme tel, il deviendrait :',
        other:
          'tokens de contrôle ont été tapés dans les messages ; chacun est lu comme du texte ordinaire. Lus comme tels, ils deviendraient :',
      }),
    en: ({ count }, format) =>
      format.count(count, {
        one: 'control token was typed into a message; it is read as ordinary text. Read as such, it would become:',
        other:
          'control tokens were typed into messages; each is read as ordinary text. Read as such, they would become:',
      }),
  }),
  typedParsed: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'token de contrôle tapé dans un message est lu comme tel', other: 'tokens de contrôle tapés dans les messages sont lus comme tels' })} : un message peut ainsi finir son tour et en ouvrir un autre. Les conversations d’ici ne le font jamais.`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'control token typed into a message is', other: 'control tokens typed into messages are' })} read as such: so a message can end its turn and open another. Chats here never do this.`,
  }),
  becomes: phrase<{ content: string; id: number; turn: number }>({
    fr: ({ content, id, turn }, format) => `${content} → ${id} (tour ${format.number(turn)})`,
    en: ({ content, id, turn }, format) => `${content} → ${id} (turn ${format.number(turn)})`,
  }),
  changesContents: {
    fr: 'Ce gabarit modifie le contenu des messages : ce qui vient d’un message ne peut pas être dit avec certitude.',
    en: 'This template changes the contents of messages: what comes from a message cannot be told for sure.',
  },
  answersAnew: {
    fr: 'Les réponses sont découpées à neuf ici ; dans une conversation, le modèle relit les identifiants mêmes qu’il a générés.',
    en: 'Answers are split anew here; in a chat, the model is fed the very ids that it generated.',
  },
  place,
  placeUnknown: { fr: 'L’endroit n’est pas connu :', en: 'The place is not known:' },
  pending: { fr: 'Rendu…', en: 'Rendering…' },
  noTurns: { fr: 'Aucun tour.', en: 'No turns.' },
  exampleSystem: { fr: 'Tu réponds en français, brièvement.', en: 'You answer briefly.' },
  exampleUser: { fr: 'Qu’est-ce que l’été ?', en: 'What is summer?' },
  exampleAnswer: { fr: 'La saison la plus chaude de l’année.', en: 'The warmest season of the year.' },
  exampleThanks: { fr: 'Merci ! Et après ?', en: 'Thank you! And then?' },
};
