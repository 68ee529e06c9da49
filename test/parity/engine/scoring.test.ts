/**
 * Scores against a slow reference that shares nothing with them: ONNX Runtime over one prefix at a time, without a cache, and the
 * definitions written out. Float32 for the numbers, int4 for what must not change a bit.
 */
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { Engine, type ScoreInput } from '../../../main/engine/engine.ts';
import type { LanguageModel } from '../../../main/engine/language-model.ts';
import { scoreText } from '../../../main/engine/scoring.ts';
import type { TokenStatistics } from '../../../main/engine/sampling/token-statistics.ts';
import type {
  ContinuationScore,
  NextToken,
  ScoredToken,
  ScoreEvent,
  ScoreSummary,
} from '../../../main/contract/scoring.ts';
import { sequenceLogits } from '../../../native-models/demo/logits.ts';
import { demoFolder, exportFp32, greedy, openLanguageModel } from './demo-models.ts';

interface Scored {
  tokens: ScoredToken[];
  summary: ScoreSummary;
  isComplete: boolean;
  next: NextToken | null;
}

const wholeText = { from: 1, window: null, utf8ByteCount: null, topK: 5 } as const;

async function score(engine: Engine, input: Partial<ScoreInput> & Pick<ScoreInput, 'ids'>): Promise<Scored> {
  const events: ScoreEvent[] = [];
  for await (const event of await engine.score({ scoringId: 'test', ...wholeText, ...input })) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('The stream ended without an end event.');
  return { ...end, tokens: events.flatMap((event) => (event.type === 'tokens' ? event.tokens : [])) };
}

async function continuationsOf(
  engine: Engine,
  prefixIds: number[],
  continuations: number[][],
): Promise<ContinuationScore[]> {
  const scores: ContinuationScore[] = [];
  const input = { scoringId: 'test', prefixIds, continuations, topK: 3 };
  for await (const event of await engine.scoreContinuations(input))
    if (event.type === 'continuation') scores.push(event.score);
  return scores;
}

/** Of the id that follows the prefix: sorted, summed and divided as the definitions say. */
async function slowStatistics(session: InferenceSession, prefix: readonly number[], id: number) {
  const vocabulary = 6_144;
  const logits = [...(await sequenceLogits(session, prefix)).slice(-vocabulary)];
  const logTotal = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  const logProbabilities = logits.map((logit) => logit - logTotal);
  const order = logits.map((_, i) => i).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  return {
    logProbability: logProbabilities[id] ?? NaN,
    rank: order.indexOf(id) + 1,
    entropy: -logProbabilities.reduce((sum, value) => sum + Math.exp(value) * value, 0),
    best: order.slice(0, 5),
  };
}

const text = 'Quelle est la capitale de la France ? La capitale de la France est Paris. Été 😀, l’œuvre.';
const logProbabilities = (tokens: readonly ScoredToken[]): (number | null)[] =>
  tokens.map(({ logProbability }) => logProbability);

