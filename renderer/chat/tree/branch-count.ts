/** How many ways there are through a conversation: the messages that nothing follows. */
import type { TreeNode } from '../../../main/contract/chat.ts';

export function branchCount(tree: readonly TreeNode[]): number {
  const followed = new Set(tree.map(({ parentId }) => parentId));
  return tree.filter(({ id }) => !followed.has(id)).length;
}
