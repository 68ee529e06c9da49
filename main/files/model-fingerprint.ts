/** The hash of a graph, and what is known of the weights beside it. */
import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { externalTensorsOf, fileBytes, hashFile } from '../../native-models/formats.ts';
import type { ModelFingerprint } from '../contract/fingerprint.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { modelFileError, modelFileSize } from './model-file-size.ts';
import { recordedHashes } from './recorded-hashes.ts';

/** `file` is the graph within the folder. @throws WorkbenchError `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE` */
export async function modelFingerprint(folder: string, file: string): Promise<ModelFingerprint> {
  const byteLength = await sizeOf(folder, file);
  const { sha256: graphSha256 } = await hashFile(join(folder, file));
  const recorded = await recordedHashes(folder);
  const weights: ModelFingerprint['weights'] = [];
  for (const name of await filesBeside(folder, file, byteLength)) {
    const found = await sizeOf(folder, name);
    const known = recorded.get(name);
    weights.push({ file: name, byteLength: found, sha256: known?.byteLength === found ? known.sha256 : null });
  }
  return { graphSha256, weights };
}

async function filesBeside(folder: string, file: string, byteLength: number): Promise<string[]> {
  const handle = await open(join(folder, file), 'r');
  try {
    const locations = externalTensorsOf(fileBytes(handle.fd, byteLength)).map(({ location }) => location);
    return [...new Set(locations.map((location) => posix.join(posix.dirname(file), location)))].sort();
  } catch (error) {
    throw modelFileError(error, folder, file);
  } finally {
    await handle.close();
  }
}

async function sizeOf(folder: string, file: string): Promise<number> {
  const byteLength = await modelFileSize(folder, file);
  if (byteLength !== null) return byteLength;
  throw new WorkbenchError('MODEL_FILE_MISSING', `${file} is not in ${folder}.`, {
    action: 'Download or export the model again; graph and weights belong together.',
    details: { folder, file },
  });
}
