/** The frequency classes of a whole vocabulary, in which some tokens were put in by hand. */
import { frequencyClassOf } from '../../contract/tokens.ts';

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
    classes[id] = frequencyClassOf(rank);
  }
  return classes;
}
