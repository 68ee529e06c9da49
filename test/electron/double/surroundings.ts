/** What a window of the double needs of the rest of it. */
import type { EventEmitter } from 'node:events';
import type { Page, Route } from 'playwright-core';
import type { AppDouble } from './app.ts';

export interface Surroundings {
  app: AppDouble;
  ipcMain: EventEmitter;
  newPage(): Promise<Page>;
  answer(route: Route, url: string): Promise<void>;
}
