/**
 * The application is killed (SIGKILL, as when it crashes; not a power cut, which may cost what the disk had not been told to keep) while
 * it answers: whatever it had handed on by then is in the history.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import type { Message } from '../../main/contract/index.ts';
import type { Said } from '../fixtures/answering-child.ts';
import { SeededRandom } from '../fixtures/seeded-random.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const compileCache = mkdtempSync(join(tmpdir(), 'lucie-compiled-'));
afterAll(() => rmSync(compileCache, { recursive: true, force: true }));
const child = resolve(import.meta.dirname, '../fixtures/answering-child.ts');

/** What the process said until it was killed, `afterMs` after it had sent its first message. */
async function killedAfter(afterMs: number, kind: 'scripted' | 'workbench', place: string): Promise<Said[]> {
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const running = spawn(process.execPath, [child, kind, place], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Said[] = [];
  const ended = new Promise((done) => running.once('close', done));
  let timer: Promise<void> | null = null;
  for await (const line of createInterface({ input: running.stdout })) {
    timer ??= wait(afterMs).then(() => void running.kill('SIGKILL'));
    // A line that was cut off was not said.
    if (line.endsWith('}')) said.push(JSON.parse(line) as Said);
  }
  await timer;
  await ended;
  expect(running.signalCode).toBe('SIGKILL');
  return said;
}

/** Every message by its id, as the history opens after the kill. */
function opened(path: string): Map<string, Message> {
  const store = new ChatStore(path);
  const messages = store.list().flatMap(({ id }) => store.conversation(id).messages);
  store.close();
  return new Map(messages.map((message) => [message.id, message]));
}

function expectKept(said: readonly Said[], messages: ReadonlyMap<string, Message>): void {
  for (const sent of said) {
    if (sent.said !== 'sent') continue;
    const handedOn = said.flatMap((one) =>
      one.said === 'token' && one.messageId === sent.assistantMessageId ? [one.id] : [],
    );
    expect(messages.get(sent.userMessageId)).toMatchObject({ text: sent.text, status: 'complete' });
    const answer = messages.get(sent.assistantMessageId);
    expect(answer?.parentId).toBe(sent.userMessageId);
    expect(answer?.ids.slice(0, handedOn.length)).toEqual(handedOn);
    expect(answer?.tokens.map(({ id }) => id)).toEqual(answer?.ids);
    expect(answer?.text).toBe(answer?.tokens.map(({ text }) => text).join(''));
    if (answer?.status !== 'complete') expect(answer?.status).toBe('interrupted');
  }
}

test('fifty kills during an answer cost nothing that was handed on', { timeout: 400_000 }, async () => {
  const random = new SeededRandom(20_261_124);
  const path = join(temporaryFolder(), 'history.sqlite');
  let before = new Map<string, Message>();
  let [interrupted, tokens] = [0, 0];
  for (let round = 0; round < 50; round++) {
    const said = await killedAfter(random.next() * 250, 'scripted', path);
    expect(said.some((one) => one.said === 'sent')).toBe(true);
    const messages = opened(path);
    expectKept(said, messages);
    // What was there before this life is as it was.
    for (const [id, message] of before) expect(messages.get(id)).toEqual(message);
    before = messages;
    tokens += said.filter((one) => one.said === 'token').length;
    interrupted += [...messages.values()].filter(({ status }) => status === 'interrupted').length > 0 ? 1 : 0;
  }
  expect(interrupted).toBeGreaterThan(40);
  expect(tokens).toBeGreaterThan(500);
});

test('five kills of the whole workbench with a real model cost nothing either', { timeout: 120_000 }, async () => {
  const random = new SeededRandom(7);
  const folder = temporaryFolder();
  for (let round = 0; round < 5; round++) {
    const said = await killedAfter(random.next() * 400, 'workbench', folder);
    expectKept(said, opened(join(folder, 'conversations.sqlite')));
  }
});
