import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import type { Contender, SideBySideRun } from '../../../main/contract/side-by-side.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import type { HeldEngine } from '../../../main/models/index.ts';
import { RunStore, SideBySideService } from '../../../main/side-by-side/index.ts';
import { ScriptedEngine, scriptedModel } from '../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const prompt = { kind: 'text', text: 'Quelle est la capitale ?' } as const;
const contender = (modelId: string | null, change: Partial<Contender> = {}): Contender => ({
  ...{ modelId, mode: 'chat' as const, systemPrompt: '', sampling: {} },
  ...change,
});

/** A service over an engine that loads any model but `broken`, and says what it did. */
function setUp(path = join(temporaryFolder(), 'history.sqlite')) {
  const engine = new ScriptedEngine();
  const calls: string[] = [];
  const state = { isBusy: false, loaded: 'chosen', restoreError: null as WorkbenchError | null };
  const held = {
    chosenId: 'chosen',
    load: (id: string) => {
      calls.push(`load ${id}`);
      if (id === 'broken')
        return Promise.reject(new WorkbenchError('MEMORY_INSUFFICIENT', 'too large', { action: 'Smaller.' }));
      const wasLoaded = state.loaded === id;
      state.loaded = id;
      return Promise.resolve({ engine: engine.client, model: { ...scriptedModel, name: id }, wasLoaded });
    },
    generating: <Event>(body: () => AsyncIterable<Event>) => body() as AsyncGenerator<Event>,
    cancel: (client: typeof engine.client, generationId: string) => client.cancel({ generationId }),
    release: ({ isClosing = false } = {}) => {
      calls.push(isClosing ? 'let go' : 'put back');
      state.isBusy = false;
      return Promise.resolve(state.restoreError);
    },
  };
  const models = {
    list: () => Promise.resolve([]),
    hold: () => {
      if (state.isBusy) throw new WorkbenchError('ENGINE_BUSY', 'Busy.', { action: 'Wait.' });
      state.isBusy = true;
      return held as unknown as HeldEngine;
    },
  };
  const store = new RunStore(path);
  const service = new SideBySideService({
    ...{ store, models, workbenchVersion: '0.0.0', logger: silentLogger },
    defaultSampling: () => defaultSampling,
  });
  return { service, engine, calls, state, path, store };
}

async function ended(service: SideBySideService, runId: string): Promise<SideBySideRun> {
  for await (const event of service.watch(runId)) {
    if (event.type === 'run' && !['running', 'restoring'].includes(event.run.status)) return event.run;
  }
  throw new Error('The stream ended before the run did.');
}

test('each model is loaded once, the loaded one first; seed and settings are those of the run', async () => {
  const { service, calls, engine } = setUp();
  engine.script = [' Paris', '.'];
  const contenders = [
    contender('other', { sampling: { temperature: 0 } }),
    contender(null, { sampling: { seed: 5 }, systemPrompt: 'Sois bref.' }),
    contender('other'),
  ];
  const { runId } = await service.start({ prompt, contenders, seed: null });
  const run = await ended(service, runId);
  expect(calls).toEqual(['load chosen', 'load other', 'load other', 'put back']);
  expect(run.status).toBe('complete');
  expect(run.answers.map(({ text, status, loadMs }) => [text, status, loadMs])).toEqual([
    [' Paris.', 'complete', 10],
    [' Paris.', 'complete', null],
    [' Paris.', 'complete', null],
  ]);
  expect(run.answers.map(({ sampling }) => sampling?.seed)).toEqual([run.seed, 5, run.seed]);
  expect(run.answers[0]?.sampling).toEqual({ ...defaultSampling, temperature: 0, seed: run.seed });
  expect(engine.prompts[0]).toEqual([
    { role: 'system', text: 'Sois bref.' },
    { role: 'user', text: prompt.text },
  ]);
  expect(service.get(runId)).toEqual(run);
  expect(service.receipt(runId, 0)).toMatchObject({ generatedIds: [6, 1], model: { name: 'other' } });
  expect(service.list()).toMatchObject([{ id: runId, contenderCount: 3, excerpt: prompt.text, status: 'complete' }]);
});

test('a contender that fails, or whose answer breaks off, ends nobody else', async () => {
  const { service, engine, calls } = setUp();
  engine.script = ['La', 'crash'];
  const contenders = [contender('broken'), contender('other')];
  const { runId } = await service.start({ prompt, contenders, seed: 1 });
  const { answers, status } = await ended(service, runId);
  expect(status).toBe('complete');
  expect(answers).toMatchObject([
    { status: 'failed', error: { code: 'MEMORY_INSUFFICIENT' }, text: '' },
    { status: 'interrupted', error: { code: 'ENGINE_CRASHED' }, text: 'La' },
  ]);
  expect(service.receipt(runId, 1)).toBeNull();
  expect(calls.at(-1)).toBe('put back');
});

