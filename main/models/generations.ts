/**
 * Generations on the loaded model, one at a time, and how they end where the engine does not play along: a device or a memory that is
 * spent cannot be mended in the process, and a run cannot be interrupted.
 */
import type { engineContract, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { SupervisedProcess } from '../process/index.ts';
import type { DeviceProbes } from './device-probes.ts';
import type { EngineStatusHolder } from './engine-status.ts';

/** A step takes less on any machine that a model of this size is of use on. */
const usualCancelLimitMs = 10_000;

export interface GenerationParts {
  process: SupervisedProcess<typeof engineContract>;
  probes: DeviceProbes;
  status: EngineStatusHolder;
  cancelLimitMs: number | undefined;
  onEnd: () => void;
}

interface Running {
  /** Aborted: it ends within moments, and what comes next waits for that. */
  signal: AbortSignal | undefined;
  ended: Promise<unknown>;
}

export class Generations {
  readonly #parts: GenerationParts;
  readonly #cancelLimitMs: number;
  #running: Running | null = null;
  #cancelTimer: NodeJS.Timeout | null = null;

  constructor(parts: GenerationParts) {
    this.#parts = parts;
    this.#cancelLimitMs = parts.cancelLimitMs ?? usualCancelLimitMs;
  }

  /** @throws WorkbenchError `ENGINE_BUSY` */
  checkNone(): void {
    if (this.#running !== null)
      throw busy('Another answer is being generated.', 'Wait for its end or stop it, then try again.');
  }

  /** As `checkNone`, but for one whose caller has left: `cancelledEnded` waits for its end. @throws WorkbenchError `ENGINE_BUSY` */
  checkNoneWanted(): void {
    if (this.#running?.signal?.aborted !== true) this.checkNone();
  }

  async cancelledEnded(): Promise<void> {
    while (this.#running?.signal?.aborted === true) await this.#running.ended;
  }

  /**
   * `signal` is its caller's. The engine is replaced after the error has gone to the reader.
   * @throws WorkbenchError `ENGINE_BUSY`
   */
  async *run<Event>(body: () => AsyncIterable<Event>, signal?: AbortSignal): AsyncGenerator<Event> {
    this.checkNone();
    const { process, status, onEnd } = this.#parts;
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    this.#running = { signal, ended };
    status.update({ state: 'busy' });
    try {
      yield* body();
    } catch (error) {
      const { code } = WorkbenchError.from(error);
      if (code === 'DEVICE_LOST') this.#avoid(status.value.model?.device, error);
      if (code === 'DEVICE_LOST' || code === 'OUT_OF_MEMORY') process.replace(WorkbenchError.from(error));
      throw error;
    } finally {
      this.#running = null;
      resolve(undefined);
      this.#endLimit();
      if (status.value.state === 'busy') status.update({ state: 'ready' });
      onEnd();
    }
  }

  /** From now on what runs has to end in time. */
  cancelled(): void {
    if (this.#running !== null) this.#cancelTimer ??= setTimeout(() => this.#endUnresponsive(), this.#cancelLimitMs);
  }

  stop(): void {
    this.#endLimit();
  }

  #endLimit(): void {
    if (this.#cancelTimer !== null) clearTimeout(this.#cancelTimer);
    this.#cancelTimer = null;
  }

  #endUnresponsive(): void {
    const seconds = this.#cancelLimitMs / 1_000;
    this.#parts.process.replace(
      new WorkbenchError('ENGINE_CRASHED', `The engine did not stop within ${seconds} s and was ended.`, {
        action: 'It is being started again; then send the message again.',
        details: { cause: 'unresponsive', seconds },
      }),
    );
  }

  /** Without the processor nothing would be left. */
  #avoid(device: LoadedModel['device'] | undefined, error: unknown): void {
    if (device !== undefined && device !== 'cpu') this.#parts.probes.avoid(device, WorkbenchError.from(error).message);
  }
}

export function busy(message: string, action: string): WorkbenchError {
  return new WorkbenchError('ENGINE_BUSY', message, { action });
}
