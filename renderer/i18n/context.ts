/** Texts about the context: what of a conversation is read, what is not, and what is done when it is too long. */
import type { ContextPolicy } from '../../main/contract/context.ts';
import type { SegmentKind } from '../chat/composer/plan-segments.ts';
import { phrase, type Phrase } from './phrase.ts';

interface Dropped {
  turns: number;
  tokens: number;
}

export const contextPolicies: Record<ContextPolicy, Phrase> = {
  stop: { fr: 'Refuser le message', en: 'Refuse the message' },
  'drop-oldest': { fr: 'Omettre les plus anciens échanges', en: 'Leave the oldest exchanges out' },
};

export const segmentNames: Record<SegmentKind, Phrase> = {
  system: { fr: 'Consigne système', en: 'System prompt' },
  dropped: { fr: 'Échanges omis', en: 'Exchanges left out' },
  history: { fr: 'Conversation', en: 'Conversation' },
  attachments: { fr: 'Fichiers', en: 'Files' },
  message: { fr: 'Nouveau message', en: 'New message' },
  answerStart: { fr: 'Début de la réponse', en: 'Start of the answer' },
  reserve: { fr: 'Gardé pour la réponse', en: 'Kept for the answer' },
  free: { fr: 'Libre', en: 'Free' },
};

export const contextTexts = {
  bar: phrase<{ segments: string; limit: number }>({
    fr: ({ segments, limit }, format) => `Contexte de ${format.number(limit)} tokens : ${segments}`,
    en: ({ segments, limit }, format) => `Context of ${format.number(limit)} tokens: ${segments}`,
  }),
  segment: phrase<{ name: string; tokens: number }>({
    fr: ({ name, tokens }, format) => `${name} ${format.number(tokens)}`,
    en: ({ name, tokens }, format) => `${name} ${format.number(tokens)}`,
  }),
  planner: { fr: 'Plan du contexte', en: 'Context plan' },
  said: { fr: 'Tout ce qui est dit', en: 'All that is said' },
  limit: { fr: 'Contexte du modèle', en: 'The model’s context' },
  over: phrase<{ tokens: number }>({
    fr: ({ tokens }, format) => `${format.count(tokens, { one: 'token', other: 'tokens' })} de trop`,
    en: ({ tokens }, format) => `${format.count(tokens, { one: 'token', other: 'tokens' })} too many`,
  }),
  resting: {
    fr: 'Ce que la conversation occupe depuis la dernière réponse. Le détail vient quand vous écrivez.',
    en: 'What the conversation takes up since the last answer. The parts are told when you write.',
  },
  dropInstead: { fr: 'Omettre les plus anciens échanges', en: 'Leave the oldest exchanges out' },
  use: phrase<{ used: number; limit: number }>({
    fr: ({ used, limit }, format) => `${format.number(used)} / ${format.number(limit)} tokens`,
    en: ({ used, limit }, format) => `${format.number(used)} / ${format.number(limit)} tokens`,
  }),
  willDrop: phrase<Dropped>({
    fr: ({ turns, tokens }, format) =>
      turns === 1
        ? `Le plus ancien échange (${format.number(tokens)} tokens) ne sera pas lu.`
        : `Les ${format.number(turns)} plus anciens échanges (${format.number(tokens)} tokens) ne seront pas lus.`,
    en: ({ turns, tokens }, format) =>
      turns === 1
        ? `The oldest exchange (${format.number(tokens)} tokens) will not be read.`
        : `The ${format.number(turns)} oldest exchanges (${format.number(tokens)} tokens) will not be read.`,
  }),
  dropped: phrase<Dropped>({
    fr: ({ turns, tokens }, format) =>
      turns === 1
        ? `Le plus ancien échange (${format.number(tokens)} tokens) n’a pas été lu.`
        : `Les ${format.number(turns)} plus anciens échanges (${format.number(tokens)} tokens) n’ont pas été lus.`,
    en: ({ turns, tokens }, format) =>
      turns === 1
        ? `The oldest exchange (${format.number(tokens)} tokens) was not read.`
        : `The ${format.number(turns)} oldest exchanges (${format.number(tokens)} tokens) were not read.`,
  }),
  littleRoom: phrase<{ room: number }>({
    fr: ({ room }, format) =>
      `Il ne reste que ${format.count(room, { one: 'token', other: 'tokens' })} pour la réponse.`,
    en: ({ room }, format) => `Only ${format.count(room, { one: 'token', other: 'tokens' })} are left for the answer.`,
  }),
  conversationTooLong: {
    fr: 'La conversation ne tient plus dans le contexte : commencez-en une nouvelle, ou omettez les plus anciens échanges.',
    en: 'The conversation no longer fits into the context: start a new one, or leave the oldest exchanges out.',
  },
  messageTooLong: {
    fr: 'Ce message ne tient pas dans le contexte : raccourcissez-le.',
    en: 'This message does not fit into the context: shorten it.',
  },
  setting: { fr: 'Conversation trop longue', en: 'Conversation too long' },
  settingNote: {
    fr: 'Quand une conversation ne tient plus dans le contexte du modèle. Ce qui ne sera pas lu est annoncé avant l’envoi et noté sous la réponse.',
    en: 'When a conversation no longer fits into the model’s context. What will not be read is told before sending and noted under the answer.',
  },
};
