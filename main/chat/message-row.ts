/** Messages between their rows and their type. Ids are little-endian Int32 blobs; the rest that has structure is JSON. */
import { endianness } from 'node:os';
import { z } from 'zod';
import { attachmentSchema, messageSchema, type Message } from '../contract/chat.ts';
import { droppedContextSchema } from '../contract/context.ts';
import { errorReportSchema } from '../contract/errors.ts';
import { generationStatisticsSchema } from '../contract/engine.ts';
import { samplingSchema } from '../contract/sampling.ts';
import type { GeneratedToken } from '../contract/tokens.ts';

if (endianness() !== 'LE') throw new Error('Conversations are stored little-endian; this machine is not.');

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : schema.parse(JSON.parse(text))));

const messageRowSchema = z.object({
  id: z.string(),
  conversation_id: z.string(),
  parent_id: z.string().nullable(),
  role: messageSchema.shape.role,
  text: z.string(),
  attachments: json(z.array(attachmentSchema)),
  prefill: z.string(),
  taken_tokens: z.number(),
  edited_from: z.string().nullable(),
  system_prompt: z.string().nullable(),
  mode: messageSchema.shape.mode.unwrap(),
  ids: z.instanceof(Uint8Array),
  status: messageSchema.shape.status,
  error: json(errorReportSchema),
  model: z.string().nullable(),
  tokenizer: z.string().nullable(),
  sampling: json(samplingSchema),
  finish_reason: messageSchema.shape.finishReason,
  statistics: json(generationStatisticsSchema),
  context: json(droppedContextSchema),
  created_at: z.number(),
});

/** `tokenCount` is what there is of `tokens`, where they are not read. */
export function messageFromRow(row: unknown, tokens: GeneratedToken[], tokenCount = tokens.length): Message {
  const { conversation_id, parent_id, finish_reason, created_at, taken_tokens, edited_from, system_prompt, ...same } =
    messageRowSchema.parse(row);
  const { ids, attachments } = same;
  return {
    ...same,
    conversationId: conversation_id,
    parentId: parent_id,
    attachments: attachments ?? [],
    takenTokens: taken_tokens,
    editedFrom: edited_from,
    systemPrompt: system_prompt,
    finishReason: finish_reason,
    createdAt: created_at,
    ids: idsFromBlob(ids),
    tokens,
    tokenCount,
  };
}

export function messageToRow(message: Message): Record<string, string | number | null | Uint8Array> {
  const structured = (value: unknown) => (value === null ? null : JSON.stringify(value));
  return {
    id: message.id,
    conversation_id: message.conversationId,
    parent_id: message.parentId,
    role: message.role,
    text: message.text,
    attachments: structured(message.attachments.length === 0 ? null : message.attachments),
    prefill: message.prefill,
    taken_tokens: message.takenTokens,
    edited_from: message.editedFrom,
    system_prompt: message.systemPrompt,
    mode: message.mode,
    ids: idsToBlob(message.ids),
    status: message.status,
    error: structured(message.error),
    model: message.model,
    tokenizer: message.tokenizer,
    sampling: structured(message.sampling),
    finish_reason: message.finishReason,
    statistics: structured(message.statistics),
    context: structured(message.context),
    created_at: message.createdAt,
  };
}

export function idsToBlob(ids: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(ids).buffer);
}

export function idsFromBlob(blob: Uint8Array): number[] {
  return Array.from(new Int32Array(blob.slice().buffer));
}
