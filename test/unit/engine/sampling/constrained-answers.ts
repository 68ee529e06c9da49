/** Random answers under constraints: every token that may come is as likely as any other, whatever a model would prefer. */
import type { Sampling } from '../../../../main/contract/sampling.ts';
import { defaultSampling } from '../../../../main/contract/sampling.ts';
import { Constraints } from '../../../../main/engine/sampling/constraints.ts';
import { Random } from '../../../../main/engine/sampling/random.ts';
import { Sampler } from '../../../../main/engine/sampling/sampler.ts';
import { StreamingDecoder, type Tokenizer } from '../../../../main/tokenizer/index.ts';

export interface RandomAnswer {
  text: string;
  ids: number[];
  /** A stop token came before the limit. */
  isFinished: boolean;
}

/** `liking` is added to the logits of these tokens, so that answers come to an end. */
export async function randomAnswer(
  tokenizer: Tokenizer,
  stopIds: readonly number[],
  constraint: Partial<Sampling>,
  seed: number,
  liking: (piece: string) => number,
): Promise<RandomAnswer> {
  const sampling = { ...defaultSampling, temperature: 1, ...constraint };
  const { vocabularySize } = tokenizer;
  const logits = Float32Array.from({ length: vocabularySize }, (_, id) => liking(tokenizer.pieceOf(id)));
  for (const id of stopIds) logits[id] = 12;
  const sampler = new Sampler(sampling, vocabularySize, new Random(seed));
  const constraints = await Constraints.of({ tokenizer, stopIds, vocabularySize }, sampling);
  const decoder = new StreamingDecoder(tokenizer);
  const answer: RandomAnswer = { text: '', ids: [], isFinished: false };
  while (answer.ids.length < 120 && !answer.isFinished) {
    const { id } = sampler.choose(logits, await constraints.allowed());
    constraints.accept(id);
    sampler.accept(id);
    answer.isFinished = stopIds.includes(id);
    answer.ids.push(id);
    answer.text += decoder.push(id);
  }
  answer.text += decoder.flush();
  constraints.dispose();
  return answer;
}
