/**
 * `utilityProcess.fork` over a Node child: a real process with real messages, with Electron's habits: no process id before
 * `spawn`, `message` carries the bare value, an `error` nobody listens to is thrown.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { ForkOptions, UtilityProcess } from 'electron';
import type { AppDouble } from './app.ts';

const bootstrap = join(import.meta.dirname, 'utility-bootstrap.ts');

type ProcessUse = Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'stdout' | 'stderr'>;

export class UtilityProcessDouble extends EventEmitter implements ProcessUse {
  readonly modulePath: string;
  readonly options: ForkOptions;
  readonly stdout: ChildProcess['stdout'] & NodeJS.ReadableStream;
  readonly stderr: ChildProcess['stderr'] & NodeJS.ReadableStream;
  /** Known to the test at once, unlike `pid`. */
  readonly systemProcessId: number;
  pid: number | undefined;
  readonly #child: ChildProcess;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    this.modulePath = modulePath;
    this.options = options;
    this.#child = fork(bootstrap, [modulePath, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    const { stdout, stderr, pid } = this.#child;
    if (stdout === null || stderr === null || pid === undefined) throw new Error(`${modulePath} could not be started`);
    this.stdout = stdout;
    this.stderr = stderr;
    this.systemProcessId = pid;
    this.#child.once('spawn', () => {
      this.pid = pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code) => {
      this.emit('exit', code ?? 0);
      this.pid = undefined;
    });
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(structuredClone(message) as never);
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

export class UtilityProcessesDouble {
  readonly started: UtilityProcessDouble[] = [];
  readonly #app: AppDouble;

  constructor(app: AppDouble) {
    this.#app = app;
  }

  readonly fork = (modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcessDouble => {
    this.#app.mustBeReady('utilityProcess.fork');
    const process = new UtilityProcessDouble(modulePath, args, options);
    this.started.push(process);
    return process;
  };
}
