/**
 * How far one model's predictions are from another's: Kullback-Leibler divergence KL(p || q) = Σ p ln(p / q) in nats, averaged over
 * positions, and how often both would choose the same token.
 */
export interface Divergence {
  readonly positions: number;
  /** Nats. */
  readonly meanKullbackLeibler: number;
  /** Share of positions with the same most likely token. */
  readonly sameChoice: number;
}

/** Both row-major `[positions, vocabulary]`. */
export function divergence(reference: Float32Array, other: Float32Array, vocabulary: number): Divergence {
  const positions = reference.length / vocabulary;
  let sum = 0;
  let same = 0;
  for (let position = 0; position < positions; position++) {
    const p = reference.subarray(position * vocabulary, (position + 1) * vocabulary);
    const q = other.subarray(position * vocabulary, (position + 1) * vocabulary);
    const pLogSum = logSumExp(p);
    const qLogSum = logSumExp(q);
    for (let token = 0; token < vocabulary; token++) {
      const pLog = (p[token] as number) - pLogSum;
      sum += Math.exp(pLog) * (pLog - ((q[token] as number) - qLogSum));
    }
    if (largest(p) === largest(q)) same++;
  }
  return { positions, meanKullbackLeibler: sum / positions, sameChoice: same / positions };
}

/** The mean over several sequences, weighted by their positions. */
export function meanDivergence(parts: readonly Divergence[]): Divergence {
  const positions = parts.reduce((sum, part) => sum + part.positions, 0);
  const mean = (value: (part: Divergence) => number) =>
    parts.reduce((sum, part) => sum + value(part) * part.positions, 0) / positions;
  return {
    positions,
    meanKullbackLeibler: mean((part) => part.meanKullbackLeibler),
    sameChoice: mean((part) => part.sameChoice),
  };
}

function logSumExp(logits: Float32Array): number {
  let maximum = -Infinity;
  for (const logit of logits) if (logit > maximum) maximum = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - maximum);
  return maximum + Math.log(sum);
}

function largest(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++)
    if ((logits[token] as number) > (logits[best] as number)) best = token;
  return best;
}
