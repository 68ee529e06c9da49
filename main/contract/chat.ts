/** Conversations: a tree of messages that stores the ids which were fed and generated, not only text. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { changeOf } from './change.ts';
import { contextPlanSchema, droppedContextSchema } from './context.ts';
import { finishReasonSchema, generationStatisticsSchema, roleSchema } from './engine.ts';
import { errorReportSchema } from './errors.ts';
import { loadErrors } from './load-errors.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { receiptSchema } from './receipt.ts';
import { samplingChangeSchema, samplingSchema } from './sampling.ts';
import { generatedTokenSchema } from './tokens.ts';

export const messageStatusSchema = z.enum([
  'complete',
  /** Being generated now. */
  'streaming',
  /** The user stopped it; the text is what had been generated. */
  'stopped',
  /** The application or the engine ended in mid-answer; the text is what had been stored. */
  'interrupted',
  /** Nothing could be generated; `error` says why. */
  'failed',
]);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const messageSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** `null` for the first message. */
  parentId: z.string().nullable(),
  role: roleSchema,
  text: z.string(),
  /** Assistant: the ids generated. User and system: the ids of the whole turn as the model was fed it. */
  ids: z.array(z.int()),
  /** Assistant only: one entry for each id. */
  tokens: z.array(generatedTokenSchema),
  status: messageStatusSchema,
  error: errorReportSchema.nullable(),
  /** Name of the model that wrote it. */
  model: z.string().nullable(),
  /** SHA-256 of the tokenizer that `ids` belong to; another tokenizer is fed the text instead. */
  tokenizer: z.string().nullable(),
  sampling: samplingSchema.nullable(),
  finishReason: finishReasonSchema.nullable(),
  statistics: generationStatisticsSchema.nullable(),
  /** Assistant only: what of the conversation it was not fed; `null` in answers of earlier versions. */
  context: droppedContextSchema.nullable().default(null),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
});
export type Message = z.infer<typeof messageSchema>;

export const conversationSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  messageCount: z.int(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

export const conversationSchema = conversationSummarySchema.extend({
  /** The branch that is shown, oldest first. */
  messages: z.array(messageSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const chatEventSchema = z.discriminatedUnion('type', [
  /** First event of a watch, and again after every change that is not a token: replace what you have. */
  z.object({ type: z.literal('conversation'), conversation: conversationSchema }),
  z.object({
    type: z.literal('prefill'),
    messageId: z.string(),
    progress: progressSchema,
    /** Until the first token; `null` where it cannot be told yet. */
    remainingMs: z.number().nullable().default(null),
  }),
  z.object({ type: z.literal('token'), messageId: z.string(), token: generatedTokenSchema }),
  /** The message as stored: complete, stopped, interrupted or failed. */
  z.object({ type: z.literal('end'), message: messageSchema }),
]);
export type ChatEvent = z.infer<typeof chatEventSchema>;

const conversationInput = z.object({ conversationId: z.string() });

export const chatContract = {
  /** Most recently used first; `search` matches titles and texts. */
  list: procedure.input(z.object({ search: z.string().default('') })).output(z.array(conversationSummarySchema)),
  create: procedure.input(z.object({ title: z.string().default('') })).output(conversationSchema),
  get: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(conversationSchema),
  rename: fails('CONVERSATION_NOT_FOUND', 'INVALID_INPUT')
    .input(conversationInput.extend({ title: z.string() }))
    .output(conversationSummarySchema),
  remove: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(z.void()),
  /**
   * Stores the user's message, then answers it in the background; `watch` follows. The answer goes on when the caller
   * goes away. Fails before anything is stored.
   */
  send: fails(
    'CONVERSATION_NOT_FOUND',
    'CONVERSATION_BUSY',
    'INVALID_INPUT',
    'GRAMMAR_INVALID',
    'PROMPT_EMPTY',
    'CONTEXT_EXCEEDED',
    'MODEL_NOT_LOADED',
    'CHAT_TEMPLATE_INVALID',
    ...loadErrors,
    'ENGINE_BUSY',
    'ENGINE_CRASHED',
    'ENGINE_UNAVAILABLE',
  )
    .input(conversationInput.extend({ text: z.string(), sampling: changeOf(samplingChangeSchema).default({}) }))
    .output(z.object({ userMessageId: z.string(), assistantMessageId: z.string() })),
  /**
   * What `send` would feed the model and leave out, without sending; `null` conversation is one that has not begun. The answer is
   * `null` where it cannot be told now: no model is loaded, or it is at work.
   */
  plan: fails('CONVERSATION_NOT_FOUND', 'MODEL_NOT_LOADED', 'CHAT_TEMPLATE_INVALID', 'ENGINE_CRASHED')
    .input(
      z.object({
        conversationId: z.string().nullable(),
        text: z.string(),
        sampling: changeOf(samplingChangeSchema).default({}),
      }),
    )
    .output(contextPlanSchema.nullable()),
  /** What it takes to compute an answer again; `null` for an answer of an earlier version, and for one that broke off. */
  receipt: procedure.input(z.object({ messageId: z.string() })).output(receiptSchema.nullable()),
  stop: procedure.input(conversationInput).output(z.void()),
  watch: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(eventIterator(chatEventSchema)),
};
