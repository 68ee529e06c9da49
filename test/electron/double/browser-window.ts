/** `BrowserWindow`: keeps what it was given and what was done to it; its page is one of a real Chromium. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Surroundings } from './surroundings.ts';
import { WebContentsDouble } from './web-contents.ts';

type WindowUse = Pick<BrowserWindow, 'loadURL' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'close'>;

export class BrowserWindowDouble extends EventEmitter implements WindowUse {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  readonly #close: () => void;
  isShown = false;
  focusCount = 0;
  #isMinimized = false;

  constructor(surroundings: Surroundings, options: BrowserWindowConstructorOptions, close: () => void) {
    super();
    surroundings.app.mustBeReady('BrowserWindow');
    this.options = options;
    this.#close = close;
    const preload = options.webPreferences?.preload;
    if (preload === undefined) throw new Error('The double shows windows with a preload only.');
    this.webContents = new WebContentsDouble(surroundings, preload);
    surroundings.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.isShown = true;
  }

  focus(): void {
    this.focusCount++;
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  close(): void {
    void this.webContents.page.then((page) => page.close());
    this.#close();
  }
}

/** The `BrowserWindow` constructor that main gets, with the windows it made. */
export function windowClass(surroundings: Surroundings) {
  const open: BrowserWindowDouble[] = [];
  return class extends BrowserWindowDouble {
    static getAllWindows(): BrowserWindowDouble[] {
      return [...open];
    }

    static fromWebContents(contents: WebContentsDouble): BrowserWindowDouble | null {
      return open.find(({ webContents }) => webContents === contents) ?? null;
    }

    constructor(options: BrowserWindowConstructorOptions) {
      super(surroundings, options, () => {
        open.splice(open.indexOf(this), 1);
        if (open.length === 0) surroundings.app.emit('window-all-closed');
      });
      open.push(this);
    }
  };
}
