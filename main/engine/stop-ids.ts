/**
 * The ids that end an answer: those of the model's configuration, and the control tokens of Lucie's chat format, which
 * never belong to an answer (the published Ollama template of Lucie stops on the same ones).
 */
import type { Tokenizer } from '../tokenizer/index.ts';

const neverInAnAnswer = ['<s>', '</s>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'];

export function stopIdsOf(tokenizer: Tokenizer, endIds: readonly number[]): number[] {
  const control = tokenizer.addedTokens.filter(({ content, special }) => special && neverInAnAnswer.includes(content));
  return [...new Set([...endIds, ...control.map(({ id }) => id)])].sort((a, b) => a - b);
}
