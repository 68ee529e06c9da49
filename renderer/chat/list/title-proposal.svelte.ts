/** A title that the model is asked for while someone renames a conversation. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { toErrorReport } from '../../rpc.ts';

export class TitleProposal {
  readonly #ask: (signal: AbortSignal) => Promise<string | null>;
  #state = $state<'none' | 'asking' | 'proposed' | 'nothing'>('none');
  #error = $state.raw<ErrorReport | null>(null);
  #asking: AbortController | null = null;

  constructor(ask: (signal: AbortSignal) => Promise<string | null>) {
    this.#ask = ask;
  }

  /** `nothing`: the model wrote no title. */
  get state(): 'none' | 'asking' | 'proposed' | 'nothing' {
    return this.#state;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** `null` where there is none, whatever the reason: `state` and `error` say it. */
  async ask(): Promise<string | null> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    this.#state = 'asking';
    this.#error = null;
    try {
      const title = await this.#ask(asking.signal);
      if (this.#asking !== asking) return null;
      this.#state = title === null ? 'nothing' : 'proposed';
      return title;
    } catch (thrown) {
      if (this.#asking !== asking) return null;
      this.#state = 'none';
      this.#error = toErrorReport(thrown);
      return null;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  stop(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#state = 'none';
  }
}
