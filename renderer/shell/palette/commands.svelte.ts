/**
 * Everything that can be done by name. Parts of the interface register what they offer while they are on the screen; the palette shows it,
 * the keyboard runs it. Ids of what was used last are remembered, nothing else.
 */
import { untrack } from 'svelte';
import { z } from 'zod';
import type { ShortcutId } from '../shortcuts.ts';

export const commandGroups = ['recent', 'conversation', 'answer', 'go', 'conversations', 'models', 'settings'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface Command {
  /** The same for the same command at every start; where it is a shortcut's id, that shortcut runs it. */
  readonly id: string;
  /** In the language of the interface. */
  readonly title: string;
  readonly group: Exclude<CommandGroup, 'recent'>;
  /** Shown beside the title, softer. */
  readonly detail?: string;
  /** Other words under which it is found. */
  readonly keywords?: string;
  /** Keys that are shown, where they are not those of `id`. */
  readonly keys?: ShortcutId;
  readonly run: () => void;
}

/** What is offered now; called whenever the list is asked for, so it may read the state of stores. */
export type CommandSource = () => readonly Command[];

const KEY = 'lucie-recent-commands';
const KEPT = 6;

export class Commands {
  readonly #storage: Storage;
  #sources = $state.raw<readonly CommandSource[]>([]);
  #recent = $state.raw<readonly string[]>([]);

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#recent = parseIds(storage.getItem(KEY));
  }

  /** Returns what takes them away again: `$effect(() => commands.register(() => […]))`. */
  register(source: CommandSource): () => void {
    // Within an effect: it must not run again because of what it changes itself.
    this.#sources = [...untrack(() => this.#sources), source];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== source);
    };
  }

  get all(): readonly Command[] {
    return this.#sources.flatMap((source) => source());
  }

  /** Ids, the last used one first. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /** Whether there is such a command now. */
  run(id: string): boolean {
    const command = this.all.find((candidate) => candidate.id === id);
    command?.run();
    return command !== undefined;
  }

  remember(id: string): void {
    this.#recent = [id, ...this.#recent.filter((other) => other !== id)].slice(0, KEPT);
    this.#storage.setItem(KEY, JSON.stringify(this.#recent));
  }
}

/** What another version left there counts as nothing. */
function parseIds(stored: string | null): string[] {
  if (stored === null) return [];
  try {
    return z.array(z.string()).parse(JSON.parse(stored)).slice(0, KEPT);
  } catch {
    return [];
  }
}
