/**
 * The chat-template lens: a template, a conversation, and what the one makes of the other. Edits stay when the pane is left; an
 * older answer never wins.
 */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { RenderedTemplate, TemplateInput } from '../../../main/contract/template-lens.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import { delay } from '../../connection/delay.ts';
import { toErrorReport } from '../../rpc.ts';

const PAUSE_MS = 200;

/** What somebody begins with whose model has no template. */
const blankTemplate = `{%- for message in messages -%}
{{ message.role }}: {{ message.content | trim }}
{% endfor -%}
{%- if add_generation_prompt -%}assistant:{% endif -%}
`;

export type TurnRole = 'system' | 'user' | 'assistant';

export interface LensTurn {
  /** Stays with the turn when it is moved. */
  readonly key: number;
  readonly role: TurnRole;
  readonly content: string;
}

export class TemplateLens {
  readonly #connection: Connection;
  #original = $state.raw<string | null>(null);
  #source = $state.raw<string | null>(null);
  #turns = $state.raw<readonly LensTurn[]>([]);
  #result = $state.raw<RenderedTemplate | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #pending = $state(false);
  #keys = 0;
  #opening: AbortController | null = null;
  #rendering: AbortController | null = null;
  addGenerationPrompt = $state(true);
  /** Whether control tokens that were typed are read as such. */
  parsesTyped = $state(false);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The template as it is edited; `null` until that of the model was read. */
  get source(): string | null {
    return this.#source;
  }

  /** That of the model; `null` where it has none. */
  get original(): string | null {
    return this.#original;
  }

  get turns(): readonly LensTurn[] {
    return this.#turns;
  }

  get result(): RenderedTemplate | null {
    return this.#result;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get pending(): boolean {
    return this.#pending;
  }

  write(source: string): void {
    this.#source = source;
  }

  reset(): void {
    this.#source = this.#original ?? blankTemplate;
  }

  useTurns(turns: readonly { role: TurnRole; content: string }[]): void {
    this.#turns = turns.map(({ role, content }) => ({ key: this.#keys++, role, content }));
  }

  /** A turn of the other speaker than the last. */
  addTurn(): void {
    const role = this.#turns.at(-1)?.role === 'user' ? 'assistant' : 'user';
    this.#turns = [...this.#turns, { key: this.#keys++, role, content: '' }];
  }

  changeTurn(key: number, change: Partial<Pick<LensTurn, 'role' | 'content'>>): void {
    this.#turns = this.#turns.map((turn) => (turn.key === key ? { ...turn, ...change } : turn));
  }

  removeTurn(key: number): void {
    this.#turns = this.#turns.filter((turn) => turn.key !== key);
  }

  /** One place up (-1) or down (1). */
  moveTurn(key: number, by: 1 | -1): void {
    const from = this.#turns.findIndex((turn) => turn.key === key);
    const turn = this.#turns[from];
    if (turn === undefined || from + by < 0 || from + by >= this.#turns.length) return;
    this.#turns = this.#turns.toSpliced(from, 1).toSpliced(from + by, 0, turn);
  }

  /** Reads the template of a model; one that is being edited stays. */
  async open(tokenizer: TokenizerSource): Promise<void> {
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    let original: string | null = null;
    try {
      const { source } = await this.#connection.client.tokens.template({ tokenizer }, { signal: opening.signal });
      original = source;
    } catch (thrown) {
      if (opening.signal.aborted) return;
      const report = toErrorReport(thrown);
      if (report.code !== 'CHAT_TEMPLATE_INVALID') {
        this.#error = report;
        return;
      }
    }
    if (opening.signal.aborted) return;
    const isUntouched = this.#source === null || this.#source === (this.#original ?? blankTemplate);
    this.#original = original;
    if (isUntouched) this.reset();
  }

  async render(tokenizer: TokenizerSource, input: TemplateInput): Promise<void> {
    this.#rendering?.abort();
    const rendering = new AbortController();
    const { signal } = rendering;
    this.#rendering = rendering;
    this.#pending = true;
    await delay(PAUSE_MS, signal);
    if (signal.aborted) return;
    try {
      const result = await this.#connection.client.tokens.renderTemplate({ tokenizer, ...input }, { signal });
      if (signal.aborted) return;
      this.#result = result;
      this.#error = null;
    } catch (thrown) {
      if (signal.aborted) return;
      this.#result = null;
      this.#error = toErrorReport(thrown);
    }
    this.#pending = false;
  }

  /** Nothing is asked for any more. */
  leave(): void {
    this.#opening?.abort();
    this.#rendering?.abort();
    this.#pending = false;
  }
}
