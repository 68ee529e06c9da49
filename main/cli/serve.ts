/** `lucie serve`: the workbench in a browser of this machine, until it is interrupted. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkbench, defaultDataFolder, embeddedFiles, openLog, type EntryFiles } from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { launchNodeProcess } from '../process/index.ts';
import { startWebHost } from '../web/index.ts';
import { portFrom } from './arguments.ts';

export async function serve(args: string[], entry: EntryFiles): Promise<number> {
  const { values } = parseArgs({ args, options: { port: { type: 'string' }, data: { type: 'string' } } });
  const port = portFrom(values.port);
  const dataFolder = values.data ?? defaultDataFolder();
  await access(join(entry.rendererFolder, 'index.html')).catch((cause: unknown) => {
    throw new WorkbenchError('FILE_NOT_FOUND', `The user interface is not built (${entry.rendererFolder}).`, {
      action: 'Run: npm run build',
      details: { path: entry.rendererFolder },
      cause,
    });
  });
  // Listened to from the start, so that Ctrl+C at any moment ends the workbench in order.
  const ended = interrupted();
  const log = openLog(dataFolder);
  const { logger } = log;
  const launch = launchNodeProcess(entry.serviceModules, logger);
  const embedded = embeddedFiles(entry.rootFolder);
  const workbench = await createWorkbench({ host: 'browser', dataFolder, embedded, launch, logger });
  workbench.loadChosenModel();
  const { rendererFolder } = entry;
  const uploadFolder = join(dataFolder, 'uploads');
  const { router } = workbench;
  const host = await startWebHost({ router, rendererFolder, uploadFolder, logger, port }).catch(
    async (cause: unknown) => {
      await workbench.stop();
      throw portError(port, cause);
    },
  );
  process.stdout.write(`Lucie Workbench is at ${host.url}\nConversations are kept in ${dataFolder}. Ctrl+C ends it.\n`);
  await ended;
  await host.stop();
  await workbench.stop();
  log.close();
  return 0;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function portError(port: number, cause: unknown): WorkbenchError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return WorkbenchError.from(cause);
  const reason = code === 'EADDRINUSE' ? 'is in use' : 'may not be opened by this user';
  return new WorkbenchError('INVALID_INPUT', `Port ${port} ${reason}.`, {
    action: 'Choose another with --port, or leave it out.',
    details: { port },
    cause,
  });
}
