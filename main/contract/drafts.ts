/** What is written and not sent yet, one draft a conversation. It is kept on the main side, so that it outlives the window and a crash. */
import { z } from 'zod';
import { attachmentSchema, type Attachment } from './chat-message.ts';
import { fails, procedure } from './procedure.ts';

/** UTF-16 units that all files of a draft have together at most. */
export const longestDraftFiles = 16_000_000;

const fields = {
  text: z.string().max(16_000_000),
  /** The text that the answer is to begin with. */
  prefill: z.string().max(1_000_000),
  attachments: z
    .array(attachmentSchema)
    .max(64)
    .refine((attachments) => lengthOf(attachments) <= longestDraftFiles, {
      message: `The files of a draft may have ${longestDraftFiles} characters together.`,
    }),
};

export const draftSchema = z.object(fields);
export type Draft = z.infer<typeof draftSchema>;

export const emptyDraft: Draft = { text: '', prefill: '', attachments: [] };

/** `null` is a conversation that has not begun. */
const draftInput = z.object({ conversationId: z.string().nullable() });

export const draftsContract = {
  /** Empty where nothing is written. */
  read: procedure.input(draftInput).output(draftSchema),
  /** The last who writes is right. Without `attachments`, those that are kept stay: they are not sent with each pause in typing. */
  write: fails('CONVERSATION_NOT_FOUND', 'INVALID_INPUT')
    .input(draftInput.extend({ ...fields, attachments: fields.attachments.optional() }))
    .output(z.void()),
};

export function lengthOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, { text }) => sum + text.length, 0);
}
