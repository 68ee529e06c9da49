/** The forms in which `lucie score` writes: a table, JSON lines, a histogram. The summary of the first and last goes to standard error. */
import type { ContinuationScore, ScoredToken, ScoreSummary } from '../contract/scoring.ts';
import { UsageError } from './arguments.ts';
import { SurprisalHistogram } from './surprisal-histogram.ts';

export interface ScoreOutput {
  tokens: (tokens: readonly ScoredToken[]) => void;
  continuation: (score: ContinuationScore) => void;
  /** Also where it was interrupted: of what there is. */
  end: (summary: ScoreSummary) => void;
}

/** Both take whole lines without their ends. */
export interface ScoreStreams {
  out: (line: string) => void;
  errors: (line: string) => void;
  /** Of a line, for bars. */
  width: number;
}

const formats = ['table', 'json', 'histogram'] as const;
export type ScoreFormat = (typeof formats)[number];

/** `--json` is `--format json`. @throws UsageError */
export function scoreFormat(format: string | undefined, json: boolean | undefined, compares: boolean): ScoreFormat {
  const known = formats.find((name) => name === (format ?? (json === true ? 'json' : 'table')));
  if (known === undefined) throw new UsageError(`--format needs ${formats.join(', ')}, not "${format}".`);
  if (json === true && known !== 'json') throw new UsageError(`Give --json or --format ${known}, not both.`);
  if (compares && known === 'histogram') throw new UsageError('--continuation takes no --format histogram.');
  return known;
}

export function scoreOutput(format: ScoreFormat, { out, errors, width }: ScoreStreams): ScoreOutput {
  const summarise = (summary: ScoreSummary) => errors(summaryLine(summary));
  switch (format) {
    case 'table':
      return {
        tokens: (tokens) => tokens.forEach((token) => out(tokenLine(token))),
        continuation: (score) => out(continuationLine(score)),
        end: summarise,
      };
    case 'json': {
      const write = (value: unknown) => out(JSON.stringify(value));
      return { tokens: (tokens) => tokens.forEach(write), continuation: write, end: write };
    }
    case 'histogram': {
      const histogram = new SurprisalHistogram();
      return {
        tokens: (tokens) => {
          for (const { logProbability } of tokens) {
            if (logProbability !== null) histogram.add(-logProbability / Math.LN2);
          }
        },
        continuation: () => undefined,
        end: (summary) => {
          histogram.lines(width).forEach(out);
          summarise(summary);
        },
      };
    }
  }
}

/** id, piece, log-probability, rank, entropy, and the most probable tokens in its place. */
function tokenLine({ id, piece, logProbability, rank, entropy, alternatives }: ScoredToken): string {
  const others = alternatives.map((other) => `${JSON.stringify(other.piece)} ${other.logProbability.toFixed(3)}`);
  const numbers = [number(logProbability), rank ?? '–', number(entropy)];
  return [id, JSON.stringify(piece), ...numbers, others.join(', ')].join('\t');
}

/** Log-probability: in all, for each token, character and byte. */
function continuationLine({ text, logProbability, perToken, perCharacter, perByte }: ContinuationScore): string {
  return [...[logProbability, perToken, perCharacter, perByte].map(number), JSON.stringify(text)].join('\t');
}

function summaryLine({ scoredTokens, nats, perplexity, bitsPerByte, utf8ByteCount }: ScoreSummary): string {
  return [
    `${scoredTokens} tokens, ${utf8ByteCount} bytes: ${nats.toFixed(3)} nats`,
    `${number(bitsPerByte)} bits/byte`,
    `perplexity ${number(perplexity)} per token`,
  ].join(', ');
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}
