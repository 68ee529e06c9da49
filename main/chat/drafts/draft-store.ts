/** Drafts in the database of the conversations. What `write` returned from is on the disk. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { attachmentSchema, type Attachment } from '../../contract/chat.ts';
import { emptyDraft, type Draft } from '../../contract/drafts.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { parseOrNull } from '../parse-or-null.ts';

/** The row of the conversation that has not begun. */
const notBegun = '';

const attachmentsSchema = z.array(attachmentSchema);

export class DraftStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  read(conversationId: string | null): Draft {
    const row = this.#database
      .prepare('SELECT text, prefill, attachments FROM draft WHERE conversation_id = ?')
      .get(conversationId ?? notBegun);
    if (row === undefined) return emptyDraft;
    // Files that cannot be read must not take the text with them.
    const files = attachmentsSchema.safeParse(parseOrNull(String(row.attachments)));
    return { text: String(row.text), prefill: String(row.prefill), attachments: files.success ? files.data : [] };
  }

  /** Without `attachments`, those that are kept stay. @throws WorkbenchError `CONVERSATION_NOT_FOUND` */
  write(
    conversationId: string | null,
    draft: { text: string; prefill: string; attachments?: readonly Attachment[] | undefined },
  ): void {
    const id = conversationId ?? notBegun;
    if (conversationId !== null && !this.#isConversation(conversationId)) {
      throw new WorkbenchError('CONVERSATION_NOT_FOUND', `There is no conversation ${conversationId}.`, {
        action: 'It may have been deleted in another window: choose one from the list.',
        details: { conversationId },
      });
    }
    const files = draft.attachments === undefined ? null : JSON.stringify(draft.attachments);
    this.#database
      .prepare(
        `INSERT INTO draft (conversation_id, text, prefill, attachments)
         VALUES ($id, $text, $prefill, coalesce($files, '[]'))
         ON CONFLICT (conversation_id) DO UPDATE
         SET text = $text, prefill = $prefill, attachments = coalesce($files, attachments)`,
      )
      .run({ id, text: draft.text, prefill: draft.prefill, files });
    this.#database
      .prepare("DELETE FROM draft WHERE conversation_id = ? AND text = '' AND prefill = '' AND attachments = '[]'")
      .run(id);
  }

  #isConversation(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM conversation WHERE id = ?').get(id) !== undefined;
  }
}
