/** Looks at the loaded model every few seconds: whether it is still of use, and what memory its process takes. */
import type { engineContract } from '../contract/engine.ts';
import type { Logger } from '../logger/index.ts';
import type { SupervisedProcess } from '../process/index.ts';
import type { EngineStatusHolder } from './engine-status.ts';

const usualPollMs = 5_000;

export interface ModelPollParts {
  process: SupervisedProcess<typeof engineContract>;
  status: EngineStatusHolder;
  logger: Logger;
  pollMs: number | undefined;
  /** Comes before the memory is read. */
  onPoll: () => Promise<void>;
}

export class ModelPoll {
  readonly #parts: ModelPollParts;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: ModelPollParts) {
    this.#parts = parts;
  }

  begin(): void {
    const { pollMs = usualPollMs } = this.#parts;
    this.#timer ??= setInterval(() => void this.#poll(), pollMs).unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Into the status; while the engine computes it cannot answer, and is not asked. */
  async readMemory(): Promise<void> {
    const { process, status, logger } = this.#parts;
    if (status.value.state !== 'ready') return;
    try {
      const { residentBytes } = await process.client().memory();
      if (status.value.state === 'ready') status.update({ residentBytes });
    } catch (error) {
      logger.log('debug', 'The memory of the engine is not known', { error });
    }
  }

  async #poll(): Promise<void> {
    await this.#parts.onPoll();
    await this.readMemory();
  }
}