describe('scores (fp32)', () => {
  const engine = new Engine();
  let session: InferenceSession;
  let ids: number[];

  beforeAll(async () => {
    const folder = await exportFp32();
    const { file } = await engine.load(folder, 'cpu');
    session = await InferenceSession.create(join(folder, file));
    ids = await engine.encode(text, true, 'parse');
  });

  it('equal those of one prefix at a time', async () => {
    const { tokens, summary, isComplete } = await score(engine, { ids });
    expect(isComplete).toBe(true);
    expect(tokens.map(({ id }) => id)).toEqual(ids);
    expect(tokens[0]).toMatchObject({
      piece: '<s>',
      logProbability: null,
      rank: null,
      entropy: null,
      alternatives: [],
    });
    let nats = 0;
    for (const [i, token] of tokens.entries()) {
      if (i === 0) continue;
      const slow = await slowStatistics(session, ids.slice(0, i), token.id);
      expect(token.logProbability).toBeCloseTo(slow.logProbability, 4);
      expect(token.entropy).toBeCloseTo(slow.entropy, 3);
      expect(token.rank).toBe(slow.rank);
      expect(token.alternatives.map(({ id }) => id)).toEqual(slow.best);
      nats -= slow.logProbability;
    }
    expect(summary.scoredTokens).toBe(ids.length - 1);
    expect(summary.nats).toBeCloseTo(nats, 2);
    expect(summary.perplexity).toBeCloseTo(Math.exp(nats / (ids.length - 1)), 1);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    expect(summary.utf8ByteCount).toBe(Buffer.byteLength(text));
    expect(summary.bitsPerByte).toBeCloseTo(nats / Math.log(2) / Buffer.byteLength(text), 4);
  });

  it('of windows equal those of one prefix of each window at a time', async () => {
    const window = { length: 12, stride: 5 };
    const { tokens } = await score(engine, { ids, window });
    expect(tokens.map(({ id }) => id)).toEqual(ids);
    for (const [i, token] of tokens.entries()) {
      if (i === 0) continue;
      const begin = i < window.length ? 0 : (Math.floor((i - window.length) / window.stride) + 1) * window.stride;
      const slow = await slowStatistics(session, ids.slice(begin, i), token.id);
      expect(token.logProbability).toBeCloseTo(slow.logProbability, 4);
    }
  });

  it('tell what may follow the last token, as the whole text does, whatever of it is scored', async () => {
    const slow = await slowStatistics(session, ids, 0);
    for (const from of [1, 5, ids.length, ids.length + 9]) {
      const { next, tokens } = await score(engine, { ids, from, next: true });
      expect(next?.alternatives.map(({ id }) => id)).toEqual(slow.best);
      expect(next?.entropy).toBeCloseTo(slow.entropy, 3);
      expect(tokens.filter(({ logProbability }) => logProbability !== null).length).toBe(
        Math.max(0, ids.length - from),
      );
    }
    const best = slow.best[0] ?? 0;
    const followed = await score(engine, { ids: [...ids, best], from: ids.length });
    const { next } = await score(engine, { ids, next: true });
    expect(next?.alternatives[0]?.logProbability).toBeCloseTo(followed.tokens.at(-1)?.logProbability ?? 0, 5);
    expect((await score(engine, { ids })).next).toBeNull();
  });

  it('tell what may follow the last window', async () => {
    const window = { length: 12, stride: 5 };
    const begin = Math.ceil((ids.length - window.length) / window.stride) * window.stride;
    const slow = await slowStatistics(session, ids.slice(begin), 0);
    for (const from of [1, ids.length]) {
      const { next, isComplete } = await score(engine, { ids, window, from, next: true });
      expect(isComplete).toBe(true);
      expect(next?.alternatives.map(({ id }) => id)).toEqual(slow.best);
    }
  });
});

