/** The tree of a conversation over every transport, with the real engine and the embedded demo model. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workbench } from '../../main/app/index.ts';
import type { Message } from '../../main/contract/index.ts';
import { replay } from '../../main/receipt/index.ts';
import { startWorkbench } from '../fixtures/workbench.ts';
import { transports, type Client, type Connection } from './transports.ts';

const sampling = { temperature: 0, maxTokens: 30 };
const question = 'Quelle est la capitale de la France ?';

describe.each(transports)('over %s', (_name, connect) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lucie-tree-'));
  let workbench: Workbench;
  let connection: Connection;
  let client: Client;
  let conversationId: string;
  let userMessageId: string;
  let first: Message;

  /** The message that `begin` leads to, at its end. */
  async function ended(id: string, begin: () => Promise<{ assistantMessageId: string }>): Promise<Message> {
    const stream = await client.chat.watch({ conversationId: id });
    await stream.next();
    const { assistantMessageId } = await begin();
    for await (const event of stream) {
      if (event.type === 'end' && event.message.id === assistantMessageId) return event.message;
    }
    throw new Error('The stream ended before the answer did.');
  }
  const answered = (request: Omit<Parameters<Client['chat']['answer']>[0], 'conversationId' | 'parentId'>) =>
    ended(conversationId, () => client.chat.answer({ conversationId, parentId: userMessageId, ...request }));
  const shown = async () => (await client.chat.get({ conversationId })).messages.map(({ id }) => id);

  beforeAll(async () => {
    workbench = await startWorkbench(dataFolder);
    connection = await connect(workbench.router);
    client = connection.client;
    await client.models.load({ id: 'lucie-demo' });
    conversationId = (await client.chat.create({})).id;
    first = await ended(conversationId, async () => {
      const sent = await client.chat.send({ conversationId, text: question, sampling });
      userMessageId = sent.userMessageId;
      return sent;
    });
  });
  afterAll(async () => {
    await connection.close();
    await workbench.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('a question is answered anew beside its first answer', async () => {
    const again = await answered({ sampling });
    expect(again).toMatchObject({ text: first.text, parentId: userMessageId, takenTokens: 0, editedFrom: null });
    expect(again.id).not.toBe(first.id);
    expect(await shown()).toEqual([userMessageId, again.id]);
    await client.chat.show({ conversationId, messageId: first.id });
    expect(await shown()).toEqual([userMessageId, first.id]);
  });

  test('an answer goes on from every one of its tokens as it did, and reuses what the model has read', async () => {
    for (const tokens of [1, 4, first.tokens.length - 1]) {
      const message = await answered({ sampling, takeOver: { messageId: first.id, tokens } });
      expect(message).toMatchObject({ text: first.text, ids: first.ids, takenTokens: tokens, editedFrom: first.id });
      expect(message.tokens).toHaveLength(first.tokens.length);
      const { promptTokens, reusedTokens } = message.statistics ?? { promptTokens: 0, reusedTokens: 0 };
      expect(reusedTokens).toBe(promptTokens - 1);
    }
    expect((await client.chat.get({ conversationId })).messages[1]?.tokens).toHaveLength(first.tokens.length);
  });

  test('an alternative leads elsewhere; what the model did not have is refused', async () => {
    const place = first.tokens.findIndex(({ text, alternatives }) => text.length > 1 && alternatives.length > 1);
    const other = first.tokens[place]?.alternatives[1];
    if (other === undefined) throw new Error('The model had no alternative.');
    const takeOver = { messageId: first.id, tokens: place, alternativeId: other.id };
    const message = await answered({ sampling, takeOver });
    expect(message.tokens[place]).toMatchObject({ ...other, rank: 2, probability: null });
    expect(message.tokens[place]?.entropy).toBe(first.tokens[place]?.entropy);
    expect(
      message.text.startsWith(
        first.tokens
          .slice(0, place)
          .map(({ text }) => text)
          .join(''),
      ),
    ).toBe(true);
    expect(message.text).toBe(message.tokens.map(({ text }) => text).join(''));
    const receipt = await client.chat.receipt({ messageId: message.id });
    expect(receipt).toMatchObject({ givenTokens: place + 1, generatedIds: message.ids.slice(place + 1) });
    if (receipt === null) return;
    const { engine, model } = await workbench.models.ready();
    const outcome = await replay(engine, receipt, model.vocabularySize, new AbortController().signal);
    expect(outcome).toEqual({ kind: 'identical', tokens: receipt.generatedIds.length });
    const wrong = client.chat.answer({
      conversationId,
      parentId: userMessageId,
      takeOver: { ...takeOver, alternativeId: 1 },
    });
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const stop = { messageId: first.id, tokens: 2, alternativeId: first.tokens[2]?.id ?? 0 };
    expect((await answered({ sampling, takeOver: stop })).text).toBe(first.text);
  });

  test('an answer begins with what was written for it, and a cut one is continued', async () => {
    const prefill = 'Je pense que « Paris »';
    const short = await answered({ sampling: { ...sampling, maxTokens: 2 }, prefill });
    expect(short).toMatchObject({ prefill, finishReason: 'max-tokens', takenTokens: 0 });
    expect(short.text.startsWith(prefill)).toBe(true);
    expect(short.tokens).toHaveLength(2);
    expect(short.ids.length).toBeGreaterThan(5);
    const on = await answered({ sampling, takeOver: { messageId: short.id, tokens: 2 } });
    const whole = await answered({ sampling: { ...sampling, maxTokens: 32 }, prefill });
    expect(on.text).toBe(whole.text);
    expect(on).toMatchObject({ prefill, ids: whole.ids, takenTokens: 2 });
  });

  test('another wording stands beside the first; its answer can be begun by a person', async () => {
    const { messageId } = await client.chat.edit({ conversationId, messageId: userMessageId, text: 'Et l’Italie ?' });
    expect(await shown()).toEqual([messageId]);
    const begin = () => client.chat.answer({ conversationId, parentId: messageId, sampling });
    const message = await ended(conversationId, begin);
    const { messageId: reworded } = await client.chat.edit({ conversationId, messageId: message.id, text: 'Rome' });
    const takeOver = { messageId: reworded, tokens: 0 };
    const on = await ended(conversationId, () =>
      client.chat.answer({ conversationId, parentId: messageId, sampling, takeOver }),
    );
    expect(on).toMatchObject({ prefill: 'Rome', editedFrom: reworded });
    expect(on.text.startsWith('Rome')).toBe(true);
    expect(await shown()).toEqual([messageId, on.id]);
  });

  test('what is removed comes back, and nothing else can be asked for', async () => {
    await client.chat.show({ conversationId, messageId: first.id });
    const before = await client.chat.get({ conversationId });
    await client.chat.removeMessage({ conversationId, messageId: userMessageId });
    expect(await shown()).not.toContain(userMessageId);
    expect((await client.chat.get({ conversationId })).messageCount).toBeLessThan(before.messageCount);
    await client.chat.restoreMessage({ conversationId, messageId: userMessageId });
    await client.chat.show({ conversationId, messageId: first.id });
    const after = await client.chat.get({ conversationId });
    expect(after).toEqual({ ...before, updatedAt: after.updatedAt });
    for (const refused of [
      client.chat.show({ conversationId, messageId: 'nobody' }),
      client.chat.answer({ conversationId, parentId: 'nobody' }),
      client.chat.restoreMessage({ conversationId, messageId: first.id }),
    ]) {
      await expect(refused).rejects.toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
    }
  });

  test('a text is gone on with as it is, with nothing of the template', async () => {
    const { id } = await client.chat.create({ options: { mode: 'text', systemPrompt: 'Personne ne lit ceci.' } });
    const text = 'La capitale de la France est ';
    const parts = (await client.chat.plan({ conversationId: id, text, sampling }))?.parts;
    const message = await ended(id, () => client.chat.send({ conversationId: id, text, sampling }));
    expect(message).toMatchObject({ mode: 'text', status: 'complete' });
    const ids = await workbench.models.ready().then(({ engine }) => engine.encode({ text: text.trim(), addBos: true }));
    expect((await client.chat.receipt({ messageId: message.id }))?.promptIds).toEqual(ids.ids);
    expect(parts).toEqual({ system: 0, history: 0, attachments: 0, message: ids.ids.length, answerStart: 0 });
    const next = await ended(id, () => client.chat.send({ conversationId: id, text: '\nEt ensuite', sampling }));
    const receipt = await client.chat.receipt({ messageId: next.id });
    expect(receipt?.promptIds.slice(ids.ids.length, ids.ids.length + message.ids.length)).toEqual(message.ids);
    expect(next.statistics?.reusedTokens).toBeGreaterThanOrEqual(ids.ids.length + message.ids.length - 1);
  });

  test('a plan tells each part of a prompt, with files and what was written for the answer', async () => {
    const options = { systemPrompt: 'Tu réponds en français.' };
    const attachments = [{ name: 'notes.txt', text: 'Une ligne.\n```\nUne autre.\n' }];
    const request = { text: 'Résume.', attachments, prefill: 'Voici', sampling };
    const plan = await client.chat.plan({ conversationId: null, options, ...request });
    const { id } = await client.chat.create({ options });
    expect(await client.chat.plan({ conversationId: id, ...request })).toEqual(plan);
    const message = await ended(id, () => client.chat.send({ conversationId: id, ...request }));
    const parts = Object.values(plan?.parts ?? {});
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(message.statistics?.promptTokens);
    expect(parts.map((part) => part > 0)).toEqual([true, false, true, true, true]);
    expect(message).toMatchObject({ systemPrompt: options.systemPrompt, prefill: 'Voici' });
    const { messages } = await client.chat.get({ conversationId: id });
    expect(messages[0]).toMatchObject({ text: 'Résume.', attachments });
    const changed = await client.chat.configure({ conversationId: id, options: { mode: 'text' } });
    expect(changed).toMatchObject({ mode: 'text', systemPrompt: options.systemPrompt });
  });
});
