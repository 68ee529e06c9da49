/**
 * Byte pair encoding (Sennrich et al. 2016) as the library does it: of all pairs of neighbours the one of the lowest rank is
 * merged, the leftmost first, until no pair has a merge.
 *
 * A short chunk is searched again for every merge. A long one (a megabyte without a space) has a queue of pairs, so that its
 * cost is n log n: entries are never removed from the queue but checked when they come up.
 */
import { MergeQueue } from './merge-queue.ts';
import type { MergeTable } from './merge-table.ts';
import type { Symbols } from './symbols.ts';

const longChunk = 48;

/** Called after each merge with its rank and the place of the merged symbol. */
export type MergeObserver = (rank: number, at: number) => void;

export class SymbolMerger {
  readonly #table: MergeTable;
  readonly #ranks = new Int32Array(longChunk + 1);
  readonly #queue = new MergeQueue();

  constructor(table: MergeTable) {
    this.#table = table;
  }

  /** Merges in place. */
  merge(symbols: Symbols): void {
    if (symbols.length > longChunk) this.#mergeLong(symbols);
    else this.mergeShort(symbols);
  }

  /** `observe` sees the symbols as they are after each merge. */
  mergeShort(symbols: Symbols, observe: MergeObserver | null = null): void {
    const table = this.#table;
    const { ids, start, end } = symbols;
    const ranks = symbols.length > longChunk ? new Int32Array(symbols.length) : this.#ranks;
    let count = symbols.length;
    for (let i = 0; i + 1 < count; i++) ranks[i] = table.rankOf(ids[i] ?? 0, ids[i + 1] ?? 0);
    for (;;) {
      let best = -1;
      let at = -1;
      for (let i = 0; i + 1 < count; i++) {
        const rank = ranks[i] ?? -1;
        if (rank !== -1 && (best === -1 || rank < best)) {
          best = rank;
          at = i;
        }
      }
      if (at === -1) break;
      ids[at] = table.resultOf(best);
      end[at] = end[at + 1] ?? 0;
      count--;
      for (let i = at + 1; i < count; i++) {
        ids[i] = ids[i + 1] ?? 0;
        start[i] = start[i + 1] ?? 0;
        end[i] = end[i + 1] ?? 0;
        ranks[i] = ranks[i + 1] ?? -1;
      }
      if (at > 0) ranks[at - 1] = table.rankOf(ids[at - 1] ?? 0, ids[at] ?? 0);
      if (at + 1 < count) ranks[at] = table.rankOf(ids[at] ?? 0, ids[at + 1] ?? 0);
      symbols.length = count;
      observe?.(best, at);
    }
  }

  #mergeLong(symbols: Symbols): void {
    const table = this.#table;
    const queue = this.#queue;
    const { ids, end, next, previous, length } = symbols;
    queue.clear();
    for (let i = 0; i < length; i++) {
      next[i] = i + 1 < length ? i + 1 : -1;
      previous[i] = i - 1;
      if (i + 1 < length) queue.push(table.rankOf(ids[i] ?? 0, ids[i + 1] ?? 0), i);
    }
    for (let at = queue.pop(); at !== -1; at = queue.pop()) {
      const other = next[at] ?? -1;
      if (other === -1 || ids[at] === -1) continue;
      const rank = table.rankOf(ids[at] ?? 0, ids[other] ?? 0);
      if (rank !== queue.poppedRank) continue;
      ids[at] = table.resultOf(rank);
      end[at] = end[other] ?? 0;
      ids[other] = -1;
      const after = next[other] ?? -1;
      next[at] = after;
      if (after !== -1) {
        previous[after] = at;
        queue.push(table.rankOf(ids[at] ?? 0, ids[after] ?? 0), at);
      }
      const before = previous[at] ?? -1;
      if (before !== -1) queue.push(table.rankOf(ids[before] ?? 0, ids[at] ?? 0), before);
    }
    compact(symbols);
  }
}

/** Moves the symbols that are left to the front. */
function compact(symbols: Symbols): void {
  const { ids, start, end, length } = symbols;
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (ids[i] === -1) continue;
    ids[count] = ids[i] ?? 0;
    start[count] = start[i] ?? 0;
    end[count++] = end[i] ?? 0;
  }
  symbols.length = count;
}
