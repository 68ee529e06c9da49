/** A runtime with the conversation that it is in: what each token of it took. */
import type { Runtime } from './runtime.ts';

export class MeasuredConversation {
  readonly #runtime: Runtime;
  #ids: number[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  get length(): number {
    return this.#ids.length;
  }

  /** A new conversation. Milliseconds to its first token. */
  async begin(ids: readonly number[]): Promise<number> {
    await this.#runtime.forget();
    this.#ids = [];
    return this.turn(ids);
  }

  /** Milliseconds to the first token after `ids` were added. */
  async turn(ids: readonly number[]): Promise<number> {
    this.#ids.push(...ids);
    const [first = Number.NaN] = await this.#generate(1);
    return first;
  }

  /** Milliseconds of each of `steps` tokens; the first one of a call, which may cost preparations, is not among them. */
  async decode(steps: number): Promise<number[]> {
    const times = await this.#generate(steps + 1);
    return times.slice(1);
  }

  async #generate(steps: number): Promise<number[]> {
    const times: number[] = [];
    const answer: number[] = [];
    let before = performance.now();
    await this.#runtime.generate(this.#ids, steps, (id) => {
      const now = performance.now();
      times.push(now - before);
      before = now;
      answer.push(id);
    });
    this.#ids = [...this.#ids, ...answer];
    return times;
  }
}
