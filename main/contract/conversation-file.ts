/**
 * The workbench's own file of conversations: every message of every branch, with ids, statistics of each token and what its receipt
 * needs. Within version 1 only fields with defaults are added; a reader refuses a higher version.
 */
import { z } from 'zod';
import { conversationOptionsSchema, conversationSourceSchema, messageSchema } from './chat.ts';
import { receiptHeaderSchema } from './receipt.ts';

export const conversationFileFormat = 'lucie-workbench-conversations';
export const conversationFileVersion = 1;

export const fileFolderSchema = z.object({ id: z.string().min(1), name: z.string().min(1), createdAt: z.number() });
export type FileFolder = z.infer<typeof fileFolderSchema>;

/** What a replay receipt has beside what its message says. */
const fileReceiptSchema = z.object({
  header: receiptHeaderSchema,
  promptIds: z.array(z.int().nonnegative()),
  givenTokens: z.int().nonnegative().default(0),
});

export const fileMessageSchema = messageSchema.omit({ conversationId: true }).extend({
  id: z.string().min(1),
  receipt: fileReceiptSchema.nullable().default(null),
});
export type FileMessage = z.infer<typeof fileMessageSchema>;

/** Without its messages, which follow as its last member. */
export const fileConversationHeadSchema = z.object({
  id: z.string().min(1),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  folderId: z.string().nullable().default(null),
  /** Milliseconds since 1970; `null`: not pinned. */
  pinnedAt: z.number().nullable().default(null),
  /** The program that it was imported from. */
  source: conversationSourceSchema.nullable().default(null),
  isReadOnly: z.boolean().default(false),
  options: conversationOptionsSchema.default(() => conversationOptionsSchema.parse({})),
  /** The last message of the branch that is shown. */
  shownLeafId: z.string().nullable(),
});
export type FileConversationHead = z.infer<typeof fileConversationHeadSchema>;

/** In the order in which they were made: a parent comes before its children. */
export const fileConversationSchema = fileConversationHeadSchema.extend({ messages: z.array(fileMessageSchema) });
export type FileConversation = z.infer<typeof fileConversationSchema>;

export const conversationFileHeadSchema = z.object({
  format: z.literal(conversationFileFormat),
  version: z.literal(conversationFileVersion),
  /** Version of the workbench that wrote it. */
  workbench: z.string(),
  exportedAt: z.iso.datetime(),
});

export const conversationFileSchema = conversationFileHeadSchema.extend({
  folders: z.array(fileFolderSchema),
  conversations: z.array(fileConversationSchema),
});
export type ConversationFile = z.infer<typeof conversationFileSchema>;