describe('scores (int4)', () => {
  const engine = new Engine();
  let model: LanguageModel;
  let ids: number[];

  beforeAll(async () => {
    await engine.load(demoFolder, 'cpu');
    model = await openLanguageModel(demoFolder);
    ids = await engine.encode(Array.from({ length: 6 }, () => text).join(' '), true, 'parse');
    expect(ids.length).toBeGreaterThan(130);
  });

  function expectSame(actual: readonly (number | null)[], expected: readonly (number | null)[]): void {
    expect(actual.length).toBe(expected.length);
    // Elsewhere a tile of one row rounds its activations otherwise (row-plan.ts).
    if (model.isExact) expect(actual).toEqual(expected);
  }

  it('are the same whatever the cache holds', async () => {
    const { signal } = new AbortController();
    const cold: (number | null)[][] = [];
    for (const held of [0, 1, 64, 65, 120]) {
      const cache = model.newCache();
      if (held > 0) await model.feed(cache, [...ids.slice(0, held - 1), 300]);
      const found: (TokenStatistics | null)[] = [];
      for await (const chunk of scoreText(model, cache, ids, { topK: 1, signal, from: held })) {
        found.push(...chunk.statistics);
      }
      expect(cache.ids).toEqual(ids.slice(0, -1));
      cold.push(found.map((one) => one?.logProbability ?? null));
      expectSame(cold.at(-1)?.slice(held) ?? [], cold[0]?.slice(held) ?? []);
    }
  });

  it('are the same in one window as in none, and after an answer that shares their beginning', async () => {
    const plain = await score(engine, { ids });
    const window = { length: ids.length, stride: 1 };
    expectSame(logProbabilities((await score(engine, { ids, window })).tokens), logProbabilities(plain.tokens));
    const sampling = { ...greedy, maxTokens: 8 };
    for await (const _ of await engine.generate({ generationId: 'answer', promptIds: ids.slice(0, 90), sampling }));
    const from = 60;
    const rest = await score(engine, { ids, from });
    expectSame(logProbabilities(rest.tokens).slice(from), logProbabilities(plain.tokens).slice(from));
    expect(rest.tokens.slice(0, from).every(({ logProbability }) => logProbability === null)).toBe(true);
    expect(rest.summary.scoredTokens).toBe(ids.length - from);
  });

  it('leave the caches of conversations as they were', async () => {
    const { cachedSequences, cachedTokens } = engine.memory();
    await score(engine, { ids });
    await score(engine, { ids, window: { length: 64, stride: 32 } });
    expect(engine.memory()).toMatchObject({ cachedSequences, cachedTokens });
  });

  it('tell what may follow a text that fills the context', async () => {
    const full = Array.from({ length: 1_024 }, (_, i) => (i * 911 + 5) % 6_144);
    const { next, isComplete } = await score(engine, { ids: full, from: full.length, next: true });
    expect(isComplete).toBe(true);
    expect(next?.alternatives).toHaveLength(5);
  });

  it('are not complete where what may follow was asked for and was not reached', async () => {
    const input = { ...wholeText, scoringId: 'cancelled', ids: ids.slice(0, 40), next: true };
    let read = 0;
    let end: ScoreEvent | undefined;
    for await (const event of await engine.score(input)) {
      end = event;
      if (event.type === 'tokens') read += event.tokens.length;
      if (read === 40) engine.cancel('cancelled');
    }
    expect(end).toMatchObject({ type: 'end', isComplete: false, next: null, summary: { scoredTokens: 39 } });
  });

  it('of continuations are those of the whole texts', async () => {
    const prefix = ids.slice(0, 70);
    const continuations = [ids.slice(70, 80), [ids[70] ?? 0], [400, 401, 402], ids.slice(70, 139), [500]];
    const scores = await continuationsOf(engine, prefix, continuations);
    expect(scores.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    for (const { index, tokens, logProbability, perToken, text: added, perByte, isGreedy } of scores) {
      const whole = await score(engine, { ids: [...prefix, ...(continuations[index] ?? [])], from: prefix.length });
      expectSame(logProbabilities(tokens), logProbabilities(whole.tokens).slice(prefix.length));
      if (model.isExact) expect(-logProbability).toBeCloseTo(whole.summary.nats, 10);
      expect(perToken).toBe(logProbability / tokens.length);
      expect(perByte).toBe(logProbability / Buffer.byteLength(added));
      expect(isGreedy).toBe(tokens.every(({ rank }) => rank === 1));
    }
  });

  it('of a text longer than the context are refused without a window', async () => {
    const long = Array.from({ length: 1_100 }, (_, i) => ids[i % ids.length] ?? 0);
    await expect(score(engine, { ids: long })).rejects.toMatchObject({
      code: 'CONTEXT_EXCEEDED',
      details: { tokens: 1_100, limit: 1_024 },
    });
    const { tokens, isComplete } = await score(engine, { ids: long, window: { length: 256, stride: 128 } });
    expect({ count: tokens.length, isComplete }).toEqual({ count: 1_100, isComplete: true });
    expect(tokens.slice(1).every(({ logProbability }) => logProbability !== null)).toBe(true);
  });

  it.each<[string, Partial<ScoreInput> & Pick<ScoreInput, 'ids'>, string]>([
    ['no ids', { ids: [] }, 'PROMPT_EMPTY'],
    ['an id outside the vocabulary', { ids: [0, 6_144] }, 'INVALID_INPUT'],
    [
      'a stride that leaves tokens without context',
      { ids: [0, 300], window: { length: 8, stride: 8 } },
      'INVALID_INPUT',
    ],
    ['a window longer than the context', { ids: [0, 300], window: { length: 1_025, stride: 8 } }, 'INVALID_INPUT'],
  ])('refuse %s', async (_name, input, code) => {
    await expect(score(engine, input)).rejects.toMatchObject({ code });
  });

  it('of continuations refuse an empty one, and one that does not fit', async () => {
    await expect(continuationsOf(engine, [], [[300]])).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
    await expect(continuationsOf(engine, [0], [[300], []])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const long = new Array<number>(1_024).fill(300);
    await expect(continuationsOf(engine, [0], [long])).rejects.toMatchObject({ code: 'CONTEXT_EXCEEDED' });
  });

  it('of one id, or of none from a place on, are complete and empty', async () => {
    const summary = { scoredTokens: 0, nats: 0, perplexity: null, bitsPerByte: null };
    expect(await score(engine, { ids: [0] })).toMatchObject({ isComplete: true, tokens: [{ id: 0 }], summary });
    expect(await score(engine, { ids: ids.slice(0, 9), from: 40 })).toMatchObject({ isComplete: true, summary });
  });

  it('stop within one run when they are cancelled, and share the engine with answers', async () => {
    const stream = await engine.score({ scoringId: 'long', ...wholeText, ids });
    await stream.next();
    const sampling = { ...greedy, maxTokens: 1 };
    const other = { generationId: 'other', promptIds: [0], sampling };
    await expect(engine.generate(other)).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
    engine.cancel('long');
    const next = engine.generate(other);
    const events: ScoreEvent[] = [];
    for await (const event of stream) events.push(event);
    expect(events).toMatchObject([{ type: 'end', isComplete: false, summary: { scoredTokens: 0 } }]);
    for await (const event of await next) if (event.type === 'end') expect(event.reason).not.toBe('cancelled');
    const left = await engine.score({ scoringId: 'left', ...wholeText, ids });
    await left.next();
    await left.return();
    expect((await score(engine, { ids })).isComplete).toBe(true);
  });
});
