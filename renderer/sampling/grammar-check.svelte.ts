/** What the engine says of a grammar while it is written; an older answer never wins. */
import type { ErrorReport } from '../../main/contract/errors.ts';
import { grammarSchema, type Grammar } from '../../main/contract/sampling.ts';
import type { Connection } from '../connection/connection.ts';
import { delay } from '../connection/delay.ts';
import { toErrorReport } from '../rpc.ts';

const PAUSE_MS = 400;

export type GrammarState =
  | { kind: 'empty' }
  | { kind: 'checking' }
  | { kind: 'valid' }
  /** No model is free to tell. */
  | { kind: 'unchecked' }
  | { kind: 'invalid'; report: ErrorReport };

export class GrammarCheck {
  readonly #connection: Connection;
  #state = $state.raw<GrammarState>({ kind: 'empty' });
  #asking: AbortController | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get state(): GrammarState {
    return this.#state;
  }

  async ask(grammar: Grammar): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    // Not read back: an effect that asks would run again for its own answer.
    const kind = grammarSchema.safeParse(grammar).success ? 'checking' : 'empty';
    this.#state = { kind };
    if (kind === 'empty') return;
    await delay(PAUSE_MS, asking.signal);
    if (asking.signal.aborted) return;
    let state: GrammarState;
    try {
      const { isChecked } = await this.#connection.client.models.checkGrammar({ grammar }, { signal: asking.signal });
      state = { kind: isChecked ? 'valid' : 'unchecked' };
    } catch (thrown) {
      const report = toErrorReport(thrown);
      state = report.code === 'GRAMMAR_INVALID' ? { kind: 'invalid', report } : { kind: 'unchecked' };
    }
    if (!asking.signal.aborted) this.#state = state;
  }

  leave(): void {
    this.#asking?.abort();
  }
}
