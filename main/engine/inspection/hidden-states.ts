/**
 * The residual stream of one text between all layers, computed as far as it is asked for, one layer's session at a time. Rows are never
 * alone in a tile (`row-plan.ts`): a last token that would be is followed by a copy, whose row nobody reads; so the states are
 * the engine's own, to the last bit.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { leavesOneAlone } from '../row-plan.ts';
import type { InspectedModel } from './inspected-model.ts';
import { ProbeSession } from './probe-session.ts';

export class HiddenStates {
  readonly ids: readonly number[];
  /** Rows of every state: the tokens, and a copy of the last where it would be alone. */
  readonly rows: number;
  readonly #model: InspectedModel;
  readonly #states: Float32Array[] = [];

  constructor(model: InspectedModel, ids: readonly number[]) {
    this.#model = model;
    this.ids = ids;
    this.rows = leavesOneAlone(ids.length) ? ids.length + 1 : ids.length;
  }

  isOf(ids: readonly number[]): boolean {
    return this.ids.length === ids.length && this.ids.every((id, i) => id === ids[i]);
  }

  get computed(): number {
    return this.#states.length;
  }

  /** Before layer `index`, or after the last one: `[rows * hiddenSize]`. It has to be computed. */
  state(index: number): Float32Array {
    const state = this.#states[index];
    if (state === undefined) throw new RangeError(`State ${index} is not computed yet.`);
    return state;
  }

  /** Computes one state more. A cancellation is heard before it returns. */
  async advance(): Promise<void> {
    this.#states.push(await this.#next());
    await nextTurn();
  }

  async #next(): Promise<Float32Array> {
    const { graph, place } = this.#model;
    const before = this.#states.at(-1);
    const part = before === undefined ? graph.embedding() : graph.layer(this.#states.length - 1);
    const session = await ProbeSession.open(part, place);
    try {
      if (before !== undefined) return await session.continue(before, this.rows);
      const last = this.ids.at(-1) ?? 0;
      return await session.embed([...this.ids, ...new Array<number>(this.rows - this.ids.length).fill(last)]);
    } finally {
      await session.release();
    }
  }
}
