/**
 * What the model finds of the text: asked for on request, filled in as it comes. A text that changes keeps the scores of its unchanged
 * beginning, which depend on nothing after it; only the rest is scored anew.
 */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { NextToken, ScoringWindow } from '../../../main/contract/scoring.ts';
import type { Alternative } from '../../../main/contract/tokens.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';
import type { TokenColumns } from '../token-columns.ts';
import type { TokenScore } from './colouring.ts';
import { alternativesKept, commonLength, ScoreColumns, type ScoreSum } from './score-columns.ts';

export interface ScoringProgress {
  readonly done: number;
  readonly total: number;
  readonly remainingMs: number | null;
}

export interface TextToScore {
  readonly text: string;
  /** All of it. */
  readonly tokens: TokenColumns;
  /** Whose scores they are; `null` where it is loaded only for them. */
  readonly model: string | null;
  /** What the model reads at once; `null` where no model is loaded yet. */
  readonly contextLength: number | null;
}

export class TextScores {
  readonly #connection: Connection;
  #columns: ScoreColumns | null = null;
  #model: string | null = null;
  /** Of the ids of the text that is shown, those from the first on that are those of the columns. */
  #common = 0;
  /** Tokens of the text that is shown, where all are known. */
  #count: number | null = null;
  #known = $state(0);
  #next = $state.raw<NextToken | null>(null);
  #progress = $state.raw<ScoringProgress | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  /** Ids as the tokens are shown, which are not those of the model. */
  #refused = $state.raw<Uint32Array | null>(null);
  #asking: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Tokens of the text from the first on whose scores are known. */
  get known(): number {
    return this.#known;
  }

  /** What may follow the whole text. */
  get next(): NextToken | null {
    return this.#next;
  }

  /** `null` where nothing is scored now. */
  get progress(): ScoringProgress | null {
    return this.#progress;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  /** The model cut the text otherwise than it is shown. */
  get isOtherTokenizer(): boolean {
    return this.#refused !== null;
  }

  /** A field, so that it can be handed on. */
  readonly scoreOf = (index: number): TokenScore | null =>
    index < this.#known ? (this.#columns?.at(index) ?? null) : null;

  alternatives(index: number): Alternative[] {
    return index < this.#known ? (this.#columns?.alternatives(index) ?? []) : [];
  }

  sum(first: number, last: number): ScoreSum {
    return this.#columns?.sum(first, Math.min(last, this.#known)) ?? { tokens: 0, nats: 0 };
  }

  /** These tokens are shown now; all of them where `isWhole`. What is being scored ends if it is another text. */
  match(tokens: TokenColumns | null, isWhole: boolean): void {
    this.#common = this.#columns === null || tokens === null ? 0 : commonLength(this.#columns.ids, tokens.ids);
    this.#count = isWhole ? (tokens?.count ?? 0) : null;
    if (isWhole && tokens !== null && !isSameIds(tokens.ids, this.#refused)) this.#refused = null;
    const isSame = this.#common === this.#columns?.ids.length;
    if (tokens === null || (isWhole && !(isSame && this.#count === this.#common))) this.stop();
    this.#tell();
  }

  /** Another model's scores are of no use. */
  useModel(model: string | null): void {
    if (model === null || model === this.#model) return;
    if (this.#model !== null) this.clear();
    this.#model = model;
  }

  clear(): void {
    this.stop();
    this.#columns = null;
    this.#common = 0;
    this.#error = null;
    this.#refused = null;
    this.#tell();
  }

  /** Scores what is not scored yet, and what may come next. */
  async start({ text, tokens, model, contextLength }: TextToScore): Promise<void> {
    this.useModel(model);
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    const ids = tokens.ids.slice();
    const kept = this.#columns === null ? 0 : Math.min(this.#columns.filled, commonLength(this.#columns.ids, ids));
    const columns = ScoreColumns.continued(this.#columns, ids, kept);
    [this.#columns, this.#common, this.#count] = [columns, ids.length, ids.length];
    this.#error = null;
    this.#refused = null;
    this.#progress = { done: 0, total: ids.length - kept, remainingMs: null };
    this.#tell();
    const isLong = contextLength !== null && ids.length + 1 > contextLength;
    try {
      await this.#ask(text, columns, isLong ? windowOf(contextLength) : null, asking.signal);
    } catch (thrown) {
      if (asking.signal.aborted) return;
      this.#error = toErrorReport(thrown);
    }
    if (this.#asking === asking) this.#progress = null;
  }

  /** Keeps what is there. */
  stop(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#progress = null;
  }

  async #ask(text: string, columns: ScoreColumns, window: ScoringWindow | null, signal: AbortSignal): Promise<void> {
    try {
      await this.#read(text, columns, window, signal);
    } catch (thrown) {
      // The model was loaded only now, and reads less at once than the text has.
      const { code, details } = toErrorReport(thrown);
      const limit = details['limit'];
      if (window !== null || code !== 'CONTEXT_EXCEEDED' || typeof limit !== 'number') throw thrown;
      await this.#read(text, columns, windowOf(limit), signal);
    }
  }

  async #read(text: string, columns: ScoreColumns, window: ScoringWindow | null, signal: AbortSignal): Promise<void> {
    // One token stands before the text, so token i of the text is number i + 1.
    const from = columns.filled + 1;
    const input = { text, topK: alternativesKept, window, from, next: true };
    let place = 0;
    for await (const event of await this.#connection.client.tokens.score(input, { signal })) {
      if (signal.aborted) return;
      if (event.type === 'end') {
        columns.next = event.next;
        this.#tell();
        return;
      }
      for (const scored of event.tokens) {
        const index = place - 1;
        place += 1;
        if (index < 0) continue;
        const isExpected = index < columns.filled ? columns.ids[index] === scored.id : columns.add(scored);
        if (!isExpected) return this.#refuse(columns.ids);
      }
      this.#progress = { ...event.progress, total: event.progress.total ?? 0, remainingMs: event.remainingMs };
      this.#tell();
    }
  }

  #refuse(ids: Uint32Array): void {
    this.clear();
    this.#refused = ids;
  }

  #tell(): void {
    const columns = this.#columns;
    this.#known = Math.min(this.#common, columns?.filled ?? 0);
    const isAll = columns !== null && this.#count === columns.ids.length && this.#common === this.#count;
    this.#next = isAll ? columns.next : null;
  }
}

function isSameIds(ids: Uint32Array, others: Uint32Array | null): boolean {
  return ids.length === others?.length && commonLength(ids, others) === ids.length;
}

/** Every token but those of the first window is predicted from at least half of what the model can read. */
function windowOf(contextLength: number): ScoringWindow {
  return { length: contextLength, stride: Math.max(1, Math.floor(contextLength / 2)) };
}
