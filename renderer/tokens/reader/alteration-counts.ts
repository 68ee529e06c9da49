/** How many of the alterations of a text have each reason, in the order in which the reasons first come. */
import type { Alteration, AlterationReason } from '../../../main/contract/tokenisation.ts';

export function alterationCounts(alterations: readonly Alteration[]): { reason: AlterationReason; count: number }[] {
  const counts = new Map<AlterationReason, number>();
  for (const { reason } of alterations) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
