/** `lucie models remove`: deletes a model that the workbench downloaded or converted. */
import { parseArgs } from 'node:util';
import { defaultDataFolder, lockDataFolder, type EntryFiles } from '../app/index.ts';
import { dataOption, onlyPositional } from './arguments.ts';
import { withModels } from './engine-only.ts';

export async function removeModel(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: dataOption });
  const id = onlyPositional(positionals, '"lucie models remove" needs one model: its folder.');
  const dataFolder = values.data ?? defaultDataFolder();
  // A workbench that runs may have it loaded.
  const unlock = lockDataFolder(dataFolder);
  try {
    return await withModels(
      entry,
      async (models) => {
        await models.remove(id);
        return 0;
      },
      { dataFolder },
    );
  } finally {
    unlock();
  }
}
