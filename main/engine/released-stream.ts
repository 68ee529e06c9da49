/**
 * A stream that says once when it is over: read to its end, failed, or left, even before its first event was asked for (a
 * generator's `finally` does not run in that case, and the engine would stay busy for ever). A caller who aborted its call
 * before the stream reached it is never heard of again: `callSignal` says so instead.
 */
export class ReleasedStream<Event> implements AsyncIteratorObject<Event, void, undefined> {
  readonly #events: AsyncGenerator<Event, void, undefined>;
  readonly #onLeave: () => void;
  #onEnd: (() => void) | null;
  #isRead = false;

  /** `onLeave` comes at once when the reader goes away, `onEnd` once when nothing runs any more. */
  constructor(
    events: AsyncGenerator<Event, void, undefined>,
    { onLeave, onEnd, callSignal }: { onLeave: () => void; onEnd: () => void; callSignal?: AbortSignal | undefined },
  ) {
    this.#events = events;
    this.#onLeave = onLeave;
    this.#onEnd = onEnd;
    const leaveUnread = () => {
      if (!this.#isRead) void this.return();
    };
    callSignal?.addEventListener('abort', leaveUnread, { once: true });
  }

  async next(): Promise<IteratorResult<Event, void>> {
    this.#isRead = true;
    let isOver = true;
    try {
      const result = await this.#events.next();
      isOver = result.done === true;
      return result;
    } finally {
      if (isOver) this.#end();
    }
  }

  async return(): Promise<IteratorResult<Event, void>> {
    this.#onLeave();
    try {
      return await this.#events.return(undefined);
    } finally {
      this.#end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    this.#onEnd?.();
    this.#onEnd = null;
  }
}
