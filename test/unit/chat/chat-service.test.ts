import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ChatService } from '../../../main/chat/chat-service.ts';
import { ChatStore } from '../../../main/chat/store.ts';
import type { AnswerEnd } from '../../../main/contract/chat-answers.ts';
import type { ChatEvent, Message } from '../../../main/contract/chat.ts';
import type { LoadedModel } from '../../../main/contract/engine.ts';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import type { EngineClient } from '../../../main/models/index.ts';
import { ScriptedEngine, scriptedFingerprint, scriptedModel } from '../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function setUp(path = join(temporaryFolder(), 'history.sqlite'), engine = new ScriptedEngine()) {
  let isBusy = false;
  const forgotten: number[][][] = [];
  const loaded = { model: scriptedModel, forgetFails: false };
  const models = {
    ready: () => Promise.resolve({ engine: engine.client, model: scriptedModel }),
    loaded: () => ({ engine: engine.client, model: scriptedModel }),
    cancel: (client: EngineClient, generationId: string) => client.cancel({ generationId }),
    forget(prompts: number[][]) {
      forgotten.push(prompts);
      return loaded.forgetFails ? Promise.reject(new Error('The engine is gone.')) : Promise.resolve();
    },
    checkFree(model?: LoadedModel) {
      if (model !== loaded.model)
        throw new WorkbenchError('ENGINE_BUSY', 'The model was changed.', { action: 'Wait.' });
      if (isBusy) throw new WorkbenchError('ENGINE_BUSY', 'Another answer is being generated.', { action: 'Wait.' });
    },
    async *generating<Event>(body: () => AsyncIterable<Event>) {
      isBusy = true;
      try {
        yield* body();
      } finally {
        isBusy = false;
      }
    },
  };
  const store = new ChatStore(path);
  const ends: AnswerEnd[] = [];
  const chat = new ChatService({
    store,
    models,
    defaultSampling: () => defaultSampling,
    workbenchVersion: '0.0.0',
    onAnswerEnd: (end) => void ends.push(end),
    logger: silentLogger,
  });
  return { engine, chat, store, loaded, ends, forgotten, path, conversationId: chat.create('').id };
}

/** Follows a conversation until its answer ends. */
async function ended(
  chat: ChatService,
  conversationId: string,
): Promise<{ message: Message; events: ChatEvent['type'][] }> {
  const events: ChatEvent['type'][] = [];
  const leave = new AbortController();
  for await (const event of chat.watch(conversationId, leave.signal)) {
    events.push(event.type);
    if (event.type === 'end') return { message: event.message, events };
  }
  throw new Error('The stream ended before the answer did.');
}

test('the end of an answer is told with the title of its conversation and nothing of its text', async () => {
  const { chat, conversationId, engine, ends } = setUp();
  engine.script = [' Paris', '.'];
  const end = ended(chat, conversationId);
  const { assistantMessageId } = await chat.send(conversationId, { text: 'Quelle est la capitale ?' });
  const { message } = await end;
  await expect.poll(() => ends).toHaveLength(1);
  const { endedAt = 0, ...told } = ends[0] ?? {};
  expect(told).toEqual({
    conversationId,
    title: 'Quelle est la capitale ?',
    messageId: assistantMessageId,
    status: 'complete',
    startedAt: message.createdAt,
  });
  expect(endedAt).toBeGreaterThanOrEqual(message.createdAt);
});

test('an answer is streamed, stored, and the conversation named after the question', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = [' Paris', '.'];
  const end = ended(chat, conversationId);
  const { assistantMessageId } = await chat.send(conversationId, { text: 'Quelle est la capitale ?' });
  const { message, events } = await end;
  expect(events).toEqual(['conversation', 'conversation', 'prefill', 'token', 'token', 'end']);
  expect(message).toMatchObject({
    id: assistantMessageId,
    text: ' Paris.',
    ids: [6, 1],
    status: 'complete',
    finishReason: 'stop-token',
  });
  const stored = chat.get(conversationId);
  expect(stored.title).toBe('Quelle est la capitale ?');
  expect(stored.messages.map(({ role, status }) => [role, status])).toEqual([
    ['user', 'complete'],
    ['assistant', 'complete'],
  ]);
  // 6 words and the end of the turn.
  expect(stored.messages[0]?.ids).toEqual([6, 3, 2, 8, 1, 267]);
});

