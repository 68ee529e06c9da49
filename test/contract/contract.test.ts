/** The whole contract over every transport, with the real engine and data processes and the embedded demo model. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workbench } from '../../main/app/index.ts';
import type { CompareFilesEvent, EncodeEvent, Message, TokenizerSource } from '../../main/contract/index.ts';
import { unpackUint32 } from '../../main/contract/packed-numbers.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../fixtures/word-tokenizer.ts';
import { embedded, startWorkbench } from '../fixtures/workbench.ts';
import { transports, type Client, type Connection } from './transports.ts';

async function answerOf(
  client: Client,
  conversationId: string,
  onToken: (count: number) => void = () => undefined,
): Promise<Message> {
  let count = 0;
  for await (const event of await client.chat.watch({ conversationId })) {
    if (event.type === 'token') onToken(++count);
    if (event.type === 'end') return event.message;
  }
  throw new Error('The stream ended before the answer did.');
}

const greedy = { temperature: 0 };

describe.each(transports)('over %s', (_name, connect) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lucie-contract-'));
  let workbench: Workbench;
  let connection: Connection;
  let client: Client;

  beforeAll(async () => {
    workbench = await startWorkbench(dataFolder);
    connection = await connect(workbench.router);
    client = connection.client;
  });
  afterAll(async () => {
    await connection.close();
    await workbench.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test('the embedded model is listed and loads', async () => {
    const [demo] = await client.models.list();
    expect(demo).toMatchObject({ id: 'lucie-demo', embedded: true, problem: null, vocabularySize: 6_144, layers: 4 });
    expect(demo?.files).toMatchObject([
      { name: 'onnx/model_q4.onnx', quantisation: { bits: 4, blockSize: 32, keyValueCache: 'float32' } },
    ]);
    expect(demo?.files[0]?.quantisation?.relativeError).toBeCloseTo(0.08, 2);
    const model = await client.models.load({ id: 'lucie-demo' });
    expect(model).toMatchObject({ device: 'cpu', contextLength: 1_024, parameterCount: 6_162_688 });
    const status = await client.models.status();
    expect(status).toMatchObject({ state: 'ready', error: null });
    expect(status.residentBytes).toBeGreaterThan(10_000_000);
  });

  test('an answer has a receipt, and a text a score', async () => {
    const { id: conversationId } = await client.chat.create({});
    const end = answerOf(client, conversationId);
    await client.chat.send({ conversationId, text: 'Quelle est la capitale de la France ?', sampling: greedy });
    const message = await end;
    const receipt = await client.chat.receipt({ messageId: message.id });
    expect(receipt).toMatchObject({ generatedIds: message.ids, finishReason: 'stop-token', device: 'cpu' });
    expect(receipt?.promptIds).toHaveLength(message.statistics?.promptTokens ?? 0);
    const text = 'La capitale de la France est Paris.';
    const events = [];
    for await (const event of await client.tokens.score({ text, topK: 2 })) events.push(event);
    const tokens = events.flatMap((event) => (event.type === 'tokens' ? event.tokens : []));
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    expect(tokens.slice(1).every(({ alternatives }) => alternatives.length === 2)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'end', isComplete: true, summary: { scoredTokens: 8 } });
    await expect(client.tokens.score({ text: '' })).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
    const tooLong = async () => {
      for await (const _ of await client.tokens.score({ text: `${text} `.repeat(200) }));
    };
    await expect(tooLong()).rejects.toMatchObject({ code: 'CONTEXT_EXCEEDED', details: { limit: 1_024 } });
    expect((await client.models.status()).state).toBe('ready');
  });

  test('what goes on inside the model comes through: attention, the lens, near tokens', async () => {
    const source = { kind: 'text', text: 'La capitale de la France est Paris.' } as const;
    const attention = [];
    for await (const event of await client.tokens.attention({ source, firstTokens: 6, layer: 3 }))
      attention.push(event);
    expect(attention[0]).toMatchObject({ type: 'begin', tokenCount: 9, layers: 4, tokens: { length: 6 } });
    expect(attention.at(-2)).toMatchObject({ type: 'attention', attention: { layer: 3, heads: 8, length: 6 } });
    const states = [];
    for await (const event of await client.tokens.lens({ source, topK: 2 })) {
      if (event.type === 'state') states.push(event.positions.map(({ best }) => best.length));
    }
    expect(states).toEqual(new Array(5).fill(new Array(9).fill(2)));
    const near = await client.tokens.neighbours({ id: 300, count: 4 });
    expect(near.map(({ cosine }) => cosine)).toEqual(near.map(({ cosine }) => cosine).toSorted((a, b) => b - a));
    expect(near).toHaveLength(4);
    const tooLong = { kind: 'text', text: `${source.text} `.repeat(80) } as const;
    const refused = async () => {
      for await (const _ of await client.tokens.lens({ source: tooLong }));
    };
    await expect(refused()).rejects.toMatchObject({ code: 'INSPECTION_TOO_LONG', details: { limit: 512 } });
    expect((await client.models.status()).state).toBe('ready');
  });

  test('what is asked right after a cancelled look or score is not refused as busy', async () => {
    const source = { kind: 'ids' as const, ids: Array.from({ length: 40 }, (_, i) => 300 + i) };
    const looks = [
      async (signal: AbortSignal) => void (await client.tokens.neighbours({ id: 300, count: 4 }, { signal })),
      async (signal: AbortSignal) => {
        for await (const _ of await client.tokens.attention({ source, layer: 3 }, { signal }));
      },
      async (signal: AbortSignal) => {
        for await (const _ of await client.tokens.score({ text: 'Bonjour. '.repeat(40) }, { signal }));
      },
    ];
    for (const cancelled of looks) {
      for (const afterMs of [0, 2, 5, 20]) {
        const abort = new AbortController();
        // It may have come to its end before.
        const left = Promise.allSettled([cancelled(abort.signal)]);
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        abort.abort();
        for (const look of looks) await look(new AbortController().signal);
        await left;
      }
    }
  });

  test('a question is answered token by token, and the next turn reuses the cache', async () => {
    const { id: conversationId } = await client.chat.create({});
    const first = answerOf(client, conversationId);
    await client.chat.send({ conversationId, text: 'Quelle est la capitale de la France ?', sampling: greedy });
    const message = await first;
    expect(message.text).toBe('La capitale de la France est Paris.');
    expect(message.tokens.map(({ text }) => text).join('')).toBe(message.text);
    expect(message.tokens.every(({ rank }) => rank === 1)).toBe(true);
    expect(message.tokens[0]?.alternatives).toHaveLength(10);
    const second = answerOf(client, conversationId);
    await client.chat.send({ conversationId, text: "Quelle est la capitale de l'Italie ?", sampling: greedy });
    const { statistics } = await second;
    // All of the first turn but its last token, whose logits ended the answer, is still in the cache.
    const heldTokens = (message.statistics?.promptTokens ?? 0) + message.ids.length;
    expect(statistics?.reusedTokens).toBeGreaterThanOrEqual(heldTokens - 1);
    expect(statistics?.prefilledTokens).toBe((statistics?.promptTokens ?? 0) - (statistics?.reusedTokens ?? 0));
    const stored = await client.chat.get({ conversationId });
    expect(stored.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  });

  test('an answer is stopped within a few tokens and keeps what it has', async () => {
    const { id: conversationId } = await client.chat.create({});
    const answer = answerOf(client, conversationId, (count) => {
      if (count === 3) void client.chat.stop({ conversationId });
    });
    await client.chat.send({ conversationId, text: 'Qui es-tu ?', sampling: greedy });
    const message = await answer;
    expect(message).toMatchObject({ status: 'stopped', finishReason: 'cancelled' });
    expect(message.ids.length).toBeGreaterThanOrEqual(3);
    expect(message.ids.length).toBeLessThan(36);
  });

  test('the engine is killed in mid-answer: the partial answer stays, the engine comes back, the next message works', async () => {
    const { id: conversationId } = await client.chat.create({});
    const { processId } = await client.models.status();
    const answer = answerOf(client, conversationId, (count) => {
      if (count === 3) process.kill(Number(processId), 'SIGKILL');
    });
    await client.chat.send({ conversationId, text: 'Qui es-tu ?', sampling: greedy });
    const message = await answer;
    expect(message).toMatchObject({ status: 'interrupted', error: { code: 'ENGINE_CRASHED' } });
    expect(message.text.length).toBeGreaterThan(0);
    const next = answerOf(client, conversationId);
    await client.chat.send({ conversationId, text: 'Quelle est la capitale de la France ?', sampling: greedy });
    expect((await next).text).toContain('Paris');
    const status = await client.models.status();
    expect(status.processId).not.toBe(processId);
    expect(status.state).toBe('ready');
  });

  test('expected failures arrive with their code and store nothing', async () => {
    const { id: conversationId } = await client.chat.create({});
    await expect(client.chat.send({ conversationId, text: ' ' })).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
    const long = 'Bonjour tout le monde. '.repeat(300);
    await expect(client.chat.send({ conversationId, text: long })).rejects.toMatchObject({
      code: 'CONTEXT_EXCEEDED',
      details: { limit: 1_024 },
    });
    await expect(client.chat.get({ conversationId: 'nobody' })).rejects.toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    });
    await expect(client.models.load({ id: '/nowhere' })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(client.dataset.open({ path: '/nowhere.parquet' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect((await client.chat.get({ conversationId })).messages).toEqual([]);
  });

  test('the shipped sample opens, pages and reads', async () => {
    const [sample] = await client.dataset.recent();
    expect(sample).toMatchObject({ path: embedded.sampleDataset, embedded: true });
    const dataset = await client.dataset.open({ path: embedded.sampleDataset });
    expect(dataset).toMatchObject({ format: 'parquet', isLucieLayout: true, textColumn: 'text' });
    const page = await client.dataset.page({ datasetId: dataset.id, offset: 10, limit: 5 });
    expect(page.rows.map(({ row }) => row)).toEqual([10, 11, 12, 13, 14]);
    const document = await client.dataset.document({ datasetId: dataset.id, row: 10 });
    expect([...document.text]).toHaveLength(document.characterCount);
    expect(document.metadata.map(({ name }) => name)).toContain('language');
  });

  test('a text is followed through its stages, and a conversation through the template', async () => {
    const text = "L'été «\u00A0ici\u00A0»";
    const { ids, chunks, atoms, decoded } = await client.tokens.explain({ text });
    expect(atoms.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    expect(atoms.map((atom) => atom.decoded).join('')).toBe(decoded);
    const [first] = chunks ?? [];
    const replay = await client.tokens.merges({ ids: ids.slice(0, first?.tokenCount) });
    expect(replay.kind).toBe('merges');
    await expect(client.tokens.explain({ text: 'a'.repeat(20_001) })).rejects.toThrow();
    const { source } = await client.tokens.template({});
    const conversation = {
      messages: [{ role: 'user', content: 'Bonjour' }],
      addGenerationPrompt: true,
      controlTokens: 'escape' as const,
    };
    const rendered = await client.tokens.renderTemplate({ template: source ?? '', ...conversation });
    expect(rendered).toMatchObject({ kind: 'rendered', changesContents: false });
    const failed = await client.tokens.renderTemplate({ template: '{{ x | shout }}', ...conversation });
    expect(failed).toMatchObject({ kind: 'failed', problem: { kind: 'run', place: { start: 3, end: 12 } } });
  });

  test('a text is cut into tokens whose spans cover it', async () => {
    const text = "L'été, « Paris » 😀";
    let covered = 0;
    let counts: Partial<EncodeEvent> = {};
    for await (const event of await client.tokens.encode({ text })) {
      if (event.type === 'end') counts = event;
      else covered = Math.max(covered, ...unpackUint32(event.ends));
    }
    expect(covered).toBe(text.length);
    expect(counts).toMatchObject({
      wordCount: 5,
      alterationCount: 0,
      characterCount: 18,
      utf8ByteCount: new TextEncoder().encode(text).length,
    });
  });

  test('tokenizers are compared over a text and over files; one that is broken does not cost the others', async () => {
    const folder = temporaryFolder();
    const words = wordTokenizer(folder, ['le', 'chat']);
    const tokenizers: TokenizerSource[] = [
      { kind: 'file', path: words },
      { kind: 'file', path: '/nowhere' },
    ];
    const told: Record<number, unknown> = {};
    for await (const event of await client.tokens.compare({ text: 'le chat', tokenizers }))
      if (event.type !== 'text') told[event.index] = event.type === 'failed' ? event.error.code : event.tokenCount;
    expect(told).toEqual({ 0: 2, 1: 'TOKENIZER_INVALID' });
    writeFileSync(join(folder, 'fr.txt'), 'le chat dort');
    const events: CompareFilesEvent[] = [];
    for await (const event of await client.tokens.compareFiles({ path: folder, tokenizers })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'end', languages: [{ language: 'fr', tokens: [3, null] }] });
    await expect(client.tokens.describe({ tokenizer: { kind: 'file', path: folder } })).resolves.toMatchObject({
      vocabularySize: 3,
      path: words,
    });
    const countMissing = async () => {
      for await (const _ of await client.tokens.compareFiles({ path: '/nowhere', tokenizers })) continue;
    };
    await expect(countMissing()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('settings are changed field by field and watched', async () => {
    const changes = await client.settings.watch();
    expect((await changes.next()).value).toMatchObject({ theme: 'system' });
    await client.settings.update({ theme: 'dark' });
    expect((await changes.next()).value).toMatchObject({ theme: 'dark', language: 'system' });
    await changes.return();
  });
});
