/** What the colours of a strip of tokens can show, in the six steps of the probability scale: 0 is what was expected, 5 a surprise. */
import type { GeneratedToken } from '../../main/contract/tokens.ts';
import { probabilityOf, probabilityStep, probabilitySteps } from './probability-scale.ts';

/** The model's own probability, that after all steps of the sampling, the rank among all tokens, the entropy of the choice. */
export const tokenColours = ['probability', 'sampled', 'rank', 'entropy'] as const;
export type TokenColour = (typeof tokenColours)[number];

/** Highest rank of each step; the last has none. */
const rankSteps = [1, 2, 5, 10, 100];
/** Bits that each step stays under; the last has none. */
const entropySteps = [0.25, 0.75, 1.5, 2.5, 4];

/** `null` where it is not known: answers of earlier versions have no probability after sampling. */
export function colourStep(token: GeneratedToken, colour: TokenColour): number | null {
  if (colour === 'probability') return probabilityStep(probabilityOf(token.logProbability));
  if (colour === 'sampled') return token.probability === null ? null : probabilityStep(token.probability);
  if (colour === 'rank') return stepIn(rankSteps, (highest) => token.rank <= highest);
  return stepIn(entropySteps, (bits) => token.entropy / Math.LN2 < bits);
}

/** What stands in the legend for each step. */
export function colourLabels(colour: TokenColour): string[] {
  if (colour === 'rank') return ['1', '2', '≤5', '≤10', '≤100', '>100'];
  if (colour === 'entropy') return [...entropySteps.map((bits) => `<${bits}`), '≥4'];
  return probabilitySteps.map(({ minimum }) => (minimum === 0 ? '<10' : `≥${minimum * 100}`));
}

function stepIn(limits: readonly number[], holds: (limit: number) => boolean): number {
  const step = limits.findIndex(holds);
  return step === -1 ? limits.length : step;
}
