/** The limits of a generation: cancellation, length, context, one at a time, seeds. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import { answer, demoFolder, greedy } from './demo-models.ts';

describe('generate', () => {
  const engine = new Engine();
  let promptIds: number[];
  const longPrompt = Array.from({ length: 900 }, (_, i) => 300 + (i % 5_000));
  const warm = { ...greedy, temperature: 1, maxTokens: 30 };

  beforeAll(async () => {
    await engine.load(demoFolder, 'auto');
    promptIds = (await engine.encodeChat([{ role: 'user', text: 'Qui es-tu ?' }], true)).ids;
  });

  it('stops within one step when it is cancelled, and keeps what it had', async () => {
    const whole = await answer(engine, promptIds);
    const cut = await answer(engine, promptIds, greedy, (_, events) => {
      if (events.filter(({ type }) => type === 'token').length === 5) engine.cancel('test');
    });
    expect(cut.end.reason).toBe('cancelled');
    expect(cut.ids).toEqual(whole.ids.slice(0, 5));
    expect(engine.memory().cachedTokens).toBe(promptIds.length + 4);
    expect((await answer(engine, promptIds)).ids).toEqual(whole.ids);
  });

  it('notices a cancellation that arrives while the model runs', async () => {
    const sampling = { ...warm, temperature: 5, maxTokens: null, seed: 1 };
    const timer = setTimeout(() => engine.cancel('test'), 30);
    const { end, ids } = await answer(engine, promptIds, sampling);
    clearTimeout(timer);
    expect(ids.length).toBeLessThan(900);
    expect(end.reason).toBe('cancelled');
  });

  it('stops a long prefill between two chunks, and goes on from there', async () => {
    const cut = await answer(engine, longPrompt, greedy, (event) => {
      if (event.type === 'prefill' && event.progress.done > 100) engine.cancel('test');
    });
    expect(cut.end).toMatchObject({ reason: 'cancelled', statistics: { generatedTokens: 0, decodeMs: 0 } });
    const done = cut.end.statistics.prefilledTokens;
    expect(done).toBeGreaterThan(100);
    expect(done).toBeLessThan(700);
    const { events, end } = await answer(engine, longPrompt, { ...greedy, maxTokens: 1 });
    expect(end.statistics).toMatchObject({ reusedTokens: done, prefilledTokens: 900 - done });
    const progress = events.flatMap((event) => (event.type === 'prefill' ? [event.progress.done] : []));
    expect(progress[0]).toBe(0);
    expect(progress.at(-1)).toBe(900 - done);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('ends when its reader goes away', async () => {
    for await (const event of await engine.generate({ generationId: 'left', promptIds, sampling: greedy })) {
      if (event.type === 'token') break;
    }
    const unread = await engine.generate({ generationId: 'unread', promptIds, sampling: greedy });
    await unread.return();
    expect((await answer(engine, promptIds)).end.reason).toBe('stop-token');
  });

  it('ends with the signal of the call', async () => {
    const controller = new AbortController();
    const reasons: string[] = [];
    for await (const event of await engine.generate(
      { generationId: 'signal', promptIds, sampling: greedy },
      controller.signal,
    )) {
      if (event.type === 'token') controller.abort();
      if (event.type === 'end') reasons.push(event.reason);
    }
    expect(reasons).toEqual(['cancelled']);
  });

  it('cancels one that still waits for the end of another', async () => {
    const first = await engine.generate({ generationId: 'first', promptIds, sampling: greedy });
    await first.next();
    engine.cancel('first');
    const second = engine.generate({ generationId: 'second', promptIds, sampling: greedy });
    engine.cancel('second');
    for await (const _ of first);
    const events = [];
    for await (const event of await second) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'cancelled', statistics: { generatedTokens: 0 } });
  });

  it('is free again when a call was aborted before its stream was read', async () => {
    const controller = new AbortController();
    await engine.generate({ generationId: 'aborted', promptIds, sampling: greedy }, controller.signal);
    controller.abort();
    expect((await answer(engine, promptIds)).end.reason).toBe('stop-token');
  });

  it('runs one at a time', async () => {
    const first = await engine.generate({ generationId: 'first', promptIds, sampling: greedy });
    await expect(engine.generate({ generationId: 'second', promptIds, sampling: greedy })).rejects.toMatchObject({
      code: 'ENGINE_BUSY',
    });
    engine.cancel('second');
    expect((await first.next()).done).toBe(false);
    await first.return();
    expect((await answer(engine, promptIds)).ids.length).toBeGreaterThan(0);
  });

  it('starts the next answer as soon as one that is being stopped has ended', async () => {
    const first = await engine.generate({ generationId: 'first', promptIds, sampling: greedy });
    await first.next();
    engine.cancel('first');
    const next = engine.generate({ generationId: 'next', promptIds, sampling: greedy });
    const reasons: string[] = [];
    for await (const event of first) if (event.type === 'end') reasons.push(event.reason);
    for await (const event of await next) if (event.type === 'end') reasons.push(event.reason);
    expect(reasons).toEqual(['cancelled', 'stop-token']);
  });

  it('stops at the limit that was asked for and at the end of the context', async () => {
    const limited = await answer(engine, promptIds, { ...greedy, maxTokens: 3 });
    expect(limited).toMatchObject({ end: { reason: 'max-tokens', statistics: { generatedTokens: 3 } } });
    const nearlyFull = Array.from({ length: 1_020 }, (_, i) => 300 + (i % 5_000));
    const full = await answer(engine, nearlyFull, { ...warm, temperature: 5, maxTokens: null, seed: 3 });
    expect(full).toMatchObject({ end: { reason: 'context-full', statistics: { generatedTokens: 4 } } });
  });

  it.each<[string, () => number[], string]>([
    ['an empty prompt', () => [], 'PROMPT_EMPTY'],
    ['a prompt that fills the context', () => new Array<number>(1_024).fill(300), 'CONTEXT_EXCEEDED'],
    ['an id outside the vocabulary', () => [0, 6_144], 'INVALID_INPUT'],
  ])('refuses %s', async (_name, ids, code) => {
    await expect(engine.generate({ generationId: 'bad', promptIds: ids(), sampling: greedy })).rejects.toMatchObject({
      code,
    });
  });

  it('says how long the prompt is and how long it may be', async () => {
    const ids = new Array<number>(1_500).fill(300);
    await expect(engine.generate({ generationId: 'bad', promptIds: ids, sampling: greedy })).rejects.toMatchObject({
      details: { tokens: 1_500, limit: 1_024 },
    });
  });

  it('repeats an answer for its seed, and reports the seed that it drew', async () => {
    const drawn = await answer(engine, promptIds, { ...warm, temperature: 1.5, seed: null });
    const { seed } = drawn.end.statistics;
    expect((await answer(engine, promptIds, { ...warm, temperature: 1.5, seed })).ids).toEqual(drawn.ids);
    const others = await Promise.all([1, 2, 3].map(async (n) => (await runAfter(n)).join()));
    expect(new Set([...others, drawn.ids.join()]).size).toBeGreaterThan(1);
  });

  let queue: Promise<unknown> = Promise.resolve();
  function runAfter(seed: number): Promise<number[]> {
    const result = queue.then(async () => (await answer(engine, promptIds, { ...warm, temperature: 1.5, seed })).ids);
    queue = result;
    return result;
  }
});
