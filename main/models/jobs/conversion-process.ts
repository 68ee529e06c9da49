/**
 * One conversion process for one piece of work: it is started for it and killed after it, so that its memory is free again and
 * a crash costs this work only. What it leaves behind is gone on with by the next call.
 */
import type { conversionContract, ConversionReport, ConversionRequest } from '../../contract/conversion.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/progress.ts';
import type { Verification } from '../../contract/verification.ts';
import { connectPort, type LaunchProcess } from '../../process/index.ts';

export interface WorkOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Where the work is done: here in a process of its own, from a command line in that one. */
export interface Conversion {
  convert(request: ConversionRequest, options: WorkOptions): Promise<ConversionReport>;
  verify(folder: string, options: WorkOptions): Promise<Verification>;
}

/** What a process does in its own time before it is killed: it hears the end of the stream within a matrix. */
const graceMs = 5_000;

export class ConversionProcess implements Conversion {
  readonly #launch: LaunchProcess;

  constructor(launch: LaunchProcess) {
    this.#launch = launch;
  }

  /** @throws WorkbenchError of `conversionErrors`, `CONVERSION_CRASHED`, `CANCELLED` */
  convert(request: ConversionRequest, options: WorkOptions): Promise<ConversionReport> {
    return this.#run(options, async (client) => (await this.#last(await client.convert(request), options)).report);
  }

  verify(folder: string, options: WorkOptions): Promise<Verification> {
    return this.#run(
      options,
      async (client) => (await this.#last(await client.verify({ folder }), options)).verification,
    );
  }

  async #run<Result>({ signal }: WorkOptions, work: (client: ConversionClient) => Promise<Result>): Promise<Result> {
    if (signal.aborted) throw cancelled();
    const handle = this.#launch('convert');
    try {
      return await work(connectPort<typeof conversionContract>(handle.port, crashed));
    } finally {
      handle.kill();
      await handle.exited;
    }
  }

  /** The end of a stream; every step before it is reported. Leaves the stream as soon as the signal says so. */
  async #last<End extends { type: 'end' }>(
    stream: AsyncIterator<End | { type: 'progress'; progress: Progress }>,
    { signal, onProgress }: WorkOptions,
  ): Promise<End> {
    const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>();
    const onAbort = (): void => resolve('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      for (;;) {
        const next = await Promise.race([stream.next(), aborted]);
        if (next === 'aborted') {
          await leave(stream);
          throw cancelled();
        }
        if (next.done === true) throw crashed();
        if (next.value.type === 'end') return next.value;
        onProgress(next.value.progress);
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

type ConversionClient = ReturnType<typeof connectPort<typeof conversionContract>>;

async function leave(stream: AsyncIterator<unknown>): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, graceMs, undefined);
  await Promise.race([Promise.resolve(stream.return?.()).catch(() => undefined), enough]);
  clearTimeout(timer);
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('CANCELLED', 'The work was stopped; what is done is kept.', { action: 'Continue it.' });
}

function crashed(): WorkbenchError {
  return new WorkbenchError('CONVERSION_CRASHED', 'The conversion process ended unexpectedly.', {
    action: 'Continue it: what is done is kept. If it happens again, memory may be short.',
  });
}
