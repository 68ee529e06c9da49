/** What the strip of stages shows: the explanation of a passage, asked for a moment after the last change; an older answer never wins. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Explanation, MergeReplay } from '../../../main/contract/pipeline.ts';
import { mostReplayedTokens } from '../../../main/contract/pipeline.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import { delay } from '../../connection/delay.ts';
import { toErrorReport } from '../../rpc.ts';
import { firstChunkToShow } from './stage-cells.ts';

const PAUSE_MS = 150;

/** An explanation together with the passage that it is of. */
export interface Explained {
  readonly text: string;
  readonly tokenizer: TokenizerSource;
  readonly explanation: Explanation;
}

export class StepsState {
  readonly #connection: Connection;
  #explained = $state.raw<Explained | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #pending = $state(false);
  #chosenChunk = $state<number | null>(null);
  #replay = $state.raw<MergeReplay | null>(null);
  #asking: AbortController | null = null;
  #replaying: AbortController | null = null;

  /** The chunk whose merges are shown: the one that was chosen, else the first with something to merge. */
  readonly chunk: number | null = $derived.by(() => {
    const explanation = this.#explained?.explanation;
    const count = explanation?.chunks?.length ?? 0;
    if (this.#chosenChunk !== null && this.#chosenChunk < count) return this.#chosenChunk;
    return explanation === undefined ? null : firstChunkToShow(explanation);
  });

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` for an empty text. */
  get explained(): Explained | null {
    return this.#explained;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get pending(): boolean {
    return this.#pending;
  }

  /** `null` while it is asked for, and where there is no chunk. */
  get replay(): MergeReplay | null {
    return this.#replay;
  }

  choose(chunk: number | null): void {
    if (chunk !== null) this.#chosenChunk = chunk;
  }

  async explain(tokenizer: TokenizerSource, text: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    const { signal } = asking;
    this.#asking = asking;
    if (text === '') {
      this.#explained = null;
      this.#error = null;
      this.#pending = false;
      return;
    }
    this.#pending = true;
    await delay(PAUSE_MS, signal);
    if (signal.aborted) return;
    try {
      const explanation = await this.#connection.client.tokens.explain({ tokenizer, text }, { signal });
      if (signal.aborted) return;
      if (text !== this.#explained?.text) this.#chosenChunk = null;
      this.#explained = { text, tokenizer, explanation };
      this.#error = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.#explained = null;
      this.#error = toErrorReport(thrown);
    }
    this.#pending = false;
  }

  /** Asks for the merges of the chunk that is shown. */
  async replayChunk(): Promise<void> {
    this.#replaying?.abort();
    const replaying = new AbortController();
    this.#replaying = replaying;
    this.#replay = null;
    const explained = this.#explained;
    const chunk = explained?.explanation.chunks?.[this.chunk ?? -1];
    if (explained === null || chunk === undefined || chunk.isControl || chunk.tokenCount > mostReplayedTokens) return;
    const ids = explained.explanation.ids.slice(chunk.token, chunk.token + chunk.tokenCount);
    const input = { tokenizer: explained.tokenizer, ids };
    try {
      const replay = await this.#connection.client.tokens.merges(input, { signal: replaying.signal });
      if (!replaying.signal.aborted) this.#replay = replay;
    } catch (thrown) {
      if (!replaying.signal.aborted) this.#error = toErrorReport(thrown);
    }
  }

  /** Nothing is asked for any more. */
  leave(): void {
    this.#asking?.abort();
    this.#replaying?.abort();
  }
}
