/**
 * The sequences that the engine holds beside the running answer: whether they may be kept on disk, and that they go with their
 * conversation. What the user wants is asked each time; the engine is told whenever it may not know.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { engineContract } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import type { SupervisedProcess } from '../process/index.ts';

const saveTimeoutMs = 15_000;

export class EngineCaches {
  readonly #process: SupervisedProcess<typeof engineContract>;
  readonly #folder: () => string | null;
  readonly #logger: Logger;

  constructor(process: SupervisedProcess<typeof engineContract>, folder: () => string | null, logger: Logger) {
    this.#process = process;
    this.#folder = folder;
    this.#logger = logger;
  }

  /**
   * Before and after every load. A folder that cannot be used only costs time later.
   * @throws WorkbenchError where the engine is gone
   */
  async tell(): Promise<void> {
    try {
      await this.#process.client().keepCaches({ folder: this.#folder() });
    } catch (error) {
      const { code } = WorkbenchError.from(error);
      if (code === 'ENGINE_CRASHED' || code === 'CANCELLED') throw error;
      this.#logger.log('warn', 'The engine could not be told where caches are kept', { error });
    }
  }

  /** Starts no process: one that starts later is told before it loads. */
  async tellRunning(): Promise<void> {
    await this.#process.running?.keepCaches({ folder: this.#folder() });
  }

  /** Where there is no folder, only a running process can hold any. */
  async forget(prompts: number[][]): Promise<void> {
    const folder = this.#folder();
    if (prompts.length === 0) return;
    const engine = folder === null ? this.#process.running : this.#process.client();
    await engine?.forget({ prompts, folder });
  }

  /**
   * Before the engine ends: unloading writes what is worth it. An engine that is not done in time loses them: they only cost time.
   * `unloading` is that which is under way already; else the model is unloaded, where one is loaded.
   */
  async save(unloading: Promise<unknown> | null, isLoaded: boolean): Promise<void> {
    if (this.#folder() === null || (unloading === null && !isLoaded)) return;
    const saving = unloading ?? this.#process.client().unload();
    const inTime = await Promise.race([
      saving.then(
        () => true,
        () => false,
      ),
      wait(saveTimeoutMs, false, { ref: false }),
    ]);
    if (!inTime) this.#logger.log('warn', 'The caches were not saved');
  }
}
