/**
 * Numbers of tokens in six steps, for colours that keep their order in every kind of colour blindness: the steps and the colours of
 * probabilities are those of the answers, so a surprise looks the same everywhere.
 */
export interface Scale {
  /** Step i holds values from `minima[i]` up to `minima[i + 1]`, which it excludes. The first is the lowest value there is. */
  readonly minima: readonly number[];
}

export const scales = {
  /** Ids of Lucie's vocabulary: control tokens, bytes and characters are below 1,324, merges are in the order of learning. */
  id: { minima: [0, 1_324, 4_096, 12_288, 24_576, 45_056] },
  /** Characters. */
  length: { minima: [0, 2, 3, 5, 7, 10] },
  /** Bits: the first step is a probability above 93 %. */
  surprisal: { minima: [0, 0.1, 1, 3, 6, 10] },
  /** Bits. */
  entropy: { minima: [0, 0.5, 1, 2, 4, 6] },
  rank: { minima: [1, 2, 4, 11, 101, 1_001] },
} as const satisfies Record<string, Scale>;
export type ScaleName = keyof typeof scales;

export function stepOf({ minima }: Scale, value: number): number {
  let step = minima.length - 1;
  while (step > 0 && value < (minima[step] as number)) step -= 1;
  return step;
}