test('a stop keeps what there is, and asks no one else; the model of before is put back', async () => {
  const { service, engine, calls } = setUp();
  engine.script = ['La', 'wait', ' fin'];
  const { runId } = await service.start({ prompt, contenders: [contender(null), contender('other')], seed: 1 });
  await expect.poll(() => service.get(runId).answers[0]?.text).toBe('La');
  service.stop(runId);
  const { answers, status } = await ended(service, runId);
  expect(status).toBe('stopped');
  expect(answers).toMatchObject([
    { status: 'stopped', text: 'La', finishReason: 'cancelled' },
    { status: 'stopped', text: '', model: null },
  ]);
  expect(calls).toEqual(['load chosen', 'put back']);
});

test('an engine that is held is refused to a second run, of which nothing is stored', async () => {
  const { service, engine } = setUp();
  engine.script = ['wait'];
  const contenders = [contender(null), contender('other')];
  const { runId } = await service.start({ prompt, contenders, seed: 1 });
  await expect(service.start({ prompt, contenders, seed: 1 })).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  const empty = service.start({ prompt: { kind: 'text', text: ' ' }, contenders, seed: 1 });
  await expect(empty).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
  expect(service.list()).toHaveLength(1);
  await service.remove(runId);
  expect(service.list()).toEqual([]);
  expect(() => service.get(runId)).toThrow(expect.objectContaining({ code: 'COMPARISON_NOT_FOUND' }));
});

test('that the model of before cannot come back is part of the run', async () => {
  const { service, state } = setUp();
  state.restoreError = new WorkbenchError('MODEL_FILE_CORRUPT', 'gone', { action: 'Again.' });
  const { runId } = await service.start({ prompt, contenders: [contender('other'), contender('third')], seed: 1 });
  expect(await ended(service, runId)).toMatchObject({
    status: 'complete',
    restoreError: { code: 'MODEL_FILE_CORRUPT' },
  });
});

test('a killed workbench keeps what was stored, and marks it', async () => {
  const { service, engine, path } = setUp();
  engine.script = ['La', ' mer', 'wait'];
  const { runId } = await service.start({ prompt, contenders: [contender(null), contender('other')], seed: 1 });
  await expect.poll(() => service.get(runId).answers[0]?.tokens.length).toBe(2);
  // The next token is stored with those that wait.
  await new Promise((resolve) => setTimeout(resolve, 300));
  engine.script.push(' monte', 'wait');
  engine.release();
  await expect.poll(() => service.get(runId).answers[0]?.tokens.length).toBe(3);
  // No close(): the process is gone.
  const run = new RunStore(path).run(runId);
  expect(run).toMatchObject({ status: 'interrupted', answers: [{ text: 'La mer monte' }, { text: '' }] });
  expect(run.answers.map(({ status }) => status)).toEqual(['interrupted', 'interrupted']);
  expect(run.answers[0]?.tokens).toHaveLength(3);
});

test('closing stores what there is, and a damaged token ends what can be shown, not the run', async () => {
  const { service, engine, path, calls } = setUp();
  engine.script = ['La', ' mer', 'wait'];
  const { runId } = await service.start({ prompt, contenders: [contender(null), contender('other')], seed: 1 });
  await expect.poll(() => service.get(runId).answers[0]?.tokens.length).toBe(2);
  await service.close();
  expect(calls.at(-1)).toBe('let go');
  const database = new DatabaseSync(path);
  database.exec("UPDATE side_by_side_token SET data = '{' WHERE token_position = 1");
  database.close();
  const { status, answers } = new RunStore(path).run(runId);
  expect([status, answers[0]?.text, answers[0]?.tokens.length]).toEqual(['stopped', 'La mer', 1]);
});

test('the turns of a conversation are the prompt of a chat, behind a system prompt of its own', async () => {
  const { service, engine } = setUp();
  const turns = [
    { role: 'user', text: 'Bonjour' },
    { role: 'assistant', text: 'Bonjour !' },
    { role: 'user', text: 'Qui es-tu ?' },
  ] as const;
  const contenders = [contender(null), contender(null, { systemPrompt: 'Sois bref.' })];
  const { runId } = await service.start({ prompt: { kind: 'turns', turns: [...turns] }, contenders, seed: 1 });
  await ended(service, runId);
  expect(engine.prompts).toEqual([turns, [{ role: 'system', text: 'Sois bref.' }, ...turns]]);
});

test('Markdown says where the answers part; fences and pieces survive backticks', async () => {
  const { service, engine } = setUp();
  engine.script = ['```js', ' fin'];
  const { runId } = await service.start({ prompt, contenders: [contender(null), contender('other')], seed: 3 });
  await ended(service, runId);
  const { text, name } = service.export(runId, 'markdown', 0);
  expect(name).toMatch(/^lucie-side-by-side-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.md$/);
  expect(text).toContain('````text\n```js fin\n````');
  expect(text).toContain('- the same answer');
  const json = JSON.parse(service.export(runId, 'json', 0).text) as Record<string, unknown>;
  expect(json).toMatchObject({ format: 'lucie-workbench-side-by-side', version: 1, id: runId, seed: 3 });
});
