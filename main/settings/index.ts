/** The user's choices in one JSON file of the data folder. A damaged file is kept beside the new one, never overwritten. */
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EventPublisher } from '@orpc/server';
import { defaultSettings, settingsSchema, type Settings } from '../contract/settings.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { Logger } from '../logger/index.ts';
import { watch } from '../watch/watch.ts';

export class SettingsService {
  readonly #path: string;
  readonly #publisher = new EventPublisher<{ change: Settings }>();
  #settings: Settings;
  #updates: Promise<unknown> = Promise.resolve();

  private constructor(path: string, settings: Settings) {
    this.#path = path;
    this.#settings = settings;
  }

  static async open(dataFolder: string, logger: Logger): Promise<SettingsService> {
    const path = join(dataFolder, 'settings.json');
    return new SettingsService(path, await readSettings(path, logger));
  }

  get(): Settings {
    return this.#settings;
  }

  /** One after the other: each change builds on what the one before left. */
  update(change: Partial<Settings>): Promise<Settings> {
    const result = this.#updates.then(() => this.#write(change));
    this.#updates = result.catch(() => undefined);
    return result;
  }

  watch(signal?: AbortSignal): AsyncGenerator<Settings> {
    return watch(this.#publisher, 'change', () => this.#settings, signal);
  }

  async #write(change: Partial<Settings>): Promise<Settings> {
    const next = settingsSchema.parse({ ...this.#settings, ...change });
    try {
      await writeAtomically(this.#path, `${JSON.stringify(next, null, 2)}\n`);
    } catch (error) {
      throw new WorkbenchError('STORE_UNREADABLE', `The settings could not be written to ${this.#path}.`, {
        action: 'Check that the folder can be written and that the disk is not full.',
        details: { path: this.#path },
        cause: error,
      });
    }
    this.#settings = next;
    this.#publisher.publish('change', next);
    return next;
  }
}

async function readSettings(path: string, logger: Logger): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return defaultSettings;
    throw new WorkbenchError('STORE_UNREADABLE', `The settings file ${path} cannot be read.`, {
      action: 'Check the permissions of the file and of its folder.',
      details: { path },
      cause: error,
    });
  }
  try {
    // A file of an older version lacks the newer fields.
    return settingsSchema.parse({ ...defaultSettings, ...(JSON.parse(text) as object) });
  } catch (error) {
    const aside = `${path}.damaged-${Date.now()}`;
    await rename(path, aside);
    logger.log('warn', 'The settings file was damaged; defaults are used', { error, keptAs: aside });
    return defaultSettings;
  }
}
