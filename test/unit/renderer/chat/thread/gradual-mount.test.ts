import { expect, it } from 'vitest';
import { GradualMount } from '../../../../../renderer/chat/thread/gradual-mount.svelte.ts';

function setUp(count: number) {
  const waiting: (() => void)[] = [];
  const messages = { count };
  const mount = new GradualMount(
    () => messages.count,
    (callback) => {
      waiting.push(callback);
      return () => void waiting.splice(waiting.indexOf(callback), 1);
    },
  );
  return { mount, messages, waiting, idle: () => waiting.shift()?.() };
}

it('begins with the end and reaches the beginning while there is nothing else to do', () => {
  const { mount, waiting, idle } = setUp(30);
  expect(mount.first).toBe(6);
  mount.run();
  const firsts = [idle, idle, idle].map((step) => {
    step();
    return mount.first;
  });
  expect(firsts).toEqual([4, 2, 0]);
  idle();
  expect(waiting).toEqual([]);
});

it('has all of a short conversation at once, and keeps what is there when messages come and go', () => {
  const { mount, messages, idle } = setUp(10);
  expect(mount.first).toBe(0);
  const long = setUp(500);
  long.mount.run();
  for (let step = 0; step < 10; step += 1) long.idle();
  expect(long.mount.first).toBe(456);
  long.messages.count = 502;
  expect(long.mount.first).toBe(456);
  // Another branch, shorter than what was there: its end is.
  long.messages.count = 100;
  expect(long.mount.first).toBe(76);
  idle();
  messages.count = 11;
  expect(mount.first).toBe(0);
});

it('a message that is asked for is there at once; what is stopped goes no further', () => {
  const { mount, waiting } = setUp(500);
  const stop = mount.run();
  mount.reach(40);
  expect(mount.first).toBe(40);
  mount.reach(90);
  expect(mount.first).toBe(40);
  stop();
  expect(waiting).toEqual([]);
});
