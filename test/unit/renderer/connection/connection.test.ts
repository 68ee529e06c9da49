import { describe, expect, it, vi } from 'vitest';
import {
  Connection,
  ConnectionRefused,
  type ConnectionState,
  type Line,
  type LineEnd,
} from '../../../../renderer/connection/connection.ts';
import { reconnectDelayMs } from '../../../../renderer/connection/delay.ts';
import { follow } from '../../../../renderer/connection/follow.ts';
import { toErrorReport } from '../../../../renderer/rpc.ts';

function aLine(call: Line['link']['call']) {
  const { promise: closed, resolve: close } = Promise.withResolvers<LineEnd>();
  return { line: { link: { call }, closed }, close };
}

function statesOf(connection: Connection): ConnectionState[] {
  const states: ConnectionState[] = [];
  connection.onState((state) => states.push(state));
  return states;
}

const failing = async () => {
  throw new Error('unexpected call');
};

describe('Connection', () => {
  it('lets a call made before the first connection wait for it', async () => {
    const { line } = aLine(async (path) => path.join('.'));
    const stopped = new AbortController();
    const connection = new Connection(async () => line);
    const answer = connection.client.app.info();
    void connection.run(stopped.signal);
    await expect(answer).resolves.toBe('app.info');
    stopped.abort();
  });

  it('fails calls while the line is down, and uses the next line with the same client', async () => {
    vi.useFakeTimers();
    const first = aLine(failing);
    const second = aLine(async () => 'second');
    const lines = [first.line, second.line];
    const stopped = new AbortController();
    const connection = new Connection(async () => lines.shift() ?? Promise.reject(new Error('no line')));
    const states = statesOf(connection);
    void connection.run(stopped.signal);
    await vi.advanceTimersByTimeAsync(0);
    first.close('lost');
    await vi.advanceTimersByTimeAsync(0);
    const failure = await connection.client.app.info().catch(toErrorReport);
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST' });
    await vi.advanceTimersByTimeAsync(reconnectDelayMs(0));
    await expect(connection.client.app.info()).resolves.toBe('second');
    expect(states).toEqual(['open', 'lost', 'open']);
    stopped.abort();
    vi.useRealTimers();
  });

  it('tells a call that was cut off that the connection was lost', async () => {
    const { line, close } = aLine(async () => {
      close('lost');
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      throw new Error('queue closed');
    });
    const stopped = new AbortController();
    const connection = new Connection(async () => line);
    void connection.run(stopped.signal);
    expect(await connection.client.app.info().catch(toErrorReport)).toMatchObject({ code: 'CONNECTION_LOST' });
    stopped.abort();
  });

  it('stops dialling when it is refused, before or after the line opened', async () => {
    const dial = vi.fn(async () => Promise.reject(new ConnectionRefused('no')));
    const refused = new Connection(dial);
    await refused.run(new AbortController().signal);
    expect(refused.state).toBe('refused');
    expect(dial).toHaveBeenCalledTimes(1);

    const { line, close } = aLine(failing);
    const closedLater = new Connection(async () => line);
    const running = closedLater.run(new AbortController().signal);
    close('refused');
    await running;
    expect(closedLater.state).toBe('refused');
  });

  it('waits longer after each failure, up to five seconds', () => {
    expect([0, 1, 2, 20].map(reconnectDelayMs)).toEqual([250, 500, 1_000, 5_000]);
  });
});

describe('follow', () => {
  it('opens the stream again after it ended, and throws what the procedure throws', async () => {
    vi.useFakeTimers();
    const connection = new Connection(async () => aLine(failing).line);
    const stopped = new AbortController();
    void connection.run(stopped.signal);
    let opened = 0;
    const events: number[] = [];
    const following = follow(
      connection,
      async () => {
        opened += 1;
        if (opened === 3) throw new Error('gone');
        return (async function* () {
          yield opened;
        })();
      },
      (event) => events.push(event),
      stopped.signal,
    );
    const outcome = expect(following).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(2_000);
    await outcome;
    expect(events).toEqual([1, 2]);
    stopped.abort();
    vi.useRealTimers();
  });

  it('hands on nothing after it was stopped', async () => {
    const connection = new Connection(async () => aLine(failing).line);
    const stopped = new AbortController();
    void connection.run(stopped.signal);
    const events: number[] = [];
    await follow(
      connection,
      async () =>
        (async function* () {
          yield 1;
          yield 2;
        })(),
      (event) => {
        events.push(event);
        stopped.abort();
      },
      stopped.signal,
    );
    expect(events).toEqual([1]);
  });
});
