/** One token with its relations to the others. */
import { WorkbenchError } from '../../contract/errors.ts';
import type { SomeTokens, VocabularyDetails } from '../../contract/vocabulary.ts';
import { mergeTree } from './merge-tree.ts';
import type { VocabularyTable } from './vocabulary-table.ts';

const mostLinks = 40;
const word = /^ [\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*$/u;

/** @throws WorkbenchError `INVALID_INPUT` for an id that is not in the vocabulary. */
export function describeEntry(table: VocabularyTable, id: number): VocabularyDetails {
  const row = table.rowOf(id);
  if (row === undefined) {
    throw new WorkbenchError('INVALID_INPUT', `There is no token ${id} in this vocabulary.`, {
      action: `Give an id from 0 to ${table.rows.at(-1)?.id ?? 0}.`,
      details: { id },
    });
  }
  const { text } = row;
  const containing = text === '' ? 0 : table.rows.reduce((sum, other) => sum + Number(other.text.includes(text)), -1);
  return {
    ...row,
    tokenizerHash: table.hash,
    tree: mergeTree(table, id),
    builtFromIt: someOf(table, table.merges.madeOf(id)),
    words: someOf(
      table,
      builtThrough(table, id).filter((other) => word.test(table.rowOf(other)?.text ?? '')),
    ),
    containingCount: containing,
  };
}

/** Over any number of merges, in order of rank. */
function builtThrough(table: VocabularyTable, id: number): number[] {
  const found = new Set<number>();
  const open = [id];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (const whole of table.merges.madeOf(part)) {
      // Only what is really made so: the first merge counts where there are several.
      const first = table.merges.making(whole)[0];
      if (found.has(whole) || (first?.left !== part && first?.right !== part)) continue;
      found.add(whole);
      open.push(whole);
    }
  }
  return [...found].sort((a, b) => (table.merges.rankOf(a) ?? 0) - (table.merges.rankOf(b) ?? 0));
}

function someOf(table: VocabularyTable, ids: readonly number[]): SomeTokens {
  const first = ids.slice(0, mostLinks).map((id) => ({ id, piece: table.rowOf(id)?.piece ?? '' }));
  return { total: ids.length, first };
}
