/**
 * At most one task of the model at a time, an answer, a scoring or an inspection, each a stream that may be left or cancelled by its
 * id. A task that comes while another is being cancelled waits for its end, so that stopping an answer and sending the next message
 * at once works.
 */
import { WorkbenchError } from '../contract/errors.ts';
import { ReleasedStream } from './released-stream.ts';

export interface Task<Event> {
  /** What takes time and may fail before anything is promised. */
  prepare?: () => Promise<void>;
  /** Called once nothing else runs, and may throw. The stream that it gives is read from its first event on, or left. */
  begin: (signal: AbortSignal) => AsyncGenerator<Event, void, undefined>;
  /** Called once, however the task ends, also where it did not begin. */
  release?: () => void;
}

interface RunningTask {
  cancel: AbortController;
  /** Aborted by `cancel`, or by the caller: the task ends within a step. */
  signal: AbortSignal;
  ended: Promise<unknown>;
}

export class OneTask {
  #running: RunningTask | null = null;
  /** By the id of the task: the running one, and those that wait for its end. */
  readonly #cancels = new Map<string, AbortController>();

  /**
   * @throws WorkbenchError `ENGINE_BUSY`, and what the task's own functions throw
   */
  async start<Event>(id: string, task: Task<Event>, callSignal?: AbortSignal): Promise<ReleasedStream<Event>> {
    const cancel = new AbortController();
    this.#cancels.set(id, cancel);
    try {
      this.#checkFree();
      await task.prepare?.();
      while (this.#running?.signal.aborted === true) await this.#running.ended;
      callSignal?.throwIfAborted();
      return this.#begin(id, task, cancel, callSignal);
    } catch (error) {
      task.release?.();
      this.#cancels.delete(id);
      throw error;
    }
  }

  /** Also a task that still waits for the end of another. */
  cancel(id: string): void {
    this.#cancels.get(id)?.abort();
  }

  /** Cancels what runs and waits for its end. */
  async end(): Promise<void> {
    const running = this.#running;
    running?.cancel.abort();
    await running?.ended;
  }

  /** One that is being cancelled ends within a step. */
  #checkFree(): void {
    if (this.#running === null || this.#running.signal.aborted) return;
    throw new WorkbenchError('ENGINE_BUSY', 'The engine is at work on another answer or text.', {
      action: 'Wait for its end or stop it, then try again.',
    });
  }

  #begin<Event>(
    id: string,
    task: Task<Event>,
    cancel: AbortController,
    callSignal?: AbortSignal,
  ): ReleasedStream<Event> {
    this.#checkFree();
    const signal = callSignal === undefined ? cancel.signal : AbortSignal.any([callSignal, cancel.signal]);
    const events = task.begin(signal);
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    this.#running = { cancel, signal, ended };
    return new ReleasedStream(events, {
      callSignal,
      onLeave: () => cancel.abort(),
      onEnd: () => {
        this.#running = null;
        this.#cancels.delete(id);
        resolve(undefined);
        task.release?.();
      },
    });
  }
}
