/**
 * Keeps one service process alive: started on first use, started again after a crash with growing pauses, given up after
 * too many crashes in a short time. Calls that were under way when the process died fail with a typed error that says how it
 * ended; they are never repeated silently. A process that hangs or whose state is spoilt is replaced on purpose.
 */
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { WorkbenchError, type ErrorCode, type ErrorDetails } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import { ClosablePort } from './closable-port.ts';
import { connectPort } from './connect-port.ts';
import { describeExit, exitCause } from './exit-cause.ts';
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
  /** How long a process that was replaced may take to die before the next is started beside it. */
  lingerMs?: number;
  onState: (state: ProcessState) => void;
}

/** How a process ended: by itself, or on purpose and why. */
interface End {
  exit: ProcessExit | null;
  reason: WorkbenchError | null;
}

interface RunningProcess<Contract extends AnyContractRouter> {
  handle: ProcessHandle;
  port: ClosablePort;
  client: ContractRouterClient<Contract>;
  startedAt: number;
  end: End;
}

export class SupervisedProcess<Contract extends AnyContractRouter> {
  readonly #options: SupervisionOptions;
  readonly #restartDelaysMs: readonly number[];
  #current: RunningProcess<Contract> | null = null;
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

  /** The client of a process that runs now; `null` where none does. */
  get running(): ContractRouterClient<Contract> | null {
    return this.#stopping ? null : (this.#current?.client ?? null);
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

  /**
   * Ends the running process and starts another: for one that hangs, or whose device or memory is lost. Calls under way fail with
   * `reason` at once, also where the process takes its time to die. It is no crash: no growing pause, no giving up.
   */
  replace(reason: WorkbenchError): void {
    const { name, logger, onState, lingerMs = 5_000 } = this.#options;
    const old = this.#current;
    if (old === null || this.#stopping) return;
    logger.log('warn', `The ${name} process is replaced`, { error: reason, processId: old.handle.processId });
    this.#current = null;
    old.end.reason = reason;
    old.handle.kill();
    old.port.close();
    this.#restarts++;
    onState('restarting');
    void Promise.race([old.handle.exited, new Promise((resolve) => setTimeout(resolve, lingerMs).unref())]).then(() => {
      if (!this.#stopping && this.#current === null) this.#startAgain();
    });
  }

  #start(): ContractRouterClient<Contract> {
    this.#restart = null;
    const handle = this.#options.launch(this.#options.name);
    const end: End = { exit: null, reason: null };
    // Before the port listens: what is under way then fails with the reason.
    void handle.exited.then((exit) => (end.exit = exit));
    const port = new ClosablePort(handle.port);
    const client = connectPort<Contract>(port, () => this.#crashError(end));
    const running = { handle, port, client, startedAt: Date.now(), end };
    this.#current = running;
    void handle.exited.then((exit) => this.#onExit(running, exit));
    this.#options.onState('running');
    return client;
  }

  #onExit(running: RunningProcess<Contract>, exit: ProcessExit): void {
    if (this.#current !== running) return;
    const { name, logger, onState, stableMs = 30_000 } = this.#options;
    const livedMs = Date.now() - running.startedAt;
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

  #crashError({ exit, reason }: End): WorkbenchError {
    if (reason !== null) return reason;
    const { name, crashCode } = this.#options;
    const how = exit === null ? '' : ` (${describeExit(exit)})`;
    return new WorkbenchError(crashCode, `The ${name} process ended unexpectedly${how}.`, {
      action: 'It is being started again; repeat what you were doing.',
      details: exit === null ? {} : exitDetails(exit),
    });
  }
}

function exitDetails(exit: ProcessExit): ErrorDetails {
  return {
    cause: exitCause(exit),
    ...(exit.signal === null ? {} : { signal: exit.signal }),
    ...(exit.code === null ? {} : { exitCode: exit.code }),
  };
}
