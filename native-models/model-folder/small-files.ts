/** The files of a published model that are taken over byte for byte. */
import { readRequired, type ModelSource } from './model-source.ts';
import { generationConfigFileName, optionalFileNames, tokenizerFileNames } from './source-folder.ts';

/** By name; throws `source.missing` where one that is needed is absent. */
export async function readSmallFiles(
  source: ModelSource,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of [generationConfigFileName, ...tokenizerFileNames]) {
    files.set(name, await readRequired(source, name, signal));
  }
  for (const name of optionalFileNames) {
    const bytes = await source.readFile(name, signal);
    if (bytes !== null) files.set(name, bytes);
  }
  return files;
}
