import { expect, it } from 'vitest';
import { OneTask } from '../../../main/engine/one-task.ts';

/** Counts up until it is cancelled, one number a step. */
async function* counting(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
  for (let i = 0; !signal.aborted; i++) {
    yield i;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('refuses a second task while the first runs, and takes it when that one has ended', async () => {
  const task = new OneTask();
  const first = await task.start('first', { begin: counting });
  await first.next();
  await expect(task.start('second', { begin: counting })).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await first.return();
  const second = await task.start('second', { begin: counting });
  expect(await second.next()).toEqual({ done: false, value: 0 });
  await second.return();
});

it('waits for the end of a task that is being cancelled', async () => {
  const task = new OneTask();
  const first = await task.start('first', { begin: counting });
  await first.next();
  task.cancel('first');
  const next = task.start('next', { begin: counting });
  const begun: string[] = [];
  void next.then(() => begun.push('next'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(begun).toEqual([]);
  expect((await first.next()).done).toBe(true);
  await (await next).return();
});

it('is free again where a task could not begin', async () => {
  const task = new OneTask();
  const failing = (): AsyncGenerator<number, void, undefined> => {
    throw new RangeError('No.');
  };
  await expect(task.start('failing', { begin: failing })).rejects.toThrow('No.');
  await (await task.start('next', { begin: counting })).return();
});

it('ends what runs when it is asked to', async () => {
  const task = new OneTask();
  const stream = await task.start('a', { begin: counting });
  await stream.next();
  const ended = task.end();
  expect((await stream.next()).done).toBe(true);
  await ended;
  await task.end();
});
