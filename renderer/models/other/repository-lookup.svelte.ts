/** Asking the hub what a repository holds. What was found stays until something else is looked for, also in another pane. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { RepositoryDescription } from '../../../main/contract/model-family.ts';
import type { Connection } from '../../connection/connection.ts';
import { isAbort, toErrorReport } from '../../rpc.ts';
import { parseModelReference } from './model-reference.ts';

export class RepositoryLookup {
  readonly #connection: Connection;
  #description = $state.raw<RepositoryDescription | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #isPending = $state(false);
  #stop: AbortController | null = null;
  /** As it was typed. */
  text = $state('');

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get description(): RepositoryDescription | null {
    return this.#description;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get isPending(): boolean {
    return this.#isPending;
  }

  /** Looks for what is typed; an earlier search is given up. */
  async run(): Promise<void> {
    const reference = parseModelReference(this.text);
    if (reference === null) return;
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#description = null;
    this.#error = null;
    this.#isPending = true;
    try {
      const found = await this.#connection.client.models.inspect(reference, { signal: stop.signal });
      if (!stop.signal.aborted) this.#description = found;
    } catch (thrown) {
      if (!stop.signal.aborted && !isAbort(thrown)) this.#error = toErrorReport(thrown);
    } finally {
      if (this.#stop === stop) this.#isPending = false;
    }
  }
}
