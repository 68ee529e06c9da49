/**
 * The text of an answer as it grows: bytes that are no whole character yet, and what may begin a stop string, are held back. An answer
 * may begin with tokens that were given; what is held back of them comes with what is generated.
 */
import type { Tokenizer } from '../tokenizer/index.ts';
import { StreamingDecoder } from '../tokenizer/index.ts';
import { StopStrings, type Filtered } from './sampling/stop-strings.ts';

export class AnswerText {
  readonly #decoder: StreamingDecoder;
  readonly #stopStrings: StopStrings;
  #isStopped = false;

  /** With `contextIds` the answer goes on with the text of these; without, it is a text of its own. */
  constructor(tokenizer: Tokenizer, stopStrings: readonly string[], contextIds: readonly number[] = []) {
    this.#decoder = new StreamingDecoder(tokenizer, contextIds);
    this.#stopStrings = new StopStrings(stopStrings);
  }

  /** What each of the tokens that the answer begins with adds to what may be shown. Stop strings within them end nothing. */
  give(ids: readonly number[]): string[] {
    return ids.map((id) => this.#stopStrings.pass(this.#decoder.push(id)));
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