test('a watch reports how many tokens an ended answer has; they are read by themselves, the running one brings its own', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = [' Paris', '.'];
  const first = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Où ?' });
  const { message } = await first;
  const watching = chat.watch(conversationId);
  const event = (await watching.next()).value as ChatEvent;
  const reported = event.type === 'conversation' ? event.conversation.messages[1] : null;
  expect(reported).toEqual({ ...message, tokens: [] });
  expect(reported?.tokenCount).toBe(2);
  expect(chat.tokens(message.id)).toEqual(message.tokens);
  expect(chat.tokens('nobody')).toEqual([]);
  await watching.return(undefined);
});

test('the next turn feeds back the ids that the model wrote', async () => {
  const { chat, conversationId, engine } = setUp();
  const first = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Un' });
  await first;
  const second = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Deux' });
  await second;
  expect(engine.prompts[1]).toEqual([
    { role: 'user', text: 'Un' },
    { role: 'assistant', text: ' Paris', ids: [6] },
    { role: 'user', text: 'Deux' },
  ]);
});

test('a stopped answer keeps what it has', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'wait', ' fin'];
  const end = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Raconte' });
  await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La');
  await chat.stop(conversationId);
  expect((await end).message).toMatchObject({ status: 'stopped', text: 'La', finishReason: 'cancelled' });
});

test('an engine crash in mid-answer keeps the partial answer and says why', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'crash'];
  const end = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Raconte' });
  expect((await end).message).toMatchObject({ status: 'interrupted', text: 'La', error: { code: 'ENGINE_CRASHED' } });
  engine.script = [' Paris'];
  const next = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Encore' });
  expect((await next).message.status).toBe('complete');
});

test('a crash before the first token is a failed answer, which the model is never shown', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['crash'];
  const end = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Raconte' });
  expect((await end).message).toMatchObject({ status: 'failed', text: '' });
  engine.script = [' Paris'];
  const next = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Encore' });
  await next;
  expect(engine.prompts[1]?.map(({ role }) => role)).toEqual(['user', 'user']);
});

test.each([
  ['  \n ', 'PROMPT_EMPTY'],
  ['mot '.repeat(70), 'CONTEXT_EXCEEDED'],
])('a refused message stores nothing (%#)', async (text, code) => {
  const { chat, conversationId } = setUp();
  await expect(chat.send(conversationId, { text })).rejects.toMatchObject({ code });
  expect(chat.get(conversationId).messages).toEqual([]);
});

test('one answer at a time: in a conversation, and in the engine', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'wait'];
  const end = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Raconte' });
  await expect(chat.send(conversationId, { text: 'Encore' })).rejects.toMatchObject({ code: 'CONVERSATION_BUSY' });
  await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La');
  await expect(chat.send(chat.create('').id, { text: 'Ailleurs' })).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  engine.release();
  await end;
});

test('who begins to watch in mid-answer sees all of it', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', ' mer', 'wait', ' bleue'];
  await chat.send(conversationId, { text: 'Raconte' });
  await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La mer');
  const texts: string[] = [];
  for await (const event of chat.watch(conversationId)) {
    if (event.type === 'conversation') {
      texts.push(event.conversation.messages[1]?.text ?? '');
      engine.release();
    }
    if (event.type === 'token') texts.push(event.token.text);
    if (event.type === 'end') break;
  }
  expect(texts).toEqual(['La mer', ' bleue']);
});

test('closing stops the answer and stores it; deleting a running conversation removes it', async () => {
  const { chat, conversationId, engine, path } = setUp();
  engine.script = ['La', 'wait'];
  await chat.send(conversationId, { text: 'Raconte' });
  await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La');
  await chat.close();
  const reopened = new ChatStore(path);
  expect(reopened.conversation(conversationId).messages[1]).toMatchObject({ status: 'stopped', text: 'La' });
  const other = setUp();
  other.engine.script = ['La', 'wait'];
  await other.chat.send(other.conversationId, { text: 'Raconte' });
  await other.chat.remove(other.conversationId);
  expect(() => other.chat.get(other.conversationId)).toThrow(WorkbenchError);
});

