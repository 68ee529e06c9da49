/**
 * Keeps one service process alive: started on first use, started again after a crash with growing pauses, given up after
 * too many crashes in a short time. Calls that were under way when the process died fail with a typed error; they are
 * never repeated silently.
 */
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { WorkbenchError, type ErrorCode } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import { connectPort } from './connect-port.ts';
import type { LaunchProcess, ProcessExit, ProcessHandle, ServiceProcessName } from './port.ts';

export type ProcessState = 'stopped' | 'running' | 'restarting' | 'failed';

export interface SupervisionOptions {
  name: ServiceProcessName;
  crashCode: ErrorCode;
  launch: LaunchProcess;
  logger: Logger;
  /** Pause before the n-th start in a row; a crash after `stableMs` of life counts as the first again. */
  restartDelaysMs?: readonly number[];
  stableMs?: number;
  onState: (state: ProcessState) => void;
}

export class SupervisedProcess<Contract extends AnyContractRouter> {
  readonly #options: SupervisionOptions;
  readonly #restartDelaysMs: readonly number[];
  #current: { handle: ProcessHandle; client: ContractRouterClient<Contract>; startedAt: number } | null = null;
  #restart: NodeJS.Timeout | null = null;
  #crashesInARow = 0;
  #restarts = 0;
  #stopping = false;

  constructor(options: SupervisionOptions) {
    this.#options = options;
    this.#restartDelaysMs = options.restartDelaysMs ?? [100, 500, 2_000, 5_000];
  }

  get processId(): number | null {
    return this.#current?.handle.processId ?? null;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /**
   * The client of the running process; starts it where it is not running, also after it was given up.
   * @throws WorkbenchError `CANCELLED` after `stop`.
   */
  client(): ContractRouterClient<Contract> {
    if (this.#stopping) {
      throw new WorkbenchError('CANCELLED', 'The workbench is being closed.', { action: 'Open it again.' });
    }
    if (this.#current !== null) return this.#current.client;
    if (this.#restart !== null) clearTimeout(this.#restart);
    return this.#start();
  }

  /** Ends the process for good; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
    this.#restart = null;
    const handle = this.#current?.handle;
    handle?.kill();
    await handle?.exited;
  }

  #start(): ContractRouterClient<Contract> {
    this.#restart = null;
    const handle = this.#options.launch(this.#options.name);
    const client = connectPort<Contract>(handle.port, () => this.#crashError());
    this.#current = { handle, client, startedAt: Date.now() };
    void handle.exited.then((exit) => this.#onExit(exit));
    this.#options.onState('running');
    return client;
  }

  #onExit(exit: ProcessExit): void {
    const { name, logger, onState, stableMs = 30_000 } = this.#options;
    const livedMs = Date.now() - (this.#current?.startedAt ?? Date.now());
    this.#current = null;
    if (this.#stopping) return onState('stopped');
    this.#crashesInARow = livedMs > stableMs ? 1 : this.#crashesInARow + 1;
    logger.log('error', `The ${name} process ended unexpectedly`, { ...exit, livedMs, inARow: this.#crashesInARow });
    const delayMs = this.#restartDelaysMs[this.#crashesInARow - 1];
    if (delayMs === undefined) {
      this.#crashesInARow = 0;
      return onState('failed');
    }
    onState('restarting');
    this.#restarts++;
    this.#restart = setTimeout(() => this.#startAgain(), delayMs);
  }

  #startAgain(): void {
    try {
      this.#start();
    } catch (error) {
      this.#options.logger.log('error', `The ${this.#options.name} process could not be started`, { error });
      this.#options.onState('failed');
    }
  }

  #crashError(): WorkbenchError {
    const { name, crashCode } = this.#options;
    return new WorkbenchError(crashCode, `The ${name} process ended unexpectedly.`, {
      action: 'It is being started again; repeat what you were doing.',
    });
  }
}
