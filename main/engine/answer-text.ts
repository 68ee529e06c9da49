/** The text of an answer as it grows: bytes that are no whole character yet, and what may begin a stop string, are held back. */
import type { Tokenizer } from '../tokenizer/index.ts';
import { StreamingDecoder } from '../tokenizer/index.ts';
import { StopStrings, type Filtered } from './sampling/stop-strings.ts';

export class AnswerText {
  readonly #decoder: StreamingDecoder;
  readonly #stopStrings: StopStrings;
  #isStopped = false;

  constructor(tokenizer: Tokenizer, stopStrings: readonly string[]) {
    this.#decoder = new StreamingDecoder(tokenizer);
    this.#stopStrings = new StopStrings(stopStrings);
  }

  /** What the token adds to what may be shown, and whether a stop string is complete. */
  push(id: number): Filtered {
    const filtered = this.#stopStrings.push(this.#decoder.push(id));
    this.#isStopped = filtered.stopped;
    return filtered;
  }

  /** What was held back, at the end of the answer. */
  flush(): string {
    if (this.#isStopped) return '';
    const { emit, stopped } = this.#stopStrings.push(this.#decoder.flush());
    return stopped ? emit : emit + this.#stopStrings.flush();
  }
}
