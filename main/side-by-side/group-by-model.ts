/** The order in which contenders run: each model is loaded once, and the one that is loaded goes first. */
import type { Contender } from '../contract/side-by-side.ts';

export interface ModelGroup {
  modelId: string;
  /** Of its contenders, in their own order. */
  positions: number[];
}

/** `chosenId` is the model of contenders that name none. */
export function groupByModel(contenders: readonly Contender[], chosenId: string): ModelGroup[] {
  const groups = new Map<string, number[]>();
  for (const [position, { modelId }] of contenders.entries()) {
    const id = modelId ?? chosenId;
    groups.set(id, [...(groups.get(id) ?? []), position]);
  }
  const all = [...groups].map(([modelId, positions]): ModelGroup => ({ modelId, positions }));
  return [...all.filter(({ modelId }) => modelId === chosenId), ...all.filter(({ modelId }) => modelId !== chosenId)];
}