test('of two conversations that send at the same moment one is refused, and nothing of it stored', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'wait'];
  const other = chat.create('').id;
  const outcomes = await Promise.allSettled([
    chat.send(conversationId, { text: 'Raconte' }),
    chat.send(other, { text: 'Raconte aussi' }),
  ]);
  // Each reads a file on its way: either may be the first.
  const isFirstRefused = outcomes[0].status === 'rejected';
  expect(isFirstRefused ? outcomes.toReversed() : outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'ENGINE_BUSY' } },
  ]);
  expect(chat.get(isFirstRefused ? conversationId : other).messages).toEqual([]);
  await chat.close();
});

test('a conversation that is deleted while a message is sent to it says so', async () => {
  const { chat, conversationId, engine } = setUp();
  const encoding = Promise.withResolvers<undefined>();
  engine.encodesAfter = encoding.promise;
  const sending = chat.send(conversationId, { text: 'Raconte' });
  await chat.remove(conversationId);
  encoding.resolve(undefined);
  await expect(sending).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
});

test.each(['ENGINE_CRASHED', 'DEVICE_LOST', 'OUT_OF_MEMORY'] as const)(
  'a conversation can be deleted although the engine that answers it is gone (%s)',
  async (code) => {
    const { chat, conversationId, engine } = setUp();
    engine.script = ['La', 'wait', 'crash'];
    await chat.send(conversationId, { text: 'Raconte' });
    await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La');
    engine.cancelFails = code;
    await chat.remove(conversationId);
    expect(chat.list()).toEqual([]);
  },
);

test('an answer whose engine had to be ended to stop it is stopped, not broken off', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'wait', 'crash'];
  const end = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Raconte' });
  await expect.poll(() => chat.get(conversationId).messages[1]?.text).toBe('La');
  engine.cancelFails = 'ENGINE_CRASHED';
  await chat.stop(conversationId);
  expect((await end).message).toMatchObject({
    status: 'stopped',
    text: 'La',
    error: null,
    finishReason: 'cancelled',
    statistics: null,
  });
});

test('an answer of another tokenizer goes back as text: its ids would mean something else', async () => {
  const { chat, conversationId, engine, path } = setUp();
  const first = ended(chat, conversationId);
  await chat.send(conversationId, { text: 'Un' });
  await first;
  await chat.close();
  const store = new ChatStore(path);
  const [, written] = store.conversation(conversationId).messages;
  if (written === undefined) throw new Error('The answer was not stored.');
  store.update({ ...written, tokenizer: 'another-hash' });
  store.close();
  const again = setUp(path, engine);
  const second = ended(again.chat, conversationId);
  await again.chat.send(conversationId, { text: 'Deux' });
  await second;
  expect(engine.prompts[1]?.[1]).toEqual({ role: 'assistant', text: ' Paris' });
});

test('an answer has a receipt of what was fed, drawn and written, also after reopening', async () => {
  const { chat, conversationId, engine, path } = setUp();
  engine.script = [' Paris', '.'];
  const end = ended(chat, conversationId);
  const { userMessageId, assistantMessageId } = await chat.send(conversationId, {
    text: 'Quelle est la capitale ?',
    sampling: {
      topK: 4,
    },
  });
  expect(chat.receipt(assistantMessageId)).toBe(null);
  await end;
  const receipt = chat.receipt(assistantMessageId);
  expect(receipt).toMatchObject({
    format: 'lucie-workbench-receipt',
    version: 1,
    workbench: '0.0.0',
    model: { name: 'demo', file: 'onnx/model_q4.onnx', repository: null, ...modelOf(scriptedFingerprint) },
    tokenizerSha256: 'demo-hash',
    runtime: scriptedFingerprint.runtime,
    sampling: { ...defaultSampling, topK: 4, seed: 7 },
    promptIds: [6, 3, 2, 8, 1, 267, 265],
    generatedIds: [6, 1],
    finishReason: 'stop-token',
  });
  expect(chat.receipt(userMessageId)).toBe(null);
  expect(chat.receipt('nobody')).toBe(null);
  await chat.close();
  expect(setUp(path).chat.receipt(assistantMessageId)).toEqual(receipt);
});

