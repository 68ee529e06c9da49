/** What the colours of the tokens say, and which of the classes of `token-marks.css` a token gets for it. */
import type { ShownToken } from './shown-tokens.ts';
import { scales, stepOf, type ScaleName } from './scales.ts';
import { scriptOf, scripts } from './scripts.ts';

export const colourings = ['alternation', 'id', 'length', 'script', 'surprisal', 'entropy', 'rank'] as const;
export type Colouring = (typeof colourings)[number];

/** Those that need the model. */
export const modelColourings: ReadonlySet<Colouring> = new Set(['surprisal', 'entropy', 'rank']);

/** What a model found of a token; `null` where it has not been asked. Natural logarithms. */
export interface TokenScore {
  readonly logProbability: number;
  readonly rank: number;
  readonly entropy: number;
}

const hues = 4;

/** `scoreOf` is only asked where the colouring needs it; a token without a score has a class of its own. */
export function colourClass(
  colouring: Colouring,
  token: ShownToken,
  text: string,
  scoreOf: (index: number) => TokenScore | null,
): string {
  const { tokens, index } = token;
  if (colouring === 'alternation') return `tk-hue-${index % hues}`;
  if (colouring === 'script') return `tk-script-${scripts.indexOf(scriptOf(text))}`;
  if (colouring === 'id') return step('id', tokens.ids[index] ?? 0);
  if (colouring === 'length') return step('length', [...text].length);
  const score = token.isSettled ? scoreOf(index) : null;
  if (score === null) return 'tk-unscored';
  if (colouring === 'rank') return step('rank', score.rank);
  return step(colouring, bits(colouring === 'surprisal' ? -score.logProbability : score.entropy));
}

export function bits(nats: number): number {
  return nats / Math.LN2;
}

function step(scale: ScaleName, value: number): string {
  return `tk-step-${stepOf(scales[scale], value)}`;
}
