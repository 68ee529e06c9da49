/** Which messages stand at the same place of a conversation: other wordings of a question, other answers to it. */
import type { TreeNode } from '../../../main/contract/chat.ts';

export interface SiblingPlace {
  /** From 0, in the order in which they were made. */
  index: number;
  count: number;
  previous: string | null;
  next: string | null;
}

const alone: SiblingPlace = { index: 0, count: 1, previous: null, next: null };

/** The place of every message, by its id; made once for a tree and not once for each message. */
export function siblingPlaces(tree: readonly TreeNode[]): ReadonlyMap<string, SiblingPlace> {
  const places = new Map<string, SiblingPlace>();
  for (const siblings of Map.groupBy(tree, ({ parentId }) => parentId).values()) {
    for (const [index, { id }] of siblings.entries()) {
      const [previous, next] = [siblings[index - 1]?.id ?? null, siblings[index + 1]?.id ?? null];
      places.set(id, { index, count: siblings.length, previous, next });
    }
  }
  return places;
}

/** A message that the tree does not know yet is alone. */
export function placeOf(places: ReadonlyMap<string, SiblingPlace>, messageId: string): SiblingPlace {
  return places.get(messageId) ?? alone;
}
