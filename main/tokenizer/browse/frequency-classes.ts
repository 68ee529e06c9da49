/**
 * How early a token was learned, in classes. Byte pair encoding learns merges from the most frequent pair to the rarest (Sennrich,
 * Haddow and Birch 2016, arXiv:1508.07909), so the rank of a merge orders tokens by how frequent they were; no file says how frequent.
 * Class n holds the 2^n merges from rank 2^n - 1 on.
 */

/**
 * `ranks` by id, `null` where no merge makes the token. Learned tokens are numbered as they are learned; one whose merge comes after
 * that of a later id was put in by hand (Lucie's runs of spaces and line breaks) and has no class.
 */
export function frequencyClasses(ranks: readonly (number | null)[]): (number | null)[] {
  const classes = new Array<number | null>(ranks.length).fill(null);
  let earliest = Infinity;
  for (let id = ranks.length - 1; id >= 0; id--) {
    const rank = ranks[id] ?? null;
    if (rank === null || rank > earliest) continue;
    earliest = rank;
    classes[id] = Math.floor(Math.log2(rank + 1));
  }
  return classes;
}
