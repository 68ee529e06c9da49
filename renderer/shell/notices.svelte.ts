/** Short messages that go away by themselves, unless the pointer or the focus is on them. */
import { SvelteMap } from 'svelte/reactivity';

export interface NoticeInput {
  text: string;
  command?: { label: string; run: () => void };
  /** Runs once when the message goes away without its command having been used. */
  onExpire?: () => void;
}

export interface ShownNotice extends NoticeInput {
  readonly id: number;
}

const SHOWN_FOR_MS = 6_000;

export class Notices {
  #all = $state.raw<readonly ShownNotice[]>([]);
  #nextId = 1;
  readonly #timers = new SvelteMap<number, ReturnType<typeof setTimeout>>();

  get all(): readonly ShownNotice[] {
    return this.#all;
  }

  show(notice: NoticeInput): void {
    const id = this.#nextId++;
    this.#all = [...this.#all, { ...notice, id }];
    this.release(id);
  }

  /** Stops the clock of one message. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_FOR_MS),
    );
  }

  accept(id: number): void {
    this.#take(id)?.command?.run();
  }

  dismiss(id: number): void {
    this.#take(id)?.onExpire?.();
  }

  /** The window is going away: nothing can be taken back any more. */
  dismissAll(): void {
    for (const { id } of this.#all) this.dismiss(id);
  }

  #take(id: number): ShownNotice | undefined {
    this.hold(id);
    const notice = this.#all.find((candidate) => candidate.id === id);
    this.#all = this.#all.filter((candidate) => candidate.id !== id);
    return notice;
  }
}
