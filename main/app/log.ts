/** The log file of a data folder. A full disk may cost the log, never the workbench. */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { lineLogger, type Logger } from '../logger/index.ts';
import { makeDataFolder } from './data-folder.ts';

export interface Log {
  logger: Logger;
  /** `written` is called when everything is in the file. */
  close(written?: () => void): void;
}

/** @throws WorkbenchError `STORE_UNREADABLE` where the folder cannot be made. */
export function openLog(dataFolder: string): Log {
  makeDataFolder(dataFolder);
  const file = createWriteStream(join(dataFolder, 'workbench.log'), { flags: 'a' });
  file.on('error', (error) => void process.stderr.write(`workbench.log cannot be written: ${error.message}\n`));
  return { logger: lineLogger((line) => void file.write(line)), close: (written) => void file.end(written) };
}
