/** The workbench's engine, as the engine process has it: through its stream of events, with the figures of every token. */
import { Engine } from '../../../main/engine/engine.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import type { Runtime, RuntimeSetup } from './runtime.ts';

export class LucieRuntime implements Runtime {
  readonly #engine = new Engine();
  #isNew = true;

  /** Threads are the engine's own choice: the bench gives the same number to the others. */
  async load({ modelPath, threads }: RuntimeSetup): Promise<void> {
    const loaded = await this.#engine.load(modelPath, 'cpu');
    if (loaded.threads !== threads) throw new Error(`The engine took ${loaded.threads} threads, not ${threads}.`);
  }

  forget(): Promise<void> {
    this.#isNew = true;
    return Promise.resolve();
  }

  async generate(ids: readonly number[], steps: number, onToken: (id: number) => void): Promise<void> {
    const sampling = { ...defaultSampling, temperature: 0, maxTokens: steps };
    // Synthetic weights repeat themselves, which would make drafts from the text look better than they are.
    const input = { generationId: 'bench', promptIds: ids, sampling, drafts: false };
    for await (const event of await this.#engine.generate(input)) {
      if (event.type === 'token') onToken(event.token.id);
      if (event.type === 'end') this.#check(event.reason, event.statistics.reusedTokens);
    }
    this.#isNew = false;
  }

  #check(reason: string, reusedTokens: number): void {
    if (reason !== 'max-tokens') throw new Error(`The answer ended with ${reason}: not all tokens were measured.`);
    if (this.#isNew && reusedTokens > 1) throw new Error(`${reusedTokens} tokens of a new conversation were reused.`);
  }
}
