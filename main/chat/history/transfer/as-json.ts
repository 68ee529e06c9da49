/** The history as the workbench's own file (`conversation-file.ts`), piece by piece: one message is the most that is held. */
import type { DatabaseSync } from 'node:sqlite';
import {
  conversationFileFormat,
  conversationFileVersion,
  type FileFolder,
} from '../../../contract/conversation-file.ts';
import { readHead, readMessages } from './read-conversation.ts';

export interface JsonFileHead {
  workbenchVersion: string;
  exportedAt: Date;
  folders: readonly FileFolder[];
}

export function jsonFileStart({ workbenchVersion, exportedAt, folders }: JsonFileHead): string {
  const head = {
    format: conversationFileFormat,
    version: conversationFileVersion,
    workbench: workbenchVersion,
    exportedAt: exportedAt.toISOString(),
    folders,
  };
  return `${JSON.stringify(head).slice(0, -1)},"conversations":[`;
}

export const jsonFileEnd = '\n]}\n';

/** `isFirst`: no conversation stands before it. */
export function* conversationAsJson(
  database: DatabaseSync,
  conversationId: string,
  isFirst: boolean,
): Generator<string> {
  yield `${isFirst ? '' : ','}\n${JSON.stringify(readHead(database, conversationId)).slice(0, -1)},"messages":[`;
  let separator = '\n';
  for (const message of readMessages(database, conversationId)) {
    yield `${separator}${JSON.stringify(message)}`;
    separator = ',\n';
  }
  yield ']}';
}
