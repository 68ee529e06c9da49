/** The merges of a chunk as what a replay shows: the pieces after each step, and the tree that the merges make. */
import type { MergeReplay } from '../../../main/contract/pipeline.ts';

export type Merges = Extract<MergeReplay, { kind: 'merges' }>;

/** A piece in the tree: a character or byte (`step` 0), or the result of the merge of that step (from 1). */
export interface MergeNode {
  readonly piece: string;
  readonly id: number;
  readonly step: number;
  readonly rank: number | null;
  /** Place in the row of characters: the middle of what it is made of. */
  readonly x: number;
  /** 0 for a character; one more than the higher of its parts. */
  readonly level: number;
  readonly parts: readonly [MergeNode, MergeNode] | null;
}

/** `rows[s]` are the pieces after s merges. */
export function mergeRows({ initial, merges }: Merges): MergeNode[][] {
  let row: MergeNode[] = initial.map(({ id, piece }, x) => ({
    id,
    piece,
    step: 0,
    rank: null,
    x,
    level: 0,
    parts: null,
  }));
  const rows = [row];
  for (const [index, { at, rank, result }] of merges.entries()) {
    const left = row[at];
    const right = row[at + 1];
    if (left === undefined || right === undefined) throw new RangeError(`merge ${index} is outside of the pieces`);
    const node: MergeNode = {
      ...result,
      step: index + 1,
      rank,
      x: (left.x + right.x) / 2,
      level: Math.max(left.level, right.level) + 1,
      parts: [left, right],
    };
    row = [...row.slice(0, at), node, ...row.slice(at + 2)];
    rows.push(row);
  }
  return rows;
}

/** Every piece of the tree, parts before what they make. */
export function mergeNodes(rows: readonly MergeNode[][]): MergeNode[] {
  const visit = (node: MergeNode): MergeNode[] => [...(node.parts?.flatMap(visit) ?? []), node];
  return (rows.at(-1) ?? []).flatMap(visit);
}
