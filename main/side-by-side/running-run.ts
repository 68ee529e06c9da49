/**
 * A run while it is under way: what its answers are by now, stored a few times a second and at each change, and told to whoever
 * watches. Nothing here knows of the engine.
 */
import type { ContenderAnswer, SideBySideEvent, SideBySideRun } from '../contract/side-by-side.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import type { RunStore } from './run-store.ts';

const storeEveryMs = 250;

export class RunningRun {
  readonly #store: RunStore;
  readonly #publish: (event: SideBySideEvent) => void;
  /** Its answers are in `#answers`, those that grow with their tokens in `#tokens`. */
  #run: SideBySideRun;
  readonly #answers: ContenderAnswer[];
  readonly #tokens: GeneratedToken[][];
  readonly #storedCounts: number[];
  #storedAt = Date.now();

  constructor(store: RunStore, run: SideBySideRun, publish: (event: SideBySideEvent) => void) {
    this.#store = store;
    this.#publish = publish;
    this.#run = run;
    this.#answers = [...run.answers];
    this.#tokens = run.answers.map(({ tokens }) => [...tokens]);
    this.#storedCounts = run.answers.map(() => 0);
  }

  get id(): string {
    return this.#run.id;
  }

  answer(position: number): ContenderAnswer {
    const answer = this.#answers[position];
    if (answer === undefined) throw new RangeError(`A run of ${this.#answers.length} has no answer ${position}.`);
    const tokens = this.#tokens[position] ?? [];
    // The text of an answer that has ended may be longer than its tokens: an incomplete character is its tail.
    const text = answer.status === 'answering' ? tokens.map((token) => token.text).join('') : answer.text;
    return { ...answer, text, tokens: [...tokens] };
  }

  snapshot(): SideBySideRun {
    return { ...this.#run, answers: this.#answers.map((_, position) => this.answer(position)) };
  }

  addToken(position: number, token: GeneratedToken): void {
    this.#tokens[position]?.push(token);
    if (Date.now() - this.#storedAt >= storeEveryMs) this.#flush(position);
    this.#publish({ type: 'token', position, token });
  }

  /** Stores everything of the answer, its tokens included. */
  change(position: number, change: Partial<Omit<ContenderAnswer, 'tokens'>>): void {
    this.#flush(position);
    const answer = { ...this.answer(position), ...change };
    this.#answers[position] = answer;
    this.#store.updateAnswer(this.id, position, answer);
    this.#publish({ type: 'answer', position, answer: this.answer(position) });
  }

  changeRun(change: Pick<SideBySideRun, 'status'> & Partial<Pick<SideBySideRun, 'restoreError'>>): void {
    this.#run = { ...this.#run, ...change };
    this.#store.update(this.#run);
    this.#publish({ type: 'run', run: this.snapshot() });
  }

  #flush(position: number): void {
    this.#storedAt = Date.now();
    const tokens = this.#tokens[position] ?? [];
    const stored = this.#storedCounts[position] ?? 0;
    if (stored === tokens.length) return;
    this.#store.appendTokens(this.id, position, stored, tokens.slice(stored));
    this.#storedCounts[position] = tokens.length;
  }
}
