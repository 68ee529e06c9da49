/** Quitting in mid-answer: what was generated is stored, the service processes are gone, the folder is free again. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ChatStore } from '../../main/chat/store.ts';
import { dataFolderOfFile, startBuiltApp, type BuiltApp } from './built-app.ts';
import { connect } from './connect.ts';

const dataFolder = dataFolderOfFile();
let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp(dataFolder);
  await app.window();
});

it('stores the partial answer, ends every process, and exits once', async () => {
  const client = await connect(app);
  const { id: conversationId } = await client.chat.create({});
  // So hot that the stop token is a needle in a haystack: the answer ends with the context, seconds later.
  await client.chat.send({ conversationId, text: 'Bonjour', sampling: { temperature: 5, seed: 1 } });
  let tokens = 0;
  for await (const event of await client.chat.watch({ conversationId })) {
    if (event.type === 'token' && ++tokens === 5) break;
  }
  const processes = app.electron.utilityProcess.started.map(({ systemProcessId }) => systemProcessId);
  expect(processes.map(isRunning)).toEqual([true]);

  app.electron.app.quit();
  app.electron.app.quit();
  expect(await app.electron.app.exited).toBe(0);

  expect(processes.map(isRunning)).toEqual([false]);
  expect(existsSync(join(dataFolder, 'workbench.lock'))).toBe(false);
  const [, answer] = new ChatStore(join(dataFolder, 'conversations.sqlite')).conversation(conversationId).messages;
  expect(answer?.status).toBe('stopped');
  expect(answer?.ids.length).toBeGreaterThanOrEqual(5);
  expect(answer?.tokens).toHaveLength(answer?.ids.length ?? 0);
});

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false; // No such process.
  }
}
