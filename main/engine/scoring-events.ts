/** Scores as the contract has them: pieces and text beside the numbers, and what they come to. */
import type {
  ContinuationEvent,
  ContinuationScore,
  NextToken,
  ScoredToken,
  ScoreEvent,
  ScoreSummary,
} from '../contract/scoring.ts';
import type { Alternative } from '../contract/tokens.ts';
import { StreamingDecoder, type Tokenizer } from '../tokenizer/index.ts';
import { requireFinite } from './require-finite.ts';
import type { ScoredContinuation } from './scoring-continuations.ts';
import type { NextStatistics, ScoredChunk } from './scoring.ts';
import type { TokenStatistics } from './sampling/token-statistics.ts';

/** As many pieces as a streaming decoder looks back over, and so all that matters of the text before. */
const contextPieces = 64;

export interface ScoredText {
  ids: readonly number[];
  /** Of the text that the ids were made of; `null` where only the ids are known. */
  utf8ByteCount: number | null;
  /** Whether what may follow was asked for: without it the scores are not complete. */
  next?: boolean;
}

export async function* scoreEvents(
  tokenizer: Tokenizer,
  { ids, utf8ByteCount, next: isNextAsked = false }: ScoredText,
  chunks: AsyncIterable<ScoredChunk>,
): AsyncGenerator<ScoreEvent, void, undefined> {
  const decoder = new StreamingDecoder(tokenizer);
  const clock = new Clock();
  let next = 0;
  let [nats, scoredTokens, scoredBytes] = [0, 0, 0];
  let isWholeText = true;
  let following: NextStatistics | null = null;
  for await (const { statistics, done, total, next: told } of chunks) {
    following = told ?? null;
    const tokens = statistics.map((scored) => scoredToken(tokenizer, decoder, ids[next++] as number, scored));
    for (const { id, text, logProbability } of tokens) {
      if (logProbability === null) {
        isWholeText &&= tokenizer.isSpecial(id);
        continue;
      }
      scoredTokens++;
      nats -= logProbability;
      scoredBytes += Buffer.byteLength(text, 'utf8');
    }
    yield { type: 'tokens', tokens, ...clock.progress('score', done, total) };
  }
  const isScored = next === ids.length;
  if (isScored && scoredTokens > 0) scoredBytes += Buffer.byteLength(decoder.flush(), 'utf8');
  const bytes = isScored && isWholeText ? (utf8ByteCount ?? scoredBytes) : scoredBytes;
  yield {
    type: 'end',
    isComplete: isScored && (following !== null || !isNextAsked),
    summary: summaryOf(scoredTokens, nats, bytes),
    next: nextToken(tokenizer, following),
  };
}

function nextToken(tokenizer: Tokenizer, statistics: NextStatistics | null): NextToken | null {
  if (statistics === null) return null;
  const entropy = requireFinite(statistics.entropy, 'what follows the text the entropy');
  return { entropy, alternatives: withPieces(tokenizer, statistics.alternatives) };
}

function withPieces(tokenizer: Tokenizer, alternatives: TokenStatistics['alternatives']): Alternative[] {
  return alternatives.map((other) => ({ ...other, piece: tokenizer.pieceOf(other.id) }));
}

export async function* continuationEvents(
  tokenizer: Tokenizer,
  prefixIds: readonly number[],
  continuations: readonly (readonly number[])[],
  scored: AsyncIterable<ScoredContinuation>,
): AsyncGenerator<ContinuationEvent, void, undefined> {
  const clock = new Clock();
  const context = prefixIds.slice(-contextPieces);
  let index = 0;
  for await (const { statistics, done, total } of scored) {
    yield { type: 'progress', ...clock.progress('score', done, total) };
    if (statistics === null) continue;
    const decoder = new StreamingDecoder(tokenizer, context);
    const ids = continuations[index] ?? [];
    const tokens = statistics.map((token, i) => scoredToken(tokenizer, decoder, ids[i] as number, token));
    const text = tokens.map((token) => token.text).join('') + decoder.flush();
    yield { type: 'continuation', score: continuationScore(index++, text, tokens) };
  }
  yield { type: 'end', isComplete: index === continuations.length };
}

export function summaryOf(scoredTokens: number, nats: number, utf8ByteCount: number): ScoreSummary {
  return {
    scoredTokens,
    nats,
    perplexity: scoredTokens === 0 ? null : Math.exp(nats / scoredTokens),
    utf8ByteCount,
    bitsPerByte: scoredTokens === 0 || utf8ByteCount === 0 ? null : nats / Math.LN2 / utf8ByteCount,
  };
}

function continuationScore(index: number, text: string, tokens: ScoredToken[]): ContinuationScore {
  const logProbability = tokens.reduce((sum, token) => sum + (token.logProbability ?? 0), 0);
  const per = (length: number): number | null => (length === 0 ? null : logProbability / length);
  return {
    index,
    text,
    tokens,
    logProbability,
    perToken: logProbability / tokens.length,
    perCharacter: per([...text].length),
    perByte: per(Buffer.byteLength(text, 'utf8')),
    isGreedy: tokens.every(({ rank }) => rank === 1),
  };
}

function scoredToken(
  tokenizer: Tokenizer,
  decoder: StreamingDecoder,
  id: number,
  statistics: TokenStatistics | null,
): ScoredToken {
  const common = { id, piece: tokenizer.pieceOf(id), text: decoder.push(id) };
  if (statistics === null) return { ...common, logProbability: null, rank: null, entropy: null, alternatives: [] };
  const { logProbability, rank, entropy, alternatives } = statistics;
  return {
    ...common,
    logProbability: requireFinite(logProbability, `token ${id} the log-probability`),
    rank,
    entropy,
    alternatives: withPieces(tokenizer, alternatives),
  };
}

/** Progress with the time that is left, from the speed so far. */
class Clock {
  readonly #begunAt = performance.now();

  progress(phase: string, done: number, total: number) {
    const elapsedMs = performance.now() - this.#begunAt;
    const remainingMs = done === 0 ? null : (elapsedMs * (total - done)) / done;
    return { progress: { phase, done, total, unit: 'tokens' as const }, remainingMs };
  }
}
