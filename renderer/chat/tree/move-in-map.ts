/** Where an arrow leads on the map of a conversation: up to the message before, down to the one after, aside to a sibling. */
import type { TreeMap } from './tree-layout.ts';

/** Index into the nodes of the map; the same where there is nothing in that direction, `null` where the key moves nothing. */
export function moveInMap({ nodes }: TreeMap, from: number, key: string): number | null {
  const current = nodes[from];
  if (current === undefined) return null;
  const indices = [...nodes.keys()];
  if (key === 'Home') return 0;
  if (key === 'End') return indices.findLast((index) => nodes[index]?.isShown === true) ?? from;
  if (key === 'ArrowUp') return current.parent ?? from;
  const below = indices.filter((index) => nodes[index]?.parent === from);
  if (key === 'ArrowDown') return below.find((index) => nodes[index]?.isShown === true) ?? below[0] ?? from;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const siblings = indices.filter((index) => nodes[index]?.parent === current.parent);
  const place = siblings.indexOf(from) + (key === 'ArrowRight' ? 1 : -1);
  return siblings[place] ?? from;
}
