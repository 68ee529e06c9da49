/**
 * Picks the ONNX graph of a model folder that this engine runs, and makes sure before the runtime sees it that every byte it
 * refers to is there: the runtime's own messages name neither the file nor a remedy.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { externalDataOf } from './external-data.ts';

/** By preference on the CPU, an int8 cache first; the names are those of transformers.js, which has none for that one. */
const candidates = ['onnx/model_q4_kv8.onnx', 'onnx/model_q4.onnx', 'onnx/model.onnx'];

/** A graph with its weights inside is read whole to be checked; larger ones are left to the runtime. */
const largestCheckedGraph = 512 * 1024 * 1024;

export interface ModelFile {
  /** Relative to the model folder. */
  name: string;
  path: string;
  /** Graph and external data. */
  byteLength: number;
}

/** @throws WorkbenchError `MODEL_NOT_FOUND`, `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT` */
export async function findModelFile(folder: string): Promise<ModelFile> {
  if ((await fileSize(folder)) === null) {
    throw new WorkbenchError('MODEL_NOT_FOUND', `There is no folder ${folder}.`, {
      action: 'Choose the folder of a model.',
      details: { folder },
    });
  }
  for (const name of candidates) {
    const path = join(folder, name);
    const byteLength = await fileSize(path);
    if (byteLength === null) continue;
    return { name, path, byteLength: byteLength + (await externalBytes(folder, name, byteLength)) };
  }
  throw missing(folder, candidates.join(' or '), `The model folder ${folder} has neither ${candidates.join(' nor ')}.`);
}

async function externalBytes(folder: string, name: string, graphBytes: number): Promise<number> {
  if (graphBytes > largestCheckedGraph) return 0;
  let required: Map<string, number>;
  try {
    required = externalDataOf(await readFile(join(folder, name)));
  } catch (cause) {
    throw corrupt(folder, name, `${join(folder, name)} is cut off or not an ONNX file (${graphBytes} bytes).`, cause);
  }
  let total = 0;
  for (const [location, needed] of required) {
    const file = join(dirname(name), location);
    const found = await fileSize(join(folder, file));
    if (found === null) throw missing(folder, file, `${name} keeps its weights in ${file}, which is not in ${folder}.`);
    if (found < needed) {
      throw corrupt(folder, file, `${join(folder, file)} has ${found} bytes; ${name} refers to ${needed}.`);
    }
    total += found;
  }
  return total;
}

async function fileSize(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null;
    throw cause;
  }
}

function missing(folder: string, file: string, message: string): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_MISSING', message, {
    action: 'Download or export the model again; graph and weights belong together.',
    details: { folder, file },
  });
}

function corrupt(folder: string, file: string, message: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_CORRUPT', message, {
    action: 'The file was not completely downloaded or written: download or export the model again.',
    details: { folder, file },
    cause,
  });
}
