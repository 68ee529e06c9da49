/** Nodes of a conversation's tree, for tests of its map. */
import type { TreeNode } from '../../../../../main/contract/chat.ts';

export function node(id: string, parentId: string | null = null, change: Partial<TreeNode> = {}): TreeNode {
  return { id, parentId, role: 'user', excerpt: id, status: 'complete', createdAt: 0, ...change };
}

/** `a1` to `a<count>`, each after the one before; the first after `parentId`. */
export function chain(name: string, count: number, parentId: string | null = null): TreeNode[] {
  return Array.from({ length: count }, (_, index) =>
    node(`${name}${index + 1}`, index === 0 ? parentId : `${name}${index}`),
  );
}
