/**
 * The map of a conversation: where each message goes. Messages that follow one another without a choice stand in one column, one row
 * each; a choice opens a column to the right for every further sibling. Rows of a part without choices are put together where there
 * are more of them than fit (`compressed`), so that a conversation of five hundred messages is still a map.
 */
import type { TreeNode } from '../../../main/contract/chat.ts';

export interface MapNode {
  node: TreeNode;
  /** From 0: how many columns from the left, how many rows from the top. */
  column: number;
  row: number;
  isShown: boolean;
  /** So many messages between the one above and this one are not drawn. */
  skipped: number;
  /** The drawn node above it, as an index into the nodes; `null` for a first message. */
  parent: number | null;
}

export interface TreeMap {
  /** Parents before children. */
  nodes: readonly MapNode[];
  columns: number;
  rows: number;
}

/** Parts of more messages than this without a choice are drawn as their first and last. */
const LONGEST_CHAIN = 6;

/** `shown` are the ids of the branch that is shown; `keep` is drawn whatever happens. Linear in the number of messages. */
export function layOutTree(
  tree: readonly TreeNode[],
  shown: ReadonlySet<string>,
  { compressed = tree.length > 80, keep = null }: { compressed?: boolean; keep?: string | null } = {},
): TreeMap {
  const known = new Set(tree.map(({ id }) => id));
  const children = Map.groupBy(tree, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const nodes: MapNode[] = [];
  /** Of each column that is in use: none; columns are given out from the left and never taken back. */
  let columns = 0;
  let rows = 0;
  type Visit = { first: TreeNode; column: number | null; row: number; parent: number | null };
  const roots = children.get(null) ?? [];
  const open: Visit[] = roots.map((first, index) => ({ first, column: index === 0 ? 0 : null, row: 0, parent: null }));
  open.reverse();
  // Depth first with a stack of its own: a branch may be longer than the call stack is deep.
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const column = visit.column ?? columns;
    columns = Math.max(columns, column + 1);
    let { row, parent } = visit;
    const chain = chainFrom(visit.first, children);
    let skipped = 0;
    for (const [index, node] of chain.entries()) {
      const isInner = index >= 2 && index < chain.length - 2;
      if (compressed && isInner && chain.length > LONGEST_CHAIN && node.id !== keep && node.status !== 'streaming') {
        skipped += 1;
        continue;
      }
      nodes.push({ node, column, row, parent, skipped, isShown: shown.has(node.id) });
      parent = nodes.length - 1;
      row += 1;
      skipped = 0;
    }
    rows = Math.max(rows, row);
    const choices = children.get(chain.at(-1)?.id ?? null) ?? [];
    for (const [index, first] of [...choices.entries()].reverse()) {
      open.push({ first, column: index === 0 ? column : null, row, parent });
    }
  }
  return { nodes, columns, rows };
}

/** A message and what follows it for as long as there is no choice. */
function chainFrom(first: TreeNode, children: ReadonlyMap<string | null, readonly TreeNode[]>): TreeNode[] {
  const chain = [first];
  for (let node = first; ;) {
    const [next, ...others] = children.get(node.id) ?? [];
    if (next === undefined || others.length > 0) return chain;
    chain.push(next);
    node = next;
  }
}
