/** The history as a whole: searched, ordered into folders, named by the model, given away and taken in. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { conversationSummarySchema } from './chat.ts';
import { importReportSchema } from './conversation-import.ts';
import { loadErrors } from './load-errors.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';

export const folderSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  conversationCount: z.int(),
});
export type Folder = z.infer<typeof folderSchema>;

/** A text with what was found in it: `[start, end)` in UTF-16 units, in order, not overlapping. */
export const markedTextSchema = z.object({ text: z.string(), marks: z.array(z.tuple([z.int(), z.int()])) });
export type MarkedText = z.infer<typeof markedTextSchema>;

export const searchHitSchema = z.object({
  conversation: conversationSummarySchema,
  title: markedTextSchema,
  /** The message that fits best, of whichever branch; `null` where that is the title. */
  messageId: z.string().nullable(),
  /** From that message. */
  snippet: markedTextSchema.nullable(),
  /** Messages of this conversation in which it was found, with the title. */
  matchCount: z.int(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchResultSchema = z.object({
  /** Best first. */
  hits: z.array(searchHitSchema),
  /** Conversations in which it was found; more than there are hits where `limit` was reached. */
  conversationCount: z.int(),
  /** Only so many of the newest places were ranked, because there are more; `null` where all were. */
  rankedOnly: z.int().nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const exportFormatSchema = z.enum(['json', 'markdown', 'html']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export const exportScopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  z.object({ type: z.literal('folder'), folderId: z.string() }),
  z.object({ type: z.literal('conversation'), conversationId: z.string() }),
]);
export type ExportScope = z.infer<typeof exportScopeSchema>;

export const exportEventSchema = z.discriminatedUnion('type', [
  /** The next piece of the file. */
  z.object({ type: z.literal('text'), text: z.string(), progress: progressSchema }),
  z.object({ type: z.literal('end'), fileName: z.string(), mediaType: z.string(), conversationCount: z.int() }),
]);
export type ExportEvent = z.infer<typeof exportEventSchema>;

export const importEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: progressSchema }),
  z.object({ type: z.literal('end'), report: importReportSchema }),
]);
export type ImportEvent = z.infer<typeof importEventSchema>;

const conversationInput = z.object({ conversationId: z.string() });
const folderInput = z.object({ folderId: z.string() });
const folderName = z.string().trim().min(1).max(100);

export const chatHistoryContract = {
  /** Titles and texts of all branches; accents and case make no difference. Words are all wanted, in one text; "…" is a phrase. */
  search: procedure
    .input(z.object({ text: z.string().max(10_000), limit: z.int().min(1).max(500).default(100) }))
    .output(searchResultSchema),
  /** By name. */
  folders: procedure.output(z.array(folderSchema)),
  createFolder: fails('INVALID_INPUT')
    .input(z.object({ name: folderName }))
    .output(folderSchema),
  renameFolder: fails('FOLDER_NOT_FOUND', 'INVALID_INPUT')
    .input(folderInput.extend({ name: folderName }))
    .output(z.void()),
  /** What was in it stays, in no folder. */
  removeFolder: fails('FOLDER_NOT_FOUND').input(folderInput).output(z.void()),
  /** `null`: into no folder. */
  move: fails('CONVERSATION_NOT_FOUND', 'FOLDER_NOT_FOUND')
    .input(conversationInput.extend({ folderId: z.string().nullable() }))
    .output(z.void()),
  pin: fails('CONVERSATION_NOT_FOUND')
    .input(conversationInput.extend({ isPinned: z.boolean() }))
    .output(z.void()),
  /** The whole conversation once more, every branch under new ids, to be gone on with: also of one that is read only. */
  copy: fails('CONVERSATION_NOT_FOUND').input(conversationInput).output(conversationSummarySchema),
  /**
   * Asks the model that is loaded for a title; changes nothing. `null` where what it wrote is no title. Leaving the call ends the
   * generation.
   */
  suggestTitle: fails(
    'CONVERSATION_NOT_FOUND',
    'PROMPT_EMPTY',
    'CONTEXT_EXCEEDED',
    'MODEL_NOT_LOADED',
    'CHAT_TEMPLATE_INVALID',
    ...loadErrors,
    'ENGINE_BUSY',
    'ENGINE_CRASHED',
    'ENGINE_UNAVAILABLE',
  )
    .input(conversationInput)
    .output(z.object({ title: z.string().nullable() })),
  /** `language` is that of the headings which the workbench adds. */
  export: fails('CONVERSATION_NOT_FOUND', 'FOLDER_NOT_FOUND')
    .input(
      z.object({
        scope: exportScopeSchema,
        format: exportFormatSchema,
        language: z.enum(['fr', 'en']).default('en'),
      }),
    )
    .output(eventIterator(exportEventSchema)),
  /**
   * Takes in a file of the workbench's own, of ChatGPT's or of LM Studio's. Each conversation is taken whole or not at all; leaving
   * the call ends it after the one that is being taken.
   */
  import: fails('FILE_NOT_FOUND', 'FILE_UNREADABLE', 'CONVERSATION_FILE_INVALID', 'FILE_TOO_LARGE')
    .input(z.object({ path: z.string().min(1) }))
    .output(eventIterator(importEventSchema)),
};
