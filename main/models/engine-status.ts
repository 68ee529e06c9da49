/** The engine's status as one value that many can watch. */
import { EventPublisher } from '@orpc/server';
import type { EngineStatus } from '../contract/models.ts';
import { watch } from '../watch/watch.ts';

export class EngineStatusHolder {
  readonly #publisher = new EventPublisher<{ change: EngineStatus }>();
  #status: EngineStatus = {
    state: 'stopped',
    model: null,
    error: null,
    processId: null,
    restarts: 0,
    residentBytes: null,
  };

  get value(): EngineStatus {
    return this.#status;
  }

  update(change: Partial<EngineStatus>): void {
    const next = { ...this.#status, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#status)) return;
    this.#status = next;
    this.#publisher.publish('change', next);
  }

  watch(signal?: AbortSignal): AsyncGenerator<EngineStatus> {
    return watch(this.#publisher, 'change', () => this.#status, signal);
  }
}
