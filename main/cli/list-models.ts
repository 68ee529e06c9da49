/** `lucie models list`: what can be loaded, and what is wrong where something is. */
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { dataOption } from './arguments.ts';
import { openCatalogue } from './open-catalogue.ts';

export async function listModels(args: string[], entry: EntryFiles): Promise<number> {
  const { values } = parseArgs({ args, options: dataOption });
  for (const model of await (await openCatalogue(values.data, entry)).list()) {
    process.stdout.write(`${model.id}\n  ${model.folder}\n`);
    if (model.problem !== null) {
      process.stdout.write(`  ${model.problem.message} ${model.problem.action}\n`);
      continue;
    }
    process.stdout.write(
      `  ${model.architecture}, ${model.layers} layers of ${model.hiddenSize}, vocabulary ${model.vocabularySize}, context ${model.contextLength}\n`,
    );
    for (const file of model.files) process.stdout.write(`  ${file.name}  ${(file.byteLength / 1e6).toFixed(1)} MB\n`);
  }
  return 0;
}
