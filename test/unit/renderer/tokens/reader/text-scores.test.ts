import { describe, expect, it } from 'vitest';
import type { ScoredToken, ScoreEvent } from '../../../../../main/contract/scoring.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { commonLength } from '../../../../../renderer/tokens/reader/score-columns.ts';
import { TextScores } from '../../../../../renderer/tokens/reader/text-scores.svelte.ts';
import { WorkbenchError } from '../../../../../main/contract/errors.ts';
import { cutText } from './cut-text.ts';

interface Asked {
  text: string;
  from: number;
  window: { length: number; stride: number } | null;
}

const scored = (id: number, logProbability: number | null): ScoredToken => ({
  id,
  piece: `p${id}`,
  text: '',
  logProbability,
  rank: logProbability === null ? null : 2,
  entropy: logProbability === null ? null : 1.5,
  alternatives: logProbability === null ? [] : [{ id: 9, piece: 'p9', logProbability: -0.25 }],
});

/** A model that cuts as `cutText` does, puts one token before, and finds every token as probable as its place says. */
function scoresOf({ limit = 1_000, gate = Promise.resolve() }: { limit?: number; gate?: Promise<unknown> } = {}) {
  const asked: Asked[] = [];
  async function* events({ text, from, window }: Asked): AsyncGenerator<ScoreEvent> {
    const ids = [0, ...cutText(text).tokens.ids];
    if (window === null && ids.length > limit) {
      throw new WorkbenchError('CONTEXT_EXCEEDED', 'too long', { action: 'shorten', details: { limit } });
    }
    for (const [place, id] of ids.entries()) {
      if (place >= from) await gate;
      const tokens = [scored(id, place < from ? null : -place)];
      const progress = { phase: 'score', done: place, total: ids.length, unit: 'tokens' as const };
      yield { type: 'tokens', tokens, progress, remainingMs: 5 };
    }
    const summary = { scoredTokens: 0, nats: 0, perplexity: null, utf8ByteCount: 0, bitsPerByte: null };
    yield { type: 'end', isComplete: true, summary, next: { entropy: 1, alternatives: [] } };
  }
  const score = async (input: Asked) => {
    asked.push(input);
    return events(input);
  };
  return { scores: new TextScores({ client: { tokens: { score } } } as unknown as Connection), asked };
}

async function scoreText(scores: TextScores, text: string, contextLength: number | null = 1_000) {
  const { tokens } = cutText(text);
  scores.match(tokens, true);
  await scores.start({ text, tokens, model: 'demo', contextLength });
}

describe('TextScores', () => {
  it('scores every token of the text, leaves out what stands before it, and tells what may come next', async () => {
    const { scores } = scoresOf();
    await scoreText(scores, 'un deux trois');
    expect(scores.known).toBe(3);
    expect([0, 1, 2].map((index) => scores.scoreOf(index)?.logProbability)).toEqual([-1, -2, -3]);
    expect(scores.alternatives(1)).toEqual([{ id: 9, piece: 'p9', logProbability: -0.25 }]);
    expect(scores.sum(1, 3)).toEqual({ tokens: 2, nats: 5 });
    expect(scores.next).toEqual({ entropy: 1, alternatives: [] });
    expect(scores.progress).toBeNull();
    expect(scores.scoreOf(3)).toBeNull();
  });

  it('keeps the unchanged beginning of a changed text, and asks for the rest only', async () => {
    const { scores, asked } = scoresOf();
    await scoreText(scores, 'un deux trois');
    scores.match(cutText('un deux quatre').tokens, true);
    expect([scores.known, scores.next]).toEqual([2, null]);
    await scoreText(scores, 'un deux quatre cinq');
    expect(asked.map(({ from }) => from)).toEqual([1, 3]);
    expect(scores.known).toBe(4);
    expect([0, 3].map((index) => scores.scoreOf(index)?.logProbability)).toEqual([-1, -4]);
  });

  it('shows less while a text is cut anew, and all again when it is the same', async () => {
    const { scores } = scoresOf();
    await scoreText(scores, 'un deux trois');
    scores.match(cutText('un deux trois', { done: 7 }).tokens, false);
    expect(scores.known).toBe(2);
    scores.match(cutText('un deux trois').tokens, true);
    expect(scores.known).toBe(3);
  });

  it('asks by windows of the context with half of it as stride, also where the limit is known only then', async () => {
    const known = scoresOf();
    await scoreText(known.scores, 'un deux trois quatre', 4);
    expect(known.asked.map(({ window }) => window)).toEqual([{ length: 4, stride: 2 }]);
    const unknown = scoresOf({ limit: 4 });
    await scoreText(unknown.scores, 'un deux trois quatre', null);
    expect(unknown.asked.map(({ window }) => window)).toEqual([null, { length: 4, stride: 2 }]);
    expect(unknown.scores.error).toBeNull();
  });

  it('says that the text is cut otherwise by the model, and shows no score of it', async () => {
    const { scores } = scoresOf();
    const { tokens } = cutText('un deux cinq');
    await scores.start({ text: 'un deux trois', tokens, model: 'demo', contextLength: 1_000 });
    expect([scores.isOtherTokenizer, scores.known]).toEqual([true, 0]);
    scores.match(tokens, true);
    expect(scores.isOtherTokenizer).toBe(true);
    scores.match(cutText('un deux trois').tokens, true);
    expect(scores.isOtherTokenizer).toBe(false);
  });

  it('drops the scores of another model', async () => {
    const { scores } = scoresOf();
    await scoreText(scores, 'un deux');
    scores.useModel('demo');
    expect(scores.known).toBe(2);
    scores.useModel('lucie');
    expect(scores.known).toBe(0);
  });

  it('stops when the text becomes another, and keeps what is there', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { scores } = scoresOf({ gate: gate.promise });
    const running = scoreText(scores, 'un deux trois');
    await expect.poll(() => scores.progress).not.toBeNull();
    scores.match(cutText('un').tokens, true);
    expect(scores.progress).toBeNull();
    gate.resolve(undefined);
    await running;
    expect(scores.known).toBe(0);
  });

  it('stops when the text is cleared', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { scores } = scoresOf({ gate: gate.promise });
    const running = scoreText(scores, 'un deux trois');
    await expect.poll(() => scores.progress).not.toBeNull();
    scores.match(null, false);
    expect(scores.progress).toBeNull();
    gate.resolve(undefined);
    await running;
  });

  it('tells why it failed', async () => {
    const { scores } = scoresOf({ limit: 2 });
    await scoreText(scores, 'un deux trois', 1_000);
    expect(scores.progress).toBeNull();
    expect(scores.error).toBeNull();
    const failing = {
      client: {
        tokens: { score: () => Promise.reject(new WorkbenchError('ENGINE_BUSY', 'busy', { action: 'wait' })) },
      },
    };
    const other = new TextScores(failing as unknown as Connection);
    await scoreText(other, 'un');
    expect(other.error?.code).toBe('ENGINE_BUSY');
  });
});

it('commonLength counts equal ids from the first on', () => {
  expect(commonLength(Uint32Array.of(1, 2, 3), Uint32Array.of(1, 2, 4, 5))).toBe(2);
  expect(commonLength(Uint32Array.of(), Uint32Array.of(1))).toBe(0);
});
