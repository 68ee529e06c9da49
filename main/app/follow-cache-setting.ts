/** Nothing of a conversation stays in the folder of saved caches once the user no longer wants it there. */
import { rm } from 'node:fs/promises';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import type { ModelService } from '../models/index.ts';

/** Goes on until `changes` ends: what fails once is logged, and the next change is followed again. */
export async function followCacheSetting(
  changes: AsyncIterable<{ keepCaches: boolean }>,
  models: Pick<ModelService, 'applyCacheFolder'>,
  folder: string,
  logger: Logger,
): Promise<void> {
  let before: boolean | null = null;
  try {
    for await (const { keepCaches } of changes) {
      if (keepCaches === before) continue;
      before = keepCaches;
      await models
        .applyCacheFolder()
        .catch((error: unknown) => logger.log('warn', 'The engine could not be told where caches are kept', { error }));
      if (!keepCaches) await deleteCaches(folder, logger);
    }
  } catch (error) {
    // Ended by `stop`, which is no failure.
    if (WorkbenchError.from(error).code === 'CANCELLED') return;
    logger.log('error', 'Changes of the settings are not followed any more', { error });
  }
}

/** Another program may hold a file for a moment (Windows). */
async function deleteCaches(folder: string, logger: Logger): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch (error) {
    logger.log('warn', 'Saved caches were left', { folder, error });
  }
}
