/**
 * Quantises rows on all cores: worker threads that are started when the first rows come, and end with `close`. Results do not
 * depend on how many there are. Where nothing of size is quantised, it is done in this thread.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ExportError } from '../export-error.ts';
import type { QuantizeAnswer } from './quantize-worker.ts';
import { quantizeRows } from './quantize-rows.ts';
import type { QuantizedRows, RowsRequest } from './rows-request.ts';

export interface QuantizerOptions {
  /** 0: in this thread. One a core, eight at most, unless given: reading and writing do not keep up with more. */
  readonly workers?: number | undefined;
  /** The file of `quantize-worker.ts`, where a bundler has put it somewhere else. */
  readonly workerModule?: string | URL | undefined;
}

const mostWorkers = 8;

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve: (rows: QuantizedRows) => void; reject: (error: unknown) => void }>;
}

export class Quantizer {
  readonly #count: number;
  readonly #module: string | URL;
  readonly #threads: Thread[] = [];
  #next = 0;
  #failure: ExportError | null = null;
  #closing = false;

  constructor({ workers, workerModule }: QuantizerOptions = {}) {
    this.#count = workers ?? Math.min(availableParallelism(), mostWorkers);
    this.#module = workerModule ?? new URL('./quantize-worker.ts', import.meta.url);
  }

  /** Requests that are worth having in work at once: one that is done and one that waits for each thread. */
  get parallelism(): number {
    return 2 * this.#count;
  }

  /** Throws what `quantizeRows` throws, and `worker.failed` for a thread that ended. */
  quantize(request: RowsRequest): Promise<QuantizedRows> {
    if (this.#count === 0) return new Promise((resolve) => resolve(quantizeRows(request)));
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#threads.length < this.#count) this.#threads.push(this.#start());
    const thread = this.#threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    const id = this.#next++;
    const { promise, resolve, reject } = Promise.withResolvers<QuantizedRows>();
    thread.waiting.set(id, { resolve, reject });
    thread.worker.postMessage({ id, request });
    return promise;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
    this.#threads.length = 0;
  }

  #start(): Thread {
    const thread: Thread = { worker: new Worker(this.#module), waiting: new Map() };
    thread.worker.on('message', (answer: QuantizeAnswer) => {
      const waiting = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      if ('rows' in answer) waiting?.resolve(answer.rows);
      else waiting?.reject(new ExportError(answer.code, answer.message, answer));
    });
    const ended = (cause?: unknown): void => {
      const failure = threadFailed(cause);
      // One that ended while it had nothing to do would be given the next request, and never answer.
      if (!this.#closing) this.#failure ??= failure;
      for (const { reject } of thread.waiting.values()) reject(failure);
      thread.waiting.clear();
    };
    thread.worker.on('error', ended);
    thread.worker.on('messageerror', ended);
    thread.worker.on('exit', () => ended());
    return thread;
  }
}

function threadFailed(cause: unknown): ExportError {
  const reason = cause instanceof Error ? cause.message : 'no reason was given';
  return new ExportError('worker.failed', `A thread that quantises ended before its work was done: ${reason}.`, {
    action: 'Start again: what is done is kept. If it happens again, memory may be short.',
    cause,
  });
}
