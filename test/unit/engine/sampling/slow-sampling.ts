/**
 * Sampling by the definitions, slowly: full sorts and plain lists, in transformers' order. The fast sampler must keep the same
 * tokens with the same probabilities.
 */
import type { Sampling } from '../../../../main/contract/sampling.ts';

interface Candidate {
  id: number;
  probability: number;
}

export function slowDistribution(
  logits: readonly number[],
  seen: ReadonlySet<number>,
  settings: Sampling,
): Map<number, number> {
  const { temperature, topK, topP, minP, repetitionPenalty } = settings;
  const penalised = logits.map((logit, id) =>
    !seen.has(id) ? logit : logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty,
  );
  let candidates = softmax(penalised.map((logit, id) => ({ id, score: logit / temperature })));
  if (topK > 0) candidates = renormalise(candidates.slice(0, topK));
  if (topP < 1) {
    let before = 0;
    candidates = renormalise(
      candidates.filter(({ probability }) => {
        const isKept = before < topP;
        before += probability;
        return isKept;
      }),
    );
  }
  const best = candidates[0]?.probability ?? 0;
  candidates = renormalise(candidates.filter(({ probability }) => probability >= minP * best));
  return new Map(candidates.map(({ id, probability }) => [id, probability]));
}

/** Best first, lower ids first among equals. */
function softmax(scores: { id: number; score: number }[]): Candidate[] {
  const highest = Math.max(...scores.map(({ score }) => score));
  const weights = scores.map(({ id, score }) => ({ id, probability: Math.exp(score - highest) }));
  return renormalise(weights.sort((a, b) => b.probability - a.probability || a.id - b.id));
}

function renormalise(candidates: Candidate[]): Candidate[] {
  const total = candidates.reduce((sum, { probability }) => sum + probability, 0);
  return candidates.map(({ id, probability }) => ({ id, probability: probability / total }));
}
