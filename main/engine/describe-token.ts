/** A chosen token as everyone sees it: what the raw distribution says of it, and what the sampler made of that. */
import { WorkbenchError } from '../contract/errors.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { Tokenizer } from '../tokenizer/index.ts';
import type { Choice } from './sampling/sampler.ts';
import { tokenStatistics } from './sampling/token-statistics.ts';

/** @throws WorkbenchError `MODEL_FILE_CORRUPT` where the model computes values that are no numbers */
export function describeToken(
  tokenizer: Tokenizer,
  logits: Float32Array,
  { id, probability }: Choice,
  text: string,
): GeneratedToken {
  const { alternatives, logProbability, rank, entropy } = tokenStatistics(logits, id);
  if (!Number.isFinite(logProbability)) {
    throw new WorkbenchError(
      'MODEL_FILE_CORRUPT',
      `The model gave token ${id} the log-probability ${logProbability}.`,
      {
        action: 'Its weights are damaged: download or export the model again.',
        details: { file: 'onnx' },
      },
    );
  }
  return {
    id,
    piece: tokenizer.pieceOf(id),
    text,
    logProbability,
    probability,
    rank,
    entropy,
    alternatives: alternatives.map((other) => ({ ...other, piece: tokenizer.pieceOf(other.id) })),
  };
}
