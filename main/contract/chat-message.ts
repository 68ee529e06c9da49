/** One message of a conversation: what was fed, what was generated, and with what. */
import { z } from 'zod';
import { droppedContextSchema } from './context.ts';
import { finishReasonSchema, generationStatisticsSchema, roleSchema } from './engine.ts';
import { errorReportSchema } from './errors.ts';
import { samplingSchema } from './sampling.ts';
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

/** A text file that goes with a message; `name` without a path. */
export const attachmentSchema = z.object({ name: z.string().min(1).max(255), text: z.string().max(16_000_000) });
export type Attachment = z.infer<typeof attachmentSchema>;

export const messageSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** `null` for the first message. */
  parentId: z.string().nullable(),
  role: roleSchema,
  /** Of an answer: what was given of it, then what was generated. Attachments are not in it. */
  text: z.string(),
  /** User only. */
  attachments: z.array(attachmentSchema).default([]),
  /** Assistant: the ids given and generated. User and system: the ids of the whole turn as the model was fed it. */
  ids: z.array(z.int()),
  /**
   * Assistant only: one entry for each id after those of `prefill`, so for the last `tokenCount` ids. Empty in what a watch reports of
   * an answer that has ended: `chat.tokens` has them (ten alternatives each make them fifty times as long as the text).
   */
  tokens: z.array(generatedTokenSchema),
  tokenCount: z.int().nonnegative().default(0),
  /** Assistant only: the text at its beginning that a person wrote for the model to go on from. */
  prefill: z.string().default(''),
  /** Assistant only: so many of the first `tokens` are those of another answer, with an alternative that a person chose as the last. */
  takenTokens: z.int().nonnegative().default(0),
  /** The message of which this is another wording, or whose beginning it takes over. */
  editedFrom: z.string().nullable().default(null),
  status: messageStatusSchema,
  error: errorReportSchema.nullable(),
  /** Name of the model that wrote it. */
  model: z.string().nullable(),
  /** SHA-256 of the tokenizer that `ids` belong to; another tokenizer is fed the text instead. */
  tokenizer: z.string().nullable(),
  sampling: samplingSchema.nullable(),
  /** Assistant only: the system prompt that it was fed; `null` in answers of earlier versions. */
  systemPrompt: z.string().nullable().default(null),
  /** Assistant only: whether its prompt went through the chat template (`chat`) or as plain text. */
  mode: z.enum(['chat', 'text']).default('chat'),
  finishReason: finishReasonSchema.nullable(),
  statistics: generationStatisticsSchema.nullable(),
  /** Assistant only: what of the conversation it was not fed; `null` in answers of earlier versions. */
  context: droppedContextSchema.nullable().default(null),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
});
export type Message = z.infer<typeof messageSchema>;
