/** Where a message that somebody changed comes from; `null` for one that was written or generated as it is. */
import type { Message } from '../../../main/contract/chat.ts';

export type MessageOrigin =
  { kind: 'reworded' } | { kind: 'edited-by-you' } | { kind: 'begun' } | { kind: 'taken'; tokens: number };

/** An answer that a person wrote has the name of no model. */
export function originOf({ role, model, editedFrom, takenTokens, prefill }: Message): MessageOrigin | null {
  if (role !== 'assistant') return editedFrom === null ? null : { kind: 'reworded' };
  if (model === null && editedFrom !== null) return { kind: 'edited-by-you' };
  if (takenTokens > 0) return { kind: 'taken', tokens: takenTokens };
  return prefill === '' ? null : { kind: 'begun' };
}
