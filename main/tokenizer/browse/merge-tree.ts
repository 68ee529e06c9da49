/** How a token is put together: two parts, their parts, down to single characters. */
import type { MergeNode } from '../../contract/vocabulary.ts';
import type { VocabularyTable } from './vocabulary-table.ts';

/**
 * Parts before wholes, the token itself last. Where several merges make a token the first counts, which is the one that its own text
 * is merged by.
 */
export function mergeTree(table: VocabularyTable, id: number): MergeNode[] {
  const nodes: MergeNode[] = [];
  addNode(table, id, nodes);
  return nodes;
}

function addNode(table: VocabularyTable, id: number, nodes: MergeNode[]): number {
  const merge = table.merges.making(id)[0];
  const piece = table.rowOf(id)?.piece ?? '';
  const parts: [number, number] | null =
    merge === undefined ? null : [addNode(table, merge.left, nodes), addNode(table, merge.right, nodes)];
  return nodes.push({ id, piece, mergeRank: merge?.rank ?? null, parts }) - 1;
}
