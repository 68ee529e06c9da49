/** What the engine holds of deleted messages goes too, as soon as the engine has time; the messages are gone now. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '../logger/index.ts';
import type { ModelService } from '../models/index.ts';

/** An engine that is busy forgets when it is done; a workbench that is closed waits so long for it. */
const forgetLimitMs = 5_000;

export class ForgottenPrompts {
  readonly #models: Pick<ModelService, 'forget'>;
  readonly #logger: Logger;
  readonly #forgetting = new Set<Promise<void>>();

  constructor(models: Pick<ModelService, 'forget'>, logger: Logger) {
    this.#models = models;
    this.#logger = logger;
  }

  /** What `read` gives; a damaged receipt must not keep a message from being deleted. */
  promptsOf(read: () => number[][]): number[][] {
    try {
      return read();
    } catch (error) {
      this.#logger.log('warn', 'The engine may hold a deleted conversation', { error });
      return [];
    }
  }

  forget(prompts: number[][]): void {
    if (prompts.length === 0) return;
    const forgetting = this.#models
      .forget(prompts)
      .catch((error: unknown) => this.#logger.log('warn', 'The engine may hold a deleted conversation', { error }))
      .finally(() => this.#forgetting.delete(forgetting));
    this.#forgetting.add(forgetting);
  }

  async done(): Promise<void> {
    await Promise.race([Promise.all(this.#forgetting), wait(forgetLimitMs, undefined, { ref: false })]);
  }
}
