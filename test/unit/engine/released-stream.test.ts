import { describe, expect, it, vi } from 'vitest';
import { ReleasedStream } from '../../../main/engine/released-stream.ts';

async function* numbers(): AsyncGenerator<number, void, undefined> {
  yield 1;
  yield 2;
}

describe('ReleasedStream', () => {
  it('releases once at the end', async () => {
    const [release, onLeave] = [vi.fn(), vi.fn()];
    const seen: number[] = [];
    for await (const value of new ReleasedStream(numbers(), { onLeave, onEnd: release })) {
      expect(release).not.toHaveBeenCalled();
      seen.push(value);
    }
    expect(seen).toEqual([1, 2]);
    expect(release).toHaveBeenCalledOnce();
    expect(onLeave).not.toHaveBeenCalled();
  });

  it('releases when it is left in the middle, or before its first event', async () => {
    const calls: string[] = [];
    const callbacks = { onLeave: () => calls.push('leave'), onEnd: () => calls.push('end') };
    for await (const _ of new ReleasedStream(numbers(), callbacks)) break;
    expect(calls).toEqual(['leave', 'end']);
    await new ReleasedStream(numbers(), callbacks).return();
    expect(calls).toEqual(['leave', 'end', 'leave', 'end']);
  });

  it('releases when it fails', async () => {
    const release = vi.fn();
    // eslint-disable-next-line require-yield
    const failing = async function* (): AsyncGenerator<number, void, undefined> {
      throw new Error('broken');
    };
    await expect(new ReleasedStream(failing(), { onLeave: vi.fn(), onEnd: release }).next()).rejects.toThrow('broken');
    expect(release).toHaveBeenCalledOnce();
  });

  it('releases when the call is aborted before anyone read; a stream that is read ends by itself', async () => {
    const release = vi.fn();
    const unread = new AbortController();
    const stream = new ReleasedStream(numbers(), { onLeave: vi.fn(), onEnd: release, callSignal: unread.signal });
    unread.abort();
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce());
    expect(await stream.next()).toMatchObject({ done: true });
    const read = new AbortController();
    const second = new ReleasedStream(numbers(), { onLeave: vi.fn(), onEnd: release, callSignal: read.signal });
    expect(await second.next()).toEqual({ done: false, value: 1 });
    read.abort();
    expect(await second.next()).toEqual({ done: false, value: 2 });
  });
});
