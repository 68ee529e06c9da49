/** A conversation as a person would keep it on paper: every message once, in the order in which they were made. */
import type { Message } from '../../../main/contract/chat.ts';

export interface Noted {
  id: string;
  parentId: string | null;
  role: 'user' | 'assistant';
  text: string;
  /** Of an answer. */
  ids: number[];
  status: Message['status'];
  /** The message with which it was removed. */
  removedWith: string | null;
}

export class TreeModel {
  notes: Noted[] = [];
  leafId: string | null = null;
  /** The answer that is under way. */
  running: Noted | null = null;

  get visible(): Noted[] {
    return this.notes.filter(({ removedWith }) => removedWith === null);
  }

  of(id: string): Noted {
    const note = this.notes.find((one) => one.id === id);
    if (note === undefined) throw new Error(`Nothing is noted of ${id}.`);
    return note;
  }

  /** From the first message to this one. */
  branch(id: string | null): Noted[] {
    return id === null ? [] : [...this.branch(this.of(id).parentId), this.of(id)];
  }

  add(note: Omit<Noted, 'removedWith'>): Noted {
    const whole = { ...note, removedWith: null };
    this.notes.push(whole);
    this.leafId = note.id;
    return whole;
  }

  show(id: string): void {
    this.leafId = this.#newestUnder(id);
  }

  /** Whether the answer that is under way is this message or follows it. */
  isBusy(id: string): boolean {
    return this.running !== null && this.branch(this.running.id).some((note) => note.id === id);
  }

  remove(id: string): void {
    const wasShown = this.branch(this.leafId).some((note) => note.id === id);
    const gone = this.visible.filter((note) => this.branch(note.id).some((above) => above.id === id));
    for (const note of gone) note.removedWith = id;
    if (!wasShown) return;
    const { parentId } = this.of(id);
    if (parentId !== null) this.show(parentId);
    else {
      const root = this.visible.findLast((note) => note.parentId === null);
      this.leafId = root === undefined ? null : this.#newestUnder(root.id);
    }
  }

  get removals(): string[] {
    return [...new Set(this.notes.flatMap(({ removedWith }) => removedWith ?? []))];
  }

  restore(id: string): void {
    const { parentId } = this.of(id);
    const above = parentId === null ? null : this.of(parentId).removedWith;
    for (const note of this.notes) if (note.removedWith === id) note.removedWith = above;
    if (above === null) this.show(id);
  }

  /** The workbench is started again: what was removed is gone for good, what was under way is broken off. */
  restart(): void {
    this.notes = this.visible;
    if (this.running !== null) this.running.status = 'interrupted';
    this.running = null;
  }

  #newestUnder(id: string): string {
    const child = this.visible.findLast(({ parentId }) => parentId === id);
    return child === undefined ? id : this.#newestUnder(child.id);
  }
}
