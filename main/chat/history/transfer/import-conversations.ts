/**
 * Takes in the conversations of a file, one after the other. A bad one does not keep the others out: it is reported with its place. One
 * that is there already is never changed.
 */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ImportEvent } from '../../../contract/chat-history.ts';
import {
  fileConversationSchema,
  fileFolderSchema,
  type FileConversation,
} from '../../../contract/conversation-file.ts';
import type { ImportedKind } from '../../../contract/conversation-import.ts';
import { WorkbenchError } from '../../../contract/errors.ts';
import { chatgptConversation } from './chatgpt.ts';
import { treeFault } from './check-tree.ts';
import { fileInvalid } from './file-invalid.ts';
import type { ForeignConversation } from './foreign-conversation.ts';
import { fromForeign } from './from-foreign.ts';
import { openImportFile } from './import-file.ts';
import { ImportTally } from './import-tally.ts';
import type { JsonElement } from './json-elements.ts';
import { lmStudioConversation } from './lm-studio.ts';
import { takeConversation } from './take-conversation.ts';
import { writeFolders } from './write-conversation.ts';

/** @throws WorkbenchError what `openImportFile` throws, and `CONVERSATION_FILE_INVALID` where nothing could be taken */
export async function* importConversations(
  database: DatabaseSync,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<ImportEvent> {
  const file = await openImportFile(path);
  const tally = new ImportTally(file.kind);
  let bytes = 0;
  try {
    for await (const element of file.elements((read) => (bytes = read), signal)) {
      signal?.throwIfAborted();
      takeElement(database, file.kind, element, tally);
      // Other work of this process gets its turn between two conversations.
      await nextTurn();
      yield {
        type: 'progress',
        progress: { phase: 'import', done: bytes, total: file.byteLength, unit: 'bytes' },
      };
    }
  } catch (error) {
    // What was taken stays; where the file breaks after it is said.
    if (!(error instanceof WorkbenchError) || error.code !== 'CONVERSATION_FILE_INVALID' || tally.isEmpty) throw error;
    tally.skip({
      place: `character ${error.details.offset ?? ''}`,
      title: '',
      reason: 'file-ends',
      detail: error.message,
    });
  }
  if (tally.isEmpty) throw fileInvalid('nothing', { path });
  yield { type: 'end', report: tally.report() };
}

function takeElement(database: DatabaseSync, kind: ImportedKind, element: JsonElement, tally: ImportTally): void {
  const { key, index, text } = element;
  const place = key === null ? `[${index ?? 0}]` : `${key}[${index ?? 0}]`;
  if (kind === 'lucie-workbench' && key !== 'conversations') {
    if (key === 'folders' && text !== null) takeFolder(database, text, place, tally);
    return;
  }
  // A root object without the workbench's format is one conversation, of ChatGPT's or of LM Studio's.
  if (text === null)
    return tally.skip({ place, title: '', reason: 'too-large', detail: 'It is longer than is taken.' });
  const value = parse(text);
  const title = titleOf(value);
  try {
    const conversation = kind === 'lucie-workbench' ? fileConversationSchema.parse(value) : foreign(value, kind, tally);
    const fault = treeFault(conversation);
    if (fault !== null) return tally.skip({ place, title, reason: 'invalid', detail: fault });
    if (conversation.messages.length === 0 && kind !== 'lucie-workbench') {
      return tally.skip({ place, title, reason: 'empty', detail: 'It has no message that is text.' });
    }
    tally.take(takeConversation(database, conversation), conversation.title);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    tally.skip({ place, title, reason: 'invalid', detail: firstIssue(error) });
  }
}

function foreign(value: unknown, kind: ImportedKind, tally: ImportTally): FileConversation {
  const isChatgpt = typeof value === 'object' && value !== null && 'mapping' in value;
  const conversation: ForeignConversation =
    kind === 'chatgpt' || isChatgpt ? chatgptConversation(value) : lmStudioConversation(value);
  tally.isOf(conversation.source.kind);
  tally.omit(conversation.omittedParts);
  return fromForeign(conversation);
}

function takeFolder(database: DatabaseSync, text: string, place: string, tally: ImportTally): void {
  const folder = fileFolderSchema.safeParse(parse(text));
  if (folder.success) writeFolders(database, [folder.data]);
  else tally.skip({ place, title: '', reason: 'invalid', detail: firstIssue(folder.error) });
}

/** What is no JSON is no conversation either, and is reported as such. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function titleOf(value: unknown): string {
  const { data } = z.looseObject({ title: z.string().optional(), name: z.string().optional() }).safeParse(value);
  return (data?.title ?? data?.name ?? '').slice(0, 200);
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? error.message : `${issue.path.join('.')}: ${issue.message}`.replace(/^: /, '');
}
