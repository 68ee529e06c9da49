/** Which merge of a chunk is shown, and playing them one after another. */
const STEP_MS = 700;

export class MergePlayback {
  readonly #count: number;
  #step: number;
  #playing = $state(false);
  #timer: ReturnType<typeof setInterval> | null = null;

  /** Begins at the end: what the merges come to. */
  constructor(count: number) {
    this.#count = count;
    this.#step = $state(count);
  }

  /** Merges that have happened, from 0. */
  get step(): number {
    return this.#step;
  }

  get isPlaying(): boolean {
    return this.#playing;
  }

  get isAtStart(): boolean {
    return this.#step === 0;
  }

  get isAtEnd(): boolean {
    return this.#step === this.#count;
  }

  show(step: number): void {
    this.pause();
    this.#step = Math.max(0, Math.min(this.#count, step));
  }

  /** From the start where everything has happened already. */
  play(): void {
    this.pause();
    if (this.isAtEnd) this.#step = 0;
    this.#playing = true;
    this.#timer = setInterval(() => {
      this.#step++;
      if (this.isAtEnd) this.pause();
    }, STEP_MS);
  }

  pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#playing = false;
  }
}
