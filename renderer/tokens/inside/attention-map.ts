/** The attention of one layer, read out of the packed triangle in which it comes. */
import type { Attention } from '../../../main/contract/inspection.ts';
import { fullAttention } from '../../../main/contract/inspection.ts';
import { unpackUint16 } from '../../../main/contract/packed-numbers.ts';

export interface Attended {
  readonly index: number;
  /** From 0 to 1. */
  readonly weight: number;
}

export class AttentionMap {
  readonly layer: number;
  readonly heads: number;
  readonly length: number;
  readonly #codes: Uint16Array;

  constructor({ layer, heads, length, weights }: Attention) {
    this.layer = layer;
    this.heads = heads;
    this.length = length;
    this.#codes = unpackUint16(weights);
  }

  /** How much `token` attends to `attended`, from 0 to 1; nothing to what comes after it. */
  weight(head: number, token: number, attended: number): number {
    if (attended > token) return 0;
    const triangle = (this.length * (this.length + 1)) / 2;
    return (this.#codes[head * triangle + (token * (token + 1)) / 2 + attended] ?? 0) / fullAttention;
  }

  /** Strongest first; the earlier one first among equals. */
  strongest(head: number, token: number, count: number): Attended[] {
    return Array.from({ length: token + 1 }, (_, index) => ({ index, weight: this.weight(head, token, index) }))
      .sort((a, b) => b.weight - a.weight || a.index - b.index)
      .slice(0, count);
  }
}