test('an answer that broke off, or whose model cannot be read any more, has none', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = ['La', 'crash'];
  const first = ended(chat, conversationId);
  const broken = await chat.send(conversationId, { text: 'Raconte' });
  await first;
  engine.script = [' Paris'];
  engine.hasFingerprint = false;
  const second = ended(chat, conversationId);
  const answered = await chat.send(conversationId, { text: 'Encore' });
  expect((await second).message.status).toBe('complete');
  expect(chat.receipt(broken.assistantMessageId)).toBe(null);
  expect(chat.receipt(answered.assistantMessageId)).toBe(null);
});

test('an answer whose receipt cannot be stored is answered', async () => {
  const { chat, conversationId, store } = setUp();
  vi.spyOn(store, 'keepReceipt').mockImplementation(() => {
    throw new Error('The disk is full.');
  });
  const end = ended(chat, conversationId);
  const { assistantMessageId } = await chat.send(conversationId, { text: 'Raconte' });
  expect((await end).message).toMatchObject({ status: 'complete', text: ' Paris' });
  expect(chat.receipt(assistantMessageId)).toBe(null);
});

test('a message whose model was changed while it was encoded is refused, and nothing of it stored', async () => {
  const { chat, conversationId, engine, loaded } = setUp();
  const encoding = Promise.withResolvers<undefined>();
  engine.encodesAfter = encoding.promise;
  const sending = chat.send(conversationId, { text: 'Raconte' });
  loaded.model = { ...scriptedModel, name: 'other' };
  encoding.resolve(undefined);
  await expect(sending).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  expect(chat.get(conversationId).messages).toEqual([]);
});

test('what the engine holds of a conversation goes with it; an engine that cannot do so hinders nothing', async () => {
  const { chat, conversationId, forgotten, loaded, store } = setUp();
  const other = chat.create('').id;
  for (const [id, text] of [
    [conversationId, 'Un'],
    [other, 'Deux cents'],
    [conversationId, 'Trois'],
  ] as const) {
    const end = ended(chat, id);
    await chat.send(id, { text });
    await end;
  }
  await chat.remove(conversationId);
  expect(forgotten[0]).toHaveLength(2);
  expect(forgotten[0]).toEqual(
    expect.arrayContaining([
      [2, 267, 265],
      [2, 267, 6, 267, 5, 267, 265],
    ]),
  );
  loaded.forgetFails = true;
  await chat.remove(other);
  expect([forgotten[1], chat.list()]).toEqual([[[4, 5, 267, 265]], []]);
  const damaged = chat.create('').id;
  vi.spyOn(store, 'prompts').mockImplementation(() => {
    throw new Error('A blob is damaged.');
  });
  await chat.remove(damaged);
  expect(chat.list()).toEqual([]);
  await chat.close();
});

function modelOf({ graphSha256, weights }: typeof scriptedFingerprint) {
  return { graphSha256, weights };
}

test('another answer, another wording and a branch from a token stand beside what was there', async () => {
  const { chat, conversationId, engine } = setUp();
  engine.script = [' Paris', '.'];
  const first = ended(chat, conversationId);
  const { userMessageId, assistantMessageId } = await chat.send(conversationId, { text: 'La capitale ?' });
  await first;
  const again = ended(chat, conversationId);
  const { assistantMessageId: second } = await chat.answer(conversationId, { parentId: userMessageId });
  await again;
  expect(chat.get(conversationId).messages.map(({ id }) => id)).toEqual([userMessageId, second]);
  const branched = ended(chat, conversationId);
  const takeOver = { messageId: assistantMessageId, tokens: 1, alternativeId: null };
  const { assistantMessageId: third } = await chat.answer(conversationId, { parentId: userMessageId, takeOver });
  expect((await branched).message).toMatchObject({ id: third, takenTokens: 1, editedFrom: assistantMessageId });
  expect(chat.get(conversationId).messages[1]?.text.startsWith(' Paris')).toBe(true);
  const edited = chat.edit(conversationId, userMessageId, 'Et celle de l’Italie ?');
  expect(chat.get(conversationId).messages.map(({ id }) => id)).toEqual([edited]);
  chat.show(conversationId, assistantMessageId);
  expect(chat.get(conversationId).messages[1]?.text).toBe(' Paris.');
  expect(chat.get(conversationId).tree).toHaveLength(5);
});
