import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../../renderer/chat/markdown/pace.ts';

/** Time that passes when it is told to. */
function clock() {
  let now = 0;
  let waiting: { at: number; callback: () => void }[] = [];
  const pass = (ms: number) => {
    now += ms;
    const due = waiting.filter(({ at }) => at <= now);
    waiting = waiting.filter(({ at }) => at > now);
    for (const { callback } of due) callback();
  };
  const after = (ms: number, callback: () => void) => {
    const entry = { at: now + ms, callback };
    waiting.push(entry);
    return () => void (waiting = waiting.filter((other) => other !== entry));
  };
  return { now: () => now, after, pass, waiting: () => waiting.length };
}

describe('Pace', () => {
  it('does quick work every time', () => {
    const time = clock();
    const pace = new Pace(time);
    const done: number[] = [];
    for (const turn of [1, 2, 3]) pace.run(() => done.push(turn));
    expect(done).toEqual([1, 2, 3]);
  });

  it('rests after slow work, then does only the last', () => {
    const time = clock();
    const pace = new Pace(time);
    const done: number[] = [];
    const slow = (turn: number) => () => {
      done.push(turn);
      time.pass(10);
    };
    pace.run(slow(1));
    for (const turn of [2, 3, 4]) pace.run(slow(turn));
    time.pass(199);
    expect(done).toEqual([1]);
    time.pass(1);
    expect(done).toEqual([1, 4]);
    expect(time.waiting()).toBe(0);
  });

  it('does nothing any more once it is stopped', () => {
    const time = clock();
    const pace = new Pace(time);
    pace.run(() => time.pass(10));
    pace.run(() => expect.unreachable());
    pace.stop();
    time.pass(1_000);
    expect(time.waiting()).toBe(0);
  });
});
