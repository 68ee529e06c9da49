/** What came of taking in a file of conversations: nothing of it is left unsaid. */
import { z } from 'zod';

export const importedKindSchema = z.enum(['lucie-workbench', 'chatgpt', 'lm-studio']);
export type ImportedKind = z.infer<typeof importedKindSchema>;

/** A part of the file that was not taken. */
export const skippedPartSchema = z.object({
  /** For instance `conversations[3]`. */
  place: z.string(),
  title: z.string(),
  reason: z.enum([
    /** It is not what it should be; `detail` says where. */
    'invalid',
    /** One conversation of more text than is taken. */
    'too-large',
    /** It has no message that is text. */
    'empty',
    /** The file ends, or breaks, after what was taken. */
    'file-ends',
  ]),
  /** In English. */
  detail: z.string(),
});
export type SkippedPart = z.infer<typeof skippedPartSchema>;

export const importReportSchema = z.object({
  kind: importedKindSchema,
  imported: z.int(),
  /** Were there already, with the same messages: left as they are. */
  unchanged: z.int(),
  /** Among the imported: their ids were there with other messages, so they stand beside those under new ids. Titles, as far as 50. */
  underNewIds: z.array(z.string()),
  underNewIdsCount: z.int(),
  skipped: z.array(skippedPartSchema),
  skippedCount: z.int(),
  /** Of other programs' conversations: pictures, sounds, files, calls of tools and hidden reasoning, which are not taken. */
  omittedParts: z.int(),
  /** The one to show, where it was only one. */
  conversationId: z.string().nullable(),
});
export type ImportReport = z.infer<typeof importReportSchema>;
