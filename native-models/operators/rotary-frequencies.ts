/**
 * The frequencies of rotary position embedding, theta^(-2i / headDimension), and the ways to stretch them over a longer context
 * than a model was trained on, as `modeling_rope_utils.py` of transformers defines them (rope types linear, dynamic, llama3).
 */
export type RotaryScaling =
  | { readonly kind: 'none' }
  /** Position interpolation (Chen et al., 2023, https://arxiv.org/abs/2306.15595): every frequency divided by the factor. */
  | { readonly kind: 'linear'; readonly factor: number }
  /**
   * Dynamic NTK: within the original context nothing changes; a longer sequence raises theta with its length. The row of position
   * p is that of a sequence of p + 1 tokens: what transformers uses when it generates token by token.
   */
  | { readonly kind: 'dynamic'; readonly factor: number; readonly originalContext: number }
  /** Llama 3.1: long wavelengths are divided by the factor, short ones kept, those between blended. */
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalContext: number;
    };

/** `[headDimension / 2]`. Dynamic scaling is that of a sequence within the original context. */
export function rotaryFrequencies(headDimension: number, theta: number, scaling: RotaryScaling): Float64Array {
  const plain = Float64Array.from({ length: headDimension / 2 }, (_, i) => theta ** ((-2 * i) / headDimension));
  switch (scaling.kind) {
    case 'none':
    case 'dynamic':
      return plain;
    case 'linear':
      return plain.map((frequency) => frequency / scaling.factor);
    case 'llama3':
      return plain.map((frequency) => llama3Frequency(frequency, scaling));
  }
}

function llama3Frequency(frequency: number, scaling: Extract<RotaryScaling, { kind: 'llama3' }>): number {
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalContext } = scaling;
  const turns = (originalContext * frequency) / (2 * Math.PI);
  if (turns > highFrequencyFactor) return frequency;
  if (turns < lowFrequencyFactor) return frequency / factor;
  const kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
  return frequency * (kept + (1 - kept) / factor);
}

/** Theta for a sequence of `length` tokens, longer than the original context. */
export function dynamicTheta(
  headDimension: number,
  theta: number,
  { factor, originalContext }: Extract<RotaryScaling, { kind: 'dynamic' }>,
  length: number,
): number {
  const stretch = (factor * length) / originalContext - (factor - 1);
  return theta * stretch ** (headDimension / (headDimension - 2));
}
