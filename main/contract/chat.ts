/** Conversations: a tree of messages that stores the ids which were fed and generated, not only text. Nothing in it is overwritten. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { changeOf } from './change.ts';
import { attachmentSchema, messageSchema, messageStatusSchema } from './chat-message.ts';
import { contextPlanSchema } from './context.ts';
import { roleSchema } from './engine.ts';
import { loadErrors } from './load-errors.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { receiptSchema } from './receipt.ts';
import { samplingChangeSchema } from './sampling.ts';
import { generatedTokenSchema } from './tokens.ts';

export * from './chat-message.ts';

/** `chat` puts messages into the model's chat template; `text` feeds the texts as they are, for a base model to go on with. */
export const conversationModeSchema = z.enum(['chat', 'text']);
export type ConversationMode = z.infer<typeof conversationModeSchema>;

const options = {
  mode: conversationModeSchema,
  /** Fed as the first turn; empty: none. Of no use in `text` mode. */
  systemPrompt: z.string().max(1_000_000),
  /** What differs from the settings. */
  sampling: samplingChangeSchema,
  /** Name of the preset that `sampling` was taken from; `null` where it was set by hand, or not at all. */
  preset: z.string().nullable(),
};

/** What a conversation's next answers are made with. What an answer was made with stands in the answer. */
export const conversationOptionsSchema = z.object({
  mode: options.mode.default('chat'),
  systemPrompt: options.systemPrompt.default(''),
  sampling: options.sampling.default({}),
  preset: options.preset.default(null),
});
export type ConversationOptions = z.infer<typeof conversationOptionsSchema>;

/** Some of the options; unlike a partial `conversationOptionsSchema`, it fills nothing in. */
export const conversationOptionsChangeSchema = z.object(options).partial();

/** The program that a conversation was imported from, and its id there where it has one. */
export const conversationSourceSchema = z.object({ kind: z.enum(['chatgpt', 'lm-studio']), id: z.string().nullable() });
export type ConversationSource = z.infer<typeof conversationSourceSchema>;

export const conversationSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Of all branches. */
  messageCount: z.int(),
  /** `null`: in no folder. */
  folderId: z.string().nullable(),
  /** Since when it stands above the others; `null`: it does not. */
  pinnedAt: z.number().nullable(),
  source: conversationSourceSchema.nullable(),
  /** Imported from another program: to be read, searched and copied, not to be changed. */
  isReadOnly: z.boolean(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** A message as the map of the tree needs it. */
export const treeNodeSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: roleSchema,
  /** The beginning of its text, on one line. */
  excerpt: z.string(),
  status: messageStatusSchema,
  createdAt: z.number(),
});
export type TreeNode = z.infer<typeof treeNodeSchema>;

/** The beginning of a message's text, on one line. */
export function excerptOf(text: string): string {
  return text.slice(0, 400).replace(/\s+/gu, ' ').trim().slice(0, 80);
}

