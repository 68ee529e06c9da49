/**
 * What a conversation of another program comes to here: a tree of texts. Such a program stores neither the ids that the model was
 * fed nor the probabilities, so none are made up: its conversations can be read, and copied, and not gone on with in place.
 */
import { createHash } from 'node:crypto';
import type { ConversationSource } from '../../../contract/chat.ts';
import type { Role } from '../../../contract/engine.ts';

export interface ForeignMessage {
  id: string;
  parentId: string | null;
  role: Role;
  text: string;
  model: string | null;
  createdAt: number;
}

export interface ForeignConversation {
  id: string;
  source: ConversationSource;
  title: string;
  createdAt: number;
  updatedAt: number;
  isPinned: boolean;
  /** A parent comes before its children. */
  messages: ForeignMessage[];
  /** The end of the branch that was shown. */
  leafId: string | null;
  /** Pictures, sounds, files, calls of tools, hidden reasoning: what is no text of the conversation. */
  omittedParts: number;
}

/** The same parts make the same id each time, so that a file that is imported again is recognised. A UUID of version 8 (RFC 9562). */
export function derivedId(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
