/** What the service makes of a tree beyond what the property test plays: seeds, stop tokens, what is busy, read only or purged. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChatService } from '../../../main/chat/chat-service.ts';
import { ChatStore } from '../../../main/chat/store.ts';
import type { Message } from '../../../main/contract/chat.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { stopId, WordEngine, wordModel } from '../../fixtures/word-engine.ts';

function setUp(path = join(temporaryFolder(), 'history.sqlite'), seed: number | null = null) {
  const engine = new WordEngine();
  engine.ids = [3, 4];
  const { client } = engine;
  const forgotten: number[][] = [];
  const models = {
    ready: () => Promise.resolve({ engine: client, model: wordModel }),
    loaded: () => ({ engine: client, model: wordModel }),
    checkFree: () => undefined,
    cancel: () => client.cancel({ generationId: '' }),
    forget: (prompts: number[][]) => Promise.resolve(void forgotten.push(...prompts)),
    async *generating<Event>(body: () => AsyncIterable<Event>): AsyncGenerator<Event> {
      yield* body();
    },
  };
  const store = new ChatStore(path);
  const defaults = () => ({ ...defaultSampling, seed });
  const options = { store, models, defaultSampling: defaults, workbenchVersion: '0', logger: silentLogger };
  return { engine, chat: new ChatService(options), store, path, forgotten };
}

async function ended(
  chat: ChatService,
  id: string,
  begin: () => Promise<{ assistantMessageId: string }>,
): Promise<Message> {
  const watched = chat.watch(id);
  await watched.next();
  await begin();
  for await (const event of watched) if (event.type === 'end') return event.message;
  throw new Error('The stream ended before the answer did.');
}

test('another answer to a question draws its own seed, unless one is asked for', async () => {
  const { engine, chat } = setUp(undefined, 42);
  const { id } = chat.create('');
  const first = await ended(chat, id, () => chat.send(id, { text: 'mot1' }));
  const parentId = first.parentId ?? '';
  await ended(chat, id, () => chat.answer(id, { parentId }));
  await ended(chat, id, () => chat.answer(id, { parentId, sampling: { seed: 5 } }));
  await ended(chat, id, () =>
    chat.answer(id, { parentId, takeOver: { messageId: first.id, tokens: 1, alternativeId: null } }),
  );
  const reworded = chat.edit(id, parentId, 'mot2');
  await ended(chat, id, () => chat.answer(id, { parentId: reworded }));
  expect(engine.seeds).toEqual([42, null, 5, 42, 42]);
});

test('a token that ends answers, chosen among the alternatives, ends this one there', async () => {
  const { engine, chat, store } = setUp();
  const { id } = chat.create('');
  const first = await ended(chat, id, () => chat.send(id, { text: 'mot1' }));
  const [token, last] = first.tokens;
  if (token === undefined || last === undefined) throw new Error('There is no answer.');
  const alternatives = [...last.alternatives, { id: stopId, piece: '</s>', logProbability: -3 }];
  store.putTokens(first.id, 1, [{ ...last, alternatives }]);
  const takeOver = { messageId: first.id, tokens: 1, alternativeId: stopId };
  const cut = await ended(chat, id, () => chat.answer(id, { parentId: first.parentId ?? '', takeOver }));
  expect(cut).toMatchObject({
    status: 'complete',
    finishReason: 'stop-token',
    text: ' mot3',
    ids: [3],
    takenTokens: 1,
  });
  expect(chat.get(id).messages[1]).toEqual(cut);
  expect(engine.prompts).toHaveLength(1);
});

test('while an answer is under way its branch stays, others may change, and it is found again', async () => {
  const { engine, chat } = setUp();
  const { id } = chat.create('');
  const first = await ended(chat, id, () => chat.send(id, { text: 'mot1' }));
  const [question] = chat.get(id).messages;
  engine.ending = 'hold';
  const { userMessageId, assistantMessageId } = await chat.send(id, { text: 'mot2' });
  await expect.poll(() => engine.isHeld).toBe(true);
  for (const messageId of [question?.id ?? '', first.id, userMessageId, assistantMessageId]) {
    expect(() => chat.removeMessage(id, messageId)).toThrow(expect.objectContaining({ code: 'CONVERSATION_BUSY' }));
    expect(() => chat.edit(id, messageId, 'mot9')).toThrow(expect.objectContaining({ code: 'CONVERSATION_BUSY' }));
  }
  await expect(chat.answer(id, { parentId: userMessageId })).rejects.toMatchObject({ code: 'CONVERSATION_BUSY' });
  chat.show(id, first.id);
  expect(chat.get(id).messages.at(-1)).toMatchObject({ id: assistantMessageId, text: ' mot3 mot4' });
  expect(chat.get(id).tree.at(-1)).toMatchObject({ status: 'streaming', excerpt: 'mot3 mot4' });
  await chat.stop(id);
  await expect.poll(() => chat.get(id).messages.at(-1)?.status).toBe('stopped');
});

test('what the engine holds of removed messages goes when the workbench is closed, or opened after it was killed', async () => {
  const { chat, path, forgotten } = setUp();
  const { id } = chat.create('');
  await ended(chat, id, () => chat.send(id, { text: 'mot1' }));
  const kept = await ended(chat, id, () => chat.send(id, { parentId: null, text: 'mot2' }));
  chat.show(id, chat.get(id).tree[0]?.id ?? '');
  chat.removeMessage(id, chat.get(id).messages[0]?.id ?? '');
  expect(forgotten).toEqual([]);
  const killed = setUp(path);
  expect(killed.forgotten).toEqual([[1, stopId]]);
  expect(killed.chat.get(id).messages.at(-1)).toEqual(kept);
  killed.chat.removeMessage(id, kept.id);
  await killed.chat.close();
  expect(killed.forgotten).toEqual([
    [1, stopId],
    [2, stopId],
  ]);
  expect(setUp(path).chat.get(id).tree).toHaveLength(1);
});

test('a conversation that is read only can be shown and planned, and nothing else', async () => {
  const { chat, path } = setUp();
  const { id } = chat.create('');
  const answer = await ended(chat, id, () => chat.send(id, { text: 'mot1' }));
  const database = new DatabaseSync(path);
  database.exec('UPDATE conversation SET is_read_only = 1');
  database.close();
  const refused = expect.objectContaining({ code: 'CONVERSATION_READ_ONLY' }) as unknown;
  expect(() => chat.edit(id, answer.id, 'mot2')).toThrow(refused as Error);
  expect(() => chat.removeMessage(id, answer.id)).toThrow(refused as Error);
  expect(() => chat.restoreMessage(id, answer.id)).toThrow(refused as Error);
  expect(() => chat.configure(id, { mode: 'text' })).toThrow(refused as Error);
  await expect(chat.send(id, { text: 'mot2' })).rejects.toEqual(refused);
  await expect(chat.answer(id, { parentId: answer.parentId ?? '' })).rejects.toEqual(refused);
  chat.show(id, answer.id);
  expect((await chat.plan(id, { text: 'mot2' }))?.refusal).toBe(null);
});
