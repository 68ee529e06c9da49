/** Texts about the context: what of a conversation is read, what is not, and what is done when it is too long. */
import type { ContextPolicy } from '../../main/contract/context.ts';
import { phrase, type Phrase } from './phrase.ts';

interface Dropped {
  turns: number;
  tokens: number;
}

export const contextPolicies: Record<ContextPolicy, Phrase> = {
  stop: { fr: 'Refuser le message', en: 'Refuse the message' },
  'drop-oldest': { fr: 'Omettre les plus anciens échanges', en: 'Leave the oldest exchanges out' },
};

export const contextTexts = {
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
    fr: 'La conversation ne tient plus dans le contexte : commencez-en une nouvelle, ou choisissez dans les réglages d’omettre les plus anciens échanges.',
    en: 'The conversation no longer fits into the context: start a new one, or choose in the settings to leave the oldest exchanges out.',
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
