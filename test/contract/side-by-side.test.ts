/** Several contenders on one prompt: the real engine, two quantisations of the demo model, through every transport. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workbench } from '../../main/app/index.ts';
import { firstDivergence } from '../../main/contract/first-divergence.ts';
import type { ContenderAnswer, SideBySideEvent, SideBySideRun } from '../../main/contract/index.ts';
import { fullPrecisionDemo } from '../fixtures/full-precision-demo.ts';
import { startWorkbench } from '../fixtures/workbench.ts';
import { transports, type Client, type Connection } from './transports.ts';

const greedy = { temperature: 0, maxTokens: 24 };
const prompt = { kind: 'text', text: 'Quelle est la capitale de la France ?' } as const;
const modelsFolder = mkdtempSync(join(tmpdir(), 'lucie-side-models-'));
let fullPrecision: string;

beforeAll(async () => {
  fullPrecision = await fullPrecisionDemo(modelsFolder);
});
afterAll(() => rmSync(modelsFolder, { recursive: true, force: true }));

/** Everything that is told of a run until it ends. */
async function follow(client: Client, runId: string, onEvent: (event: SideBySideEvent) => void = () => undefined) {
  const events: SideBySideEvent[] = [];
  for await (const event of await client.sideBySide.watch({ runId })) {
    events.push(event);
    onEvent(event);
    if (event.type === 'run' && !['running', 'restoring'].includes(event.run.status)) return { run: event.run, events };
  }
  throw new Error('The stream ended before the run did.');
}

const compared = ({ text, tokens, model }: ContenderAnswer) => ({
  text,
  tokens,
  tokenizerHash: model?.tokenizerHash ?? null,
});

function answersOf(run: SideBySideRun): [ContenderAnswer, ContenderAnswer] {
  return [run.answers[0], run.answers[1]] as [ContenderAnswer, ContenderAnswer];
}

