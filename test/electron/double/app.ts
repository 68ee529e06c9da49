/** `app` of Electron as far as the workbench uses it: life cycle, single instance, exit. Order rules are enforced. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { App } from 'electron';

export interface AppSituation {
  isPackaged: boolean;
  /** Whether another instance already runs on the same user data. */
  isSecondInstance: boolean;
  locale: string;
}

type Used = Pick<
  App,
  'isPackaged' | 'enableSandbox' | 'setPath' | 'requestSingleInstanceLock' | 'whenReady' | 'getLocale' | 'quit' | 'exit'
>;

export class AppDouble extends EventEmitter implements Used {
  readonly isPackaged: boolean;
  readonly paths = new Map<string, string>();
  /** The exit code, once the application has ended. */
  readonly exited: Promise<number>;
  isReady = false;
  isSandboxed = false;
  quitCount = 0;
  readonly #situation: AppSituation;
  readonly #ready = Promise.withResolvers<undefined>();
  #resolveExit: (code: number) => void = () => undefined;

  constructor(situation: AppSituation) {
    super();
    this.#situation = situation;
    this.isPackaged = situation.isPackaged;
    this.exited = new Promise((resolve) => (this.#resolveExit = resolve));
  }

  enableSandbox(): void {
    this.mustNotBeReady('app.enableSandbox');
    this.isSandboxed = true;
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.paths.set(name, path);
  }

  requestSingleInstanceLock(): boolean {
    if (!this.paths.has('userData')) throw new Error('The lock lies in userData, which is not set yet.');
    return !this.#situation.isSecondInstance;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  becomeReady(): void {
    this.isReady = true;
    this.#ready.resolve(undefined);
    this.emit('ready');
  }

  getLocale(): string {
    return this.#situation.locale;
  }

  /** Ends the application unless a listener of `before-quit` prevents it. */
  quit(): void {
    this.quitCount++;
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.exit(0);
  }

  exit(exitCode = 0): void {
    this.#resolveExit(exitCode);
  }

  mustNotBeReady(what: string): void {
    if (this.isReady) throw new Error(`${what} must be called before the app is ready`);
  }

  mustBeReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} cannot be used before the app is ready`);
  }
}