export const conversationSchema = conversationSummarySchema.extend({
  options: conversationOptionsSchema,
  /** The branch that is shown, oldest first. */
  messages: z.array(messageSchema),
  /** Every message that is not deleted, in the order in which they were made: parents before children, siblings from left to right. */
  tree: z.array(treeNodeSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const chatEventSchema = z.discriminatedUnion('type', [
  /**
   * First event of a watch, and again after every change that is not a token: replace what you have. Of tokens it has those of the
   * answer that is being written, no other's.
   */
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
const messageInput = conversationInput.extend({ messageId: z.string() });

/** What the user writes: the text, files that go with it, and how the answer is to begin. */
const writtenSchema = z.object({
  text: z.string(),
  attachments: z.array(attachmentSchema).max(64).default([]),
  /** The answer begins with this text and goes on after it; empty: the model begins. */
  prefill: z.string().max(1_000_000).default(''),
  /** On top of the conversation's own options. */
  sampling: changeOf(samplingChangeSchema).default({}),
});

/** Where a new answer starts from: the first `tokens` tokens of an answer to the same question, then `alternativeId` if one is given. */
export const takeOverSchema = z.object({
  messageId: z.string(),
  tokens: z.int().nonnegative(),
  /** One of the alternatives that the model had at that place. */
  alternativeId: z.int().nonnegative().nullable().default(null),
});
export type TakeOver = z.infer<typeof takeOverSchema>;

const treeErrors = [
  'CONVERSATION_NOT_FOUND',
  'MESSAGE_NOT_FOUND',
  'CONVERSATION_BUSY',
  'CONVERSATION_READ_ONLY',
] as const;
const answerErrors = [
  ...treeErrors,
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
] as const;

export const chatContract = {
  /** Most recently used first; `history.search` finds in them. */
  list: procedure.input(z.object({})).output(z.array(conversationSummarySchema)),
  create: procedure
    .input(z.object({ title: z.string().default(''), options: changeOf(conversationOptionsChangeSchema).default({}) }))
    .output(conversationSchema),
  /** With the tokens of every message that is shown: for taking all of it at once. Whoever shows it watches it. */
  get: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(conversationSchema),
  rename: fails('CONVERSATION_NOT_FOUND', 'INVALID_INPUT')
    .input(conversationInput.extend({ title: z.string() }))
    .output(conversationSummarySchema),
  remove: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(z.void()),
  /** From the next answer on. */
  configure: fails('CONVERSATION_NOT_FOUND', 'CONVERSATION_READ_ONLY', 'INVALID_INPUT')
    .input(conversationInput.extend({ options: changeOf(conversationOptionsChangeSchema) }))
    .output(conversationOptionsSchema),
  /**
   * Stores the user's message, then answers it in the background; `watch` follows. The answer goes on when the caller
   * goes away. Fails before anything is stored.
   */
  send: fails(...answerErrors)
    .input(
      conversationInput.extend({
        /** The message it follows: `null` begins the conversation anew beside what there is; absent: the last that is shown. */
        parentId: z.string().nullable().optional(),
        ...writtenSchema.shape,
      }),
    )
    .output(z.object({ userMessageId: z.string(), assistantMessageId: z.string() })),
  /**
   * Another answer to a message, beside those that it has: anew (nothing is taken over), from a token of one of them on, or onward
   * from where one of them ended. Runs as `send` does.
   */
  answer: fails(...answerErrors)
    .input(
      conversationInput.extend({
        /** The message that is answered: a user's, or the system's. */
        parentId: z.string(),
        takeOver: takeOverSchema.nullable().default(null),
        prefill: writtenSchema.shape.prefill,
        sampling: writtenSchema.shape.sampling,
      }),
    )
    .output(z.object({ assistantMessageId: z.string() })),
  /** A message of the same place with another text, beside the one that it was made from; shown from now on. Answers nothing. */
  edit: fails(...treeErrors, 'INVALID_INPUT')
    .input(messageInput.extend({ text: z.string(), attachments: writtenSchema.shape.attachments.optional() }))
    .output(z.object({ messageId: z.string() })),
  /** Shows the branch through this message, down to the newest message under it. */
  show: fails(...treeErrors)
    .input(messageInput)
    .output(z.void()),
  /** Takes a message and all that follows it out of sight; `restoreMessage` brings them back until the workbench is closed. */
  removeMessage: fails(...treeErrors)
    .input(messageInput)
    .output(z.void()),
  restoreMessage: fails(...treeErrors)
    .input(messageInput)
    .output(z.void()),
  /**
   * What `send` would feed the model and leave out, without sending; `null` conversation is one that has not begun. The answer is
   * `null` where it cannot be told now: no model is loaded, or it is at work.
   */
  plan: fails(
    'CONVERSATION_NOT_FOUND',
    'MESSAGE_NOT_FOUND',
    'MODEL_NOT_LOADED',
    'CHAT_TEMPLATE_INVALID',
    'ENGINE_CRASHED',
  )
    .input(
      z.object({
        conversationId: z.string().nullable(),
        parentId: z.string().nullable().optional(),
        /** For a conversation that has not begun; else its own are used. */
        options: changeOf(conversationOptionsChangeSchema).default({}),
        ...writtenSchema.shape,
      }),
    )
    .output(contextPlanSchema.nullable()),
  /** The tokens of an answer, as far as it has come; none for a message that is none. */
  tokens: procedure.input(z.object({ messageId: z.string() })).output(z.array(generatedTokenSchema)),
  /** What it takes to compute an answer again; `null` for an answer of an earlier version, and for one that broke off. */
  receipt: procedure.input(z.object({ messageId: z.string() })).output(receiptSchema.nullable()),
  stop: procedure.input(conversationInput).output(z.void()),
  watch: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(eventIterator(chatEventSchema)),
};
