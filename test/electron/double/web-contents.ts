/**
 * `webContents` over a page of a real Chromium. Every request is put before the session's filter and the scheme's handler;
 * navigations that the page begins are put before `will-navigate`; popups before the window-open handler.
 */
import { EventEmitter } from 'node:events';
import type { WebContents, WindowOpenHandlerResponse } from 'electron';
import type { Page, Route } from 'playwright-core';
import { joinPreload } from './join-preload.ts';
import { toElectronAddress, toPageAddress } from './page-address.ts';
import type { Surroundings } from './surroundings.ts';

type WindowOpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

export class WebContentsDouble extends EventEmitter implements Pick<WebContents, 'getURL' | 'reload'> {
  readonly page: Promise<Page>;
  /** The windows that the page asked for, and what main said. */
  readonly popups: { url: string; action: 'allow' | 'deny' }[] = [];
  readonly #surroundings: Surroundings;
  #url = '';
  #isLoadedByMain = false;
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });

  constructor(surroundings: Surroundings, preloadPath: string) {
    super();
    this.#surroundings = surroundings;
    this.page = this.#open(preloadPath);
  }

  getURL(): string {
    return this.#url;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    this.#isLoadedByMain = true;
    await page.goto(toPageAddress(url)).finally(() => (this.#isLoadedByMain = false));
  }

  reload(): void {
    void this.page.then((page) => page.reload());
  }

  /** Asks the listeners of an event that can be prevented. */
  isPrevented(event: 'will-navigate' | 'will-redirect' | 'will-attach-webview', url: string): boolean {
    let isPrevented = false;
    this.emit(event, { url, preventDefault: () => (isPrevented = true) }, url);
    return isPrevented;
  }

  async #open(preloadPath: string): Promise<Page> {
    const page = await this.#surroundings.newPage();
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#url = toElectronAddress(frame.url());
    });
    await this.#judgePopups(page);
    await page.route('**/*', (route) => this.#answer(page, route));
    await joinPreload(page, preloadPath, (channel, frame, args) => {
      this.#surroundings.ipcMain.emit(channel, { sender: this, senderFrame: frame }, ...args);
    });
    return page;
  }

  /** The page's URL is not known when the popup appears; the DevTools event before it has the requested one. */
  async #judgePopups(page: Page): Promise<void> {
    const devTools = await page.context().newCDPSession(page);
    devTools.on('Page.windowOpen', ({ url }) => {
      const asked = toElectronAddress(url);
      this.popups.push({ url: asked, action: this.#windowOpenHandler({ url: asked }).action });
    });
    page.on('popup', (popup) => {
      if (this.popups.at(-1)?.action !== 'allow') void popup.close();
    });
    await devTools.send('Page.enable');
  }

  async #answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = toElectronAddress(request.url());
    const isNavigation = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (isNavigation && !this.#isLoadedByMain && this.isPrevented('will-navigate', url)) return route.abort('aborted');
    await this.#surroundings.answer(route, url);
  }
}