describe.each(transports)('over %s', (_name, connect) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lucie-side-'));
  let workbench: Workbench;
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    workbench = await startWorkbench(dataFolder);
    connection = await connect(workbench.router);
    client = connection.client;
    await client.settings.update({ modelFolders: [fullPrecision] });
    await client.models.load({ id: 'lucie-demo' });
  });
  afterAll(async () => {
    await connection.close();
    await workbench.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('two quantisations: each model is loaded once, both answers are kept, the model of before is back', async () => {
    const contenders = [
      { modelId: fullPrecision, sampling: greedy },
      { modelId: null, sampling: greedy },
      { modelId: fullPrecision, sampling: greedy, mode: 'text' as const },
    ];
    const { runId } = await client.sideBySide.start({ prompt, contenders, seed: 11 });
    const { run, events } = await follow(client, runId);
    expect(run).toMatchObject({ status: 'complete', restoreError: null, seed: 11 });
    expect(run.answers.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete']);
    expect(run.answers.map(({ model }) => [model?.id, model?.file, model?.quantisation?.bits])).toEqual([
      [fullPrecision, 'onnx/model.onnx', 32],
      ['lucie-demo', 'onnx/model_q4.onnx', 4],
      [fullPrecision, 'onnx/model.onnx', 32],
    ]);
    // The loaded one goes first; the other is loaded once for two.
    expect(run.answers.map(({ loadMs }) => loadMs !== null)).toEqual([true, false, false]);
    const ended = events.flatMap((event) =>
      event.type === 'answer' && event.answer.status === 'complete' ? [event.position] : [],
    );
    expect(ended).toEqual([1, 0, 2]);
    const [full, quantised] = answersOf(run);
    expect(quantised.text).toBe('La capitale de la France est Paris.');
    expect(full.tokens.map(({ text }) => text).join('')).toBe(full.text);
    expect(full.sampling).toMatchObject({ ...greedy, seed: 11 });
    expect(full.statistics?.seed).toBe(11);
    // Tokens came one by one.
    const streamed = events.filter((event) => event.type === 'token' && event.position === 2);
    expect(streamed).toHaveLength(run.answers[2]?.tokens.length ?? -1);
    const status = await client.models.status();
    expect(status).toMatchObject({ state: 'ready', model: { name: 'lucie-demo' } });
    expect((await client.settings.get()).modelId).toBeNull();
  });

  test('a run has receipts, is listed, exported and removed', async () => {
    const contenders = [
      { modelId: null, sampling: greedy },
      { modelId: null, sampling: { ...greedy, temperature: 1.5 } },
    ];
    const { runId } = await client.sideBySide.start({ prompt, contenders });
    const { run } = await follow(client, runId);
    const receipt = await client.sideBySide.receipt({ runId, position: 1 });
    expect(receipt).toMatchObject({ sampling: { seed: run.seed, temperature: 1.5 }, device: 'cpu' });
    expect(receipt?.generatedIds).toEqual(run.answers[1]?.tokens.map(({ id }) => id));
    expect((await client.sideBySide.list())[0]).toMatchObject({ id: runId, contenderCount: 2, excerpt: prompt.text });
    expect(await client.sideBySide.get({ runId })).toEqual(run);
    const json = await client.sideBySide.export({ runId, format: 'json' });
    expect(JSON.parse(json.text)).toMatchObject({ version: 1, seed: run.seed, receipts: [{ device: 'cpu' }, receipt] });
    const markdown = await client.sideBySide.export({ runId, format: 'markdown' });
    expect(markdown.text).toContain(`seed ${run.seed}`);
    expect(markdown.text).toContain(run.answers[1]?.text);
    await client.sideBySide.remove({ runId });
    await expect(client.sideBySide.get({ runId })).rejects.toMatchObject({ code: 'COMPARISON_NOT_FOUND' });
  });

  test('who fails ends nobody else; the same settings give the same answer', async () => {
    const contenders = [
      { modelId: null, sampling: { temperature: 1, maxTokens: 12 } },
      { modelId: join(modelsFolder, 'nowhere') },
      { modelId: null, sampling: { temperature: 1, maxTokens: 12 } },
    ];
    const { runId } = await client.sideBySide.start({ prompt, contenders });
    const { run } = await follow(client, runId);
    expect(run.answers.map(({ status }) => status)).toEqual(['complete', 'failed', 'complete']);
    expect(run.answers[1]?.error).toMatchObject({ code: 'MODEL_NOT_FOUND' });
    const [first, , third] = run.answers;
    if (first === undefined || third === undefined) throw new Error('A run keeps all of its answers.');
    expect(firstDivergence(compared(first), compared(third))).toBeNull();
    expect((await client.models.status()).state).toBe('ready');
  });

  test('while a run has the engine nothing else gets it, and it can be stopped', async () => {
    const long = { temperature: 5, maxTokens: 900 };
    const contenders = [
      { modelId: null, sampling: long },
      { modelId: fullPrecision, sampling: long },
    ];
    const { runId } = await client.sideBySide.start({ prompt, contenders, seed: 6 });
    const refusals: unknown[] = [];
    const { run } = await follow(client, runId, (event) => {
      if (event.type !== 'token' || refusals.length > 0) return;
      refusals.push(
        client.tokens.score({ text: 'Bonjour' }).then(
          () => 'scored',
          (error: { code: string }) => error.code,
        ),
        client.models.load({ id: 'lucie-demo' }).then(
          () => 'loaded',
          (error: { code: string }) => error.code,
        ),
        client.sideBySide.start({ prompt, contenders }).then(
          () => 'begun',
          (error: { code: string }) => error.code,
        ),
      );
      void Promise.all(refusals).then(() => client.sideBySide.stop({ runId }));
    });
    expect(await Promise.all(refusals)).toEqual(['ENGINE_BUSY', 'ENGINE_BUSY', 'ENGINE_BUSY']);
    expect(run).toMatchObject({ status: 'stopped', answers: [{ finishReason: 'cancelled' }, { tokens: [] }] });
    expect(run.answers.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
    expect(run.answers[0]?.statistics?.generatedTokens).toBeGreaterThan(0);
    expect(await client.sideBySide.receipt({ runId, position: 0 })).toMatchObject({ finishReason: 'cancelled' });
    expect((await client.models.status()).state).toBe('ready');
  });

  test('what cannot run is refused before anything is stored', async () => {
    const before = await client.sideBySide.list();
    const contenders = [{ modelId: null }, { modelId: null }];
    const empty = client.sideBySide.start({ prompt: { kind: 'text', text: '  ' }, contenders });
    await expect(empty).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
    await expect(client.sideBySide.start({ prompt, contenders: [{ modelId: null }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await client.sideBySide.list()).toEqual(before);
  });
});
