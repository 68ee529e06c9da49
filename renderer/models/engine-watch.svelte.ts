/** What the engine process is doing, and whether it had to be started again since the user last looked. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { EngineStatus } from '../../main/contract/models.ts';
import type { Connection } from '../connection/connection.ts';
import { follow } from '../connection/follow.ts';
import { toErrorReport } from '../rpc.ts';

export class EngineWatch {
  readonly #connection: Connection;
  readonly #tokenizerChanged: () => void;
  #status = $state.raw<EngineStatus | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #acknowledgedRestarts = $state<number | null>(null);
  /** Of the last model that was loaded: while another one is being loaded, there is none. */
  #tokenizerHash: string | undefined;

  /** `tokenizerChanged` is called when a model is loaded whose tokenizer is not that of the last one, and for the first one. */
  constructor(connection: Connection, tokenizerChanged: () => void) {
    this.#connection = connection;
    this.#tokenizerChanged = tokenizerChanged;
  }

  /** `null` until the first event. */
  get status(): EngineStatus | null {
    return this.#status;
  }

  get error(): ErrorReport | null {
    return this.#error ?? this.#status?.error ?? null;
  }

  /** The file of the loaded model, `null` where none is. Derived: what depends on it rests while only the status changes. */
  readonly modelPath: string | null = $derived.by(() => {
    const model = this.#status?.model ?? null;
    return model === null ? null : `${model.folder}/${model.file}`;
  });

  /** Set from a crash of the engine until the user has acknowledged it. */
  readonly crash: 'restarting' | 'restarted' | null = $derived.by(() => {
    const status = this.#status;
    if (status === null || this.#acknowledgedRestarts === null) return null;
    if (status.state === 'restarting') return 'restarting';
    return status.restarts > this.#acknowledgedRestarts ? 'restarted' : null;
  });

  /** The user has read that the engine was started again. */
  acknowledgeCrash(): void {
    this.#acknowledgedRestarts = this.#status?.restarts ?? null;
  }

  async run(signal: AbortSignal): Promise<void> {
    try {
      await follow(
        this.#connection,
        (streamSignal) => this.#connection.client.models.watch(undefined, { signal: streamSignal }),
        (status) => {
          // Restarts from before this page was opened are no news.
          this.#acknowledgedRestarts ??= status.restarts;
          this.#status = status;
          const hash = status.model?.tokenizerHash;
          if (hash === undefined || hash === this.#tokenizerHash) return;
          this.#tokenizerHash = hash;
          this.#tokenizerChanged();
        },
        signal,
      );
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }
}
