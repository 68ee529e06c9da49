/**
 * The run that is shown, the earlier ones, and the one that is being put together. The main side owns runs; this is what their
 * watch reported last, with tokens added once a frame.
 */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { SideBySideEvent, SideBySideRun, SideBySideSummary } from '../../../main/contract/side-by-side.ts';
import type { Connection } from '../../connection/connection.ts';
import { follow } from '../../connection/follow.ts';
import { toErrorReport } from '../../rpc.ts';
import { FrameBuffer } from '../frame-buffer.ts';
import { addTokens, isUnderWay, replaceAnswer, type AddedToken } from './run-changes.ts';
import { WishedRun } from './wished-run.svelte.ts';

export class SideBySide {
  readonly #connection: Connection;
  readonly wished: WishedRun;
  readonly #tokens = new FrameBuffer<AddedToken>((added) => {
    if (this.#run !== null) this.#run = addTokens(this.#run, added);
  });
  #runId = $state<string | null>(null);
  #run = $state.raw<SideBySideRun | null>(null);
  #prefill = $state.raw<Extract<SideBySideEvent, { type: 'prefill' }> | null>(null);
  #earlier = $state.raw<readonly SideBySideSummary[] | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #isStarting = $state(false);
  #isStopping = $state(false);
  #watching: AbortController | null = null;

  constructor(connection: Connection, storage: Storage) {
    this.#connection = connection;
    this.wished = new WishedRun(storage);
  }

  /** `null` while a run is put together. */
  get runId(): string | null {
    return this.#runId;
  }

  /** `null` until it was read. */
  get run(): SideBySideRun | null {
    return this.#run;
  }

  /** How far the prompt was read by the contender that answers now. */
  get prefill(): Extract<SideBySideEvent, { type: 'prefill' }> | null {
    return this.#prefill;
  }

  /** Newest first; `null` until the list was read. */
  get earlier(): readonly SideBySideSummary[] | null {
    return this.#earlier;
  }

  /** Of what was asked for last. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Reads the list; shows a run that is under way, for instance after a reload, where none is shown. */
  async refresh(): Promise<void> {
    try {
      this.#earlier = await this.#connection.client.sideBySide.list();
      const [newest] = this.#earlier;
      if (this.#runId === null && newest !== undefined && isUnderWay(newest.status)) this.open(newest.id);
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  async start(): Promise<void> {
    if (this.#isStarting) return;
    this.#isStarting = true;
    this.#error = null;
    const { text, contenders } = this.wished;
    try {
      const prompt = { kind: 'text', text } as const;
      const { runId } = await this.#connection.client.sideBySide.start({ prompt, contenders: [...contenders] });
      this.open(runId);
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    } finally {
      this.#isStarting = false;
    }
    await this.refresh();
  }

  /** `null` leaves the run that is shown; it goes on. */
  open(runId: string | null): void {
    this.#watching?.abort();
    this.#tokens.clear();
    this.#runId = runId;
    this.#run = null;
    this.#prefill = null;
    this.#error = null;
    this.#isStopping = false;
    if (runId !== null) void this.#watch(runId);
  }

  /** A new comparison with what the shown run was asked. */
  useAgain(): void {
    if (this.#run === null) return;
    const { prompt, answers } = this.#run;
    this.wished.write(prompt.kind === 'text' ? prompt.text : prompt.turns.map(({ text }) => text).join('\n\n'));
    this.wished.use(answers.map(({ contender }) => contender));
    this.open(null);
  }

  async stop(): Promise<void> {
    if (this.#runId === null) return;
    this.#isStopping = true;
    await this.#try(this.#connection.client.sideBySide.stop({ runId: this.#runId }));
  }

  async remove(runId: string): Promise<void> {
    if (runId === this.#runId) this.open(null);
    await this.#try(this.#connection.client.sideBySide.remove({ runId }));
    await this.refresh();
  }

  async #try(call: Promise<unknown>): Promise<void> {
    try {
      await call;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    }
  }

  async #watch(runId: string): Promise<void> {
    const watching = new AbortController();
    this.#watching = watching;
    try {
      await follow(
        this.#connection,
        (signal) => this.#connection.client.sideBySide.watch({ runId }, { signal }),
        (event) => this.#receive(event, watching),
        watching.signal,
      );
    } catch (thrown) {
      if (this.#watching === watching) this.#error = toErrorReport(thrown);
    }
  }

  #receive(event: SideBySideEvent, watching: AbortController): void {
    if (event.type === 'token') return this.#tokens.push(event);
    if (event.type === 'prefill') {
      this.#prefill = event;
      return;
    }
    // Both hold all tokens until now.
    this.#tokens.clear();
    this.#prefill = null;
    if (event.type === 'run') this.#run = event.run;
    else if (this.#run !== null) this.#run = replaceAnswer(this.#run, event.position, event.answer);
    if (event.type !== 'run' || isUnderWay(event.run.status)) return;
    watching.abort();
    this.#isStopping = false;
    void this.refresh();
  }
}
