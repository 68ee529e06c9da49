/** A conversation that outgrows the demo model's context of 1,024 tokens: planned, sent, stored, with the real engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Workbench } from '../../main/app/index.ts';
import type { ChatEvent, Message } from '../../main/contract/index.ts';
import { startWorkbench } from '../fixtures/workbench.ts';
import { transports, type Client, type Connection } from './transports.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'lucie-context-'));
const sampling = { temperature: 0, maxTokens: 8 };
let workbench: Workbench;
let connection: Connection;
let client: Client;

beforeAll(async () => {
  workbench = await startWorkbench(dataFolder);
  const connect = new Map(transports).get('in memory');
  if (connect === undefined) throw new Error('There is no transport in memory.');
  connection = await connect(workbench.router);
  client = connection.client;
  await client.models.load({ id: 'lucie-demo' });
});
afterAll(async () => {
  await connection.close();
  await workbench.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function ask(conversationId: string, text: string): Promise<{ message: Message; events: ChatEvent[] }> {
  const events: ChatEvent[] = [];
  const stream = await client.chat.watch({ conversationId });
  await stream.next();
  await client.chat.send({ conversationId, text, sampling });
  for await (const event of stream) {
    events.push(event);
    if (event.type === 'end') return { message: event.message, events };
  }
  throw new Error('The stream ended before the answer did.');
}

/** About 200 tokens; no two alike. */
const longQuestion = (n: number) => `${n} : ${'Parle-moi de la mer et du ciel, je te prie. '.repeat(14)}`;

test('each answer is fed what the plan before it said, and keeps what it was not fed', async () => {
  await client.settings.update({ contextPolicy: 'drop-oldest' });
  const { id: conversationId } = await client.chat.create({});
  const dropped: number[] = [];
  for (let n = 0; n < 8; n++) {
    const text = longQuestion(n);
    const plan = await client.chat.plan({ conversationId, text, sampling });
    const { message, events } = await ask(conversationId, text);
    expect(message.statistics?.promptTokens).toBe(plan?.promptTokens);
    expect(message.context).toEqual({ droppedTurns: plan?.droppedTurns, droppedTokens: plan?.droppedTokens });
    expect(plan).toMatchObject({ policy: 'drop-oldest', contextLength: 1_024, refusal: null });
    expect(plan?.room).toBeGreaterThanOrEqual(8);
    expect((plan?.droppedTurns ?? 0) + (plan?.keptTurns ?? 0)).toBe(n + 1);
    const [prefill] = events.filter((event) => event.type === 'prefill');
    expect(prefill).toHaveProperty('remainingMs');
    dropped.push(plan?.droppedTurns ?? 0);
  }
  expect(dropped[0]).toBe(0);
  expect(dropped.at(-1)).toBeGreaterThanOrEqual(4);
  expect(dropped).toEqual(dropped.toSorted((a, b) => a - b));
  const stored = await client.chat.get({ conversationId });
  expect(stored.messages).toHaveLength(16);
  expect(stored.messages.at(-1)?.context?.droppedTurns).toBe(dropped.at(-1));
});

test('with the policy `stop` the same is refused, before sending and when sent', async () => {
  await client.settings.update({ contextPolicy: 'stop' });
  const { id: conversationId } = await client.chat.create({});
  const texts = [0, 1, 2, 3, 4, 5].map(longQuestion);
  let refusedAt: number | null = null;
  for (const [n, text] of texts.entries()) {
    const plan = await client.chat.plan({ conversationId, text, sampling });
    expect(plan?.droppedTurns).toBe(0);
    if (plan?.refusal === null) {
      expect((await ask(conversationId, text)).message.context).toEqual({ droppedTurns: 0, droppedTokens: 0 });
      continue;
    }
    expect(plan).toMatchObject({ refusal: 'conversation-too-long', room: 0 });
    await expect(client.chat.send({ conversationId, text, sampling })).rejects.toMatchObject({
      code: 'CONTEXT_EXCEEDED',
      details: { tokens: plan?.promptTokens, limit: 1_024 },
    });
    refusedAt = n;
    break;
  }
  expect(refusedAt).toBeGreaterThanOrEqual(3);
});

test('a plan is made without a conversation; none is made where no model is loaded, and none is loaded for it', async () => {
  expect(await client.chat.plan({ conversationId: null, text: 'Bonjour' })).toMatchObject({
    keptTurns: 1,
    refusal: null,
  });
  expect(await client.chat.plan({ conversationId: null, text: longQuestion(0).repeat(9) })).toMatchObject({
    refusal: 'message-too-long',
  });
  await expect(client.chat.plan({ conversationId: 'nobody', text: 'Bonjour' })).rejects.toMatchObject({
    code: 'CONVERSATION_NOT_FOUND',
  });
  await client.models.unload();
  expect(await client.chat.plan({ conversationId: null, text: 'Bonjour' })).toBeNull();
  expect((await client.models.status()).model).toBeNull();
});
