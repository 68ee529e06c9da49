/** The open palette: what is typed, what fits, which line is chosen. Conversations are asked for when it opens. */
import { tick } from 'svelte';
import type { ConversationSummary } from '../../../main/contract/chat.ts';
import type { Connection } from '../../connection/connection.ts';
import type { Commands } from './commands.svelte.ts';
import { rankCommands, type RankedCommand } from './rank-commands.ts';

export class Palette {
  readonly #connection: Connection;
  readonly #commands: Commands;
  #isOpen = $state(false);
  #query = $state('');
  #chosen = $state(0);
  #conversations = $state.raw<readonly ConversationSummary[]>([]);

  readonly shown: readonly RankedCommand[] = $derived.by(() =>
    this.#isOpen ? rankCommands(this.#commands.all, this.#query, this.#commands.recent) : [],
  );

  constructor(connection: Connection, commands: Commands) {
    this.#connection = connection;
    this.#commands = commands;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get query(): string {
    return this.#query;
  }

  /** Place of the chosen line in `shown`. */
  get chosen(): number {
    return Math.min(this.#chosen, Math.max(0, this.shown.length - 1));
  }

  /** As they were when the palette was opened; what cannot be read is left out, the list of the chat says why. */
  get conversations(): readonly ConversationSummary[] {
    return this.#conversations;
  }

  open(): void {
    this.#query = '';
    this.#chosen = 0;
    this.#isOpen = true;
    void this.#readConversations();
  }

  close(): void {
    this.#isOpen = false;
  }

  type(query: string): void {
    this.#query = query;
    this.#chosen = 0;
  }

  choose(place: number): void {
    this.#chosen = place;
  }

  /** Up and down go round. */
  move(step: number): void {
    const count = this.shown.length;
    if (count > 0) this.#chosen = (this.chosen + step + count) % count;
  }

  /** Closes first, so that the focus is where it was before the command moves it. */
  async run(place = this.chosen): Promise<void> {
    const line = this.shown[place];
    if (line === undefined) return;
    this.close();
    this.#commands.remember(line.command.id);
    await tick();
    line.command.run();
  }

  async #readConversations(): Promise<void> {
    try {
      this.#conversations = await this.#connection.client.chat.list({});
    } catch {
      this.#conversations = [];
    }
  }
}
