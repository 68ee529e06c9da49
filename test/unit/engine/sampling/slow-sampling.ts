/**
 * Sampling by the definitions, slowly: full sorts and plain lists, in transformers' order. The fast sampler must keep the same
 * tokens with the same probabilities.
 */
import type { Sampling } from '../../../../main/contract/sampling.ts';

interface Candidate {
  id: number;
  probability: number;
}

export interface Past {
  prompt: readonly number[];
  generated: readonly number[];
  /** `null`: every token may come. */
  allowed: ReadonlySet<number> | null;
}

/** Token ids with their probabilities after all steps; empty where no token may come. */
export function slowDistribution(logits: readonly number[], past: Past, settings: Sampling): Map<number, number> {
  const { temperature, topK, topP, minP, typicalP } = settings;
  let candidates = softmax(
    logits
      .map((logit, id) => ({ id, score: adjusted(logit, id, past, settings) / (temperature === 0 ? 1 : temperature) }))
      .filter(({ score }) => score > -Infinity),
  );
  if (temperature === 0) candidates = renormalise(candidates.slice(0, 1));
  if (topK > 0) candidates = renormalise(candidates.slice(0, topK));
  if (topP < 1) candidates = renormalise(upToMass(candidates, topP));
  const best = candidates[0]?.probability ?? 0;
  candidates = renormalise(candidates.filter(({ probability }) => probability >= minP * best));
  if (typicalP < 1) candidates = renormalise(upToMass(byDeviation(candidates), typicalP));
  return new Map(candidates.map(({ id, probability }) => [id, probability]));
}

function adjusted(logit: number, id: number, { prompt, generated, allowed }: Past, settings: Sampling): number {
  if (allowed !== null && !allowed.has(id)) return -Infinity;
  const { logitBias, repetitionPenalty, frequencyPenalty, presencePenalty } = settings;
  let score = Math.fround(logit + (logitBias[String(id)] ?? 0));
  if (prompt.includes(id) || generated.includes(id)) {
    score = Math.fround(score > 0 ? score / repetitionPenalty : score * repetitionPenalty);
  }
  const count = generated.filter((other) => other === id).length;
  return Math.fround(score - count * frequencyPenalty - (count > 0 ? presencePenalty : 0));
}

/** The shortest beginning whose probability reaches the mass. */
function upToMass(candidates: Candidate[], mass: number): Candidate[] {
  let before = 0;
  return candidates.filter(({ probability }) => {
    const isKept = before < mass;
    before += probability;
    return isKept;
  });
}

function byDeviation(candidates: Candidate[]): Candidate[] {
  const information = ({ probability }: Candidate) => -Math.log(probability);
  const entropy = candidates.reduce((sum, one) => sum + one.probability * information(one), 0);
  const deviation = (one: Candidate) => Math.abs(information(one) - entropy);
  return [...candidates].sort((a, b) => deviation(a) - deviation(b));
}

/** Best first, lower ids first among equals. */
function softmax(scores: { id: number; score: number }[]): Candidate[] {
  const highest = Math.max(...scores.map(({ score }) => score));
  const ranked = [...scores].sort((a, b) => b.score - a.score || a.id - b.id);
  return renormalise(ranked.map(({ id, score }) => ({ id, probability: Math.exp(score - highest) })));
}

function renormalise(candidates: Candidate[]): Candidate[] {
  const total = candidates.reduce((sum, { probability }) => sum + probability, 0);
  return candidates.map(({ id, probability }) => ({ id, probability: probability / total }));
}
