import { EventPublisher } from '@orpc/server';
import { expect, test } from 'vitest';
import { watch } from '../../../main/watch/watch.ts';

function setUp() {
  const publisher = new EventPublisher<{ change: number }>();
  return { publisher, watchFrom: (value: () => number) => watch(publisher, 'change', value) };
}

test('the value as it is comes first, then every change, none of them twice', async () => {
  const { publisher, watchFrom } = setUp();
  const stream = watchFrom(() => 1);
  expect(await stream.next()).toEqual({ done: false, value: 1 });
  publisher.publish('change', 2);
  publisher.publish('change', 3);
  expect([(await stream.next()).value, (await stream.next()).value]).toEqual([2, 3]);
});

test('whoever leaves, at once or in the middle, leaves no subscription', async () => {
  const { publisher, watchFrom } = setUp();
  for await (const value of watchFrom(() => 1)) {
    expect([value, publisher.size]).toEqual([1, 1]);
    break;
  }
  expect(publisher.size).toBe(0);
  for await (const value of watchFrom(() => 1)) {
    if (value === 2) break;
    publisher.publish('change', 2);
  }
  expect(publisher.size).toBe(0);
});

test('a value that cannot be read leaves no subscription', async () => {
  const { publisher, watchFrom } = setUp();
  const stream = watchFrom(() => {
    throw new Error('gone');
  });
  await expect(stream.next()).rejects.toThrow('gone');
  expect(publisher.size).toBe(0);
});
