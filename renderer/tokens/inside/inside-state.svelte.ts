/**
 * What was computed inside the model for the text of the Tokens pane, and what is being computed. Only on request; a result stays until
 * the next one, and knows the text and the model that it is of.
 */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { LensPosition } from '../../../main/contract/inspection.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';
import { AttentionMap } from './attention-map.ts';

export type InsideView = 'attention' | 'lens';

export interface InspectedToken {
  readonly id: number;
  readonly piece: string;
}

/** What a result is of. */
export interface Subject {
  readonly text: string;
  /** Asked for: so many from the start. */
  readonly firstTokens: number;
  /** The file of the model; `null` where none was loaded yet. */
  readonly model: string | null;
}

export interface Seen extends Subject {
  readonly tokens: readonly InspectedToken[];
  /** Of the whole text. */
  readonly tokenCount: number;
  readonly layers: number;
}

export interface SeenAttention extends Seen {
  readonly map: AttentionMap;
}

export interface SeenLens extends Seen {
  /** `[state][position]`, as far as they have come. */
  readonly states: readonly (readonly LensPosition[])[];
}

const lensAlternatives = 8;

export class InsideState {
  readonly #connection: Connection;
  readonly #subject: () => Omit<Subject, 'firstTokens'>;
  #view = $state<InsideView>('attention');
  #firstTokens = $state(32);
  #layer = $state(0);
  #head = $state(0);
  #attention = $state.raw<SeenAttention | null>(null);
  #lens = $state.raw<SeenLens | null>(null);
  #pending = $state<InsideView | null>(null);
  #progress = $state.raw<{ done: number; total: number } | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #isCancelled = $state(false);
  #asking: AbortController | null = null;

  /** `subject` is the text and the model of now. */
  constructor(connection: Connection, subject: () => Omit<Subject, 'firstTokens'>) {
    this.#connection = connection;
    this.#subject = subject;
  }

  get view(): InsideView {
    return this.#view;
  }

  get firstTokens(): number {
    return this.#firstTokens;
  }

  /** From 0; what the map shows, or will show once it is computed. */
  get layer(): number {
    return this.#layer;
  }

  get head(): number {
    return Math.min(this.#head, (this.#attention?.map.heads ?? 1) - 1);
  }

  get attention(): SeenAttention | null {
    return this.#attention;
  }

  get lens(): SeenLens | null {
    return this.#lens;
  }

  get pending(): InsideView | null {
    return this.#pending;
  }

  get progress(): { done: number; total: number } | null {
    return this.#progress;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Of another text or model than those of now. */
  isStale(seen: Seen): boolean {
    const { text, model } = this.#subject();
    const isOfAnother = seen.model !== null && model !== null && seen.model !== model;
    return seen.text !== text || seen.firstTokens !== this.#firstTokens || isOfAnother;
  }

  show(view: InsideView): void {
    if (this.#pending === null) this.#forgetOutcome();
    this.#view = view;
  }

  takeFirst(tokens: number): void {
    this.#firstTokens = tokens;
  }

  chooseHead(head: number): void {
    this.#head = head;
  }

  /** Computes what the open view shows. */
  compute(): Promise<void> {
    if (this.#view === 'lens') return this.#computeLens();
    // Another model may have fewer layers.
    const isOfAnother = this.#attention !== null && this.#attention.model !== this.#subject().model;
    return this.chooseLayer(isOfAnother ? 0 : this.#layer);
  }

  /** Chosen while another layer is computed, it is computed after that one. */
  async chooseLayer(layer: number): Promise<void> {
    this.#layer = layer;
    if (this.#pending === 'attention') return;
    await this.#ask('attention', async (subject, signal) => {
      const input = { source: textOf(subject), firstTokens: subject.firstTokens, layer };
      let seen: Seen | null = null;
      for await (const event of await this.#connection.client.tokens.attention(input, { signal })) {
        if (event.type === 'progress') this.#report(event.progress);
        if (event.type === 'begin') seen = { ...this.#withModel(subject), ...event };
        if (event.type === 'attention' && seen !== null) {
          this.#attention = { ...seen, map: new AttentionMap(event.attention) };
        }
      }
    });
    const isDone = this.#pending === null && this.#error === null && !this.#isCancelled;
    if (isDone && this.#layer !== layer) await this.chooseLayer(this.#layer);
  }

  cancel(): void {
    this.#asking?.abort();
  }

  async #computeLens(): Promise<void> {
    await this.#ask('lens', async (subject, signal) => {
      const input = { source: textOf(subject), firstTokens: subject.firstTokens, topK: lensAlternatives };
      for await (const event of await this.#connection.client.tokens.lens(input, { signal })) {
        if (event.type === 'progress') this.#report(event.progress);
        if (event.type === 'begin') this.#lens = { ...this.#withModel(subject), ...event, states: [] };
        if (event.type === 'state' && this.#lens !== null) {
          this.#lens = { ...this.#lens, states: [...this.#lens.states, event.positions] };
        }
      }
    });
  }

  async #ask(view: InsideView, run: (subject: Subject, signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#forgetOutcome();
    this.#pending = view;
    try {
      await run({ ...this.#subject(), firstTokens: this.#firstTokens }, asking.signal);
    } catch (thrown) {
      if (this.#asking === asking && !asking.signal.aborted) this.#error = toErrorReport(thrown);
    }
    if (this.#asking !== asking) return;
    this.#isCancelled = asking.signal.aborted;
    this.#pending = null;
    this.#progress = null;
    this.#asking = null;
  }

  /** A model that was loaded only for this is known once it computes. */
  #withModel(subject: Subject): Subject {
    return { ...subject, model: subject.model ?? this.#subject().model };
  }

  #report({ done, total }: { done: number; total: number | null }): void {
    this.#progress = total === null ? null : { done, total };
  }

  #forgetOutcome(): void {
    this.#error = null;
    this.#isCancelled = false;
  }
}

function textOf({ text }: Subject): { kind: 'text'; text: string } {
  return { kind: 'text', text };
}
