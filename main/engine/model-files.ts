/**
 * Picks the ONNX graph of a model folder that a device runs, and makes sure before the runtime sees it that every byte it
 * refers to is there, in plain files of that folder: the runtime follows links and its own messages name neither the file nor a
 * remedy. Files that are exchanged between this check and the runtime's opening them are not its concern: whoever can do that can
 * write into the model.
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { modelFileError, modelFileSize } from '../files/model-file-size.ts';
import { externalDataOfFile } from './external-data.ts';

/** By preference on the CPU, an int8 cache first; the names are those of transformers.js, which has none for that one. */
export const cpuGraphs: readonly string[] = ['onnx/model_q4_kv8.onnx', 'onnx/model_q4.onnx', 'onnx/model.onnx'];

/** Protobuf's own limit. */
const largestGraph = 2 ** 31 - 1;
/** Of a graph with its weights beside it; that of a 7B model has less than a megabyte. */
const largestBesideData = 256 << 20;

export interface ModelFile {
  /** Relative to the model folder. */
  name: string;
  path: string;
  /** Of the graph alone. */
  graphBytes: number;
  /** Files that hold its weights. */
  dataPaths: string[];
  /** Graph and external data. */
  byteLength: number;
}

/** Names below the folder of what its `onnx/` has; unchecked, and none where there is no such folder. */
export async function graphsIn(folder: string): Promise<Set<string>> {
  const names = await readdir(join(folder, 'onnx')).catch((): string[] => []);
  return new Set(names.map((name) => `onnx/${name}`));
}

/**
 * The first of `candidates` that is there.
 * @throws WorkbenchError `MODEL_NOT_FOUND`, `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE`
 */
export async function findModelFile(folder: string, candidates = cpuGraphs): Promise<ModelFile> {
  if (!(await exists(folder))) {
    throw new WorkbenchError('MODEL_NOT_FOUND', `There is no folder ${folder}.`, {
      action: 'Choose the folder of a model.',
      details: { folder },
    });
  }
  for (const name of candidates) {
    const path = join(folder, name);
    const byteLength = await modelFileSize(folder, name);
    if (byteLength === null) continue;
    const data = await externalFiles(folder, name, byteLength);
    return { name, path, graphBytes: byteLength, dataPaths: data.paths, byteLength: byteLength + data.byteLength };
  }
  throw missing(folder, candidates.join(' or '), `The model folder ${folder} has neither ${candidates.join(' nor ')}.`);
}

async function externalFiles(
  folder: string,
  name: string,
  graphBytes: number,
): Promise<{ paths: string[]; byteLength: number }> {
  if (graphBytes > largestGraph) throw oversized(folder, name, graphBytes, largestGraph);
  const required = await requiredBy(folder, name, graphBytes);
  if (required.size > 0 && graphBytes > largestBesideData) throw oversized(folder, name, graphBytes, largestBesideData);
  const files = { paths: new Array<string>(), byteLength: 0 };
  for (const [location, needed] of required) {
    const file = join(dirname(name), location);
    const found = await modelFileSize(folder, `${dirname(name)}/${location}`);
    if (found === null) throw missing(folder, file, `${name} keeps its weights in ${file}, which is not in ${folder}.`);
    if (found < needed) {
      throw corrupt(folder, file, `${join(folder, file)} has ${found} bytes; ${name} refers to ${needed}.`);
    }
    files.paths.push(join(folder, file));
    files.byteLength += found;
  }
  return files;
}

async function requiredBy(folder: string, name: string, graphBytes: number): Promise<Map<string, number>> {
  try {
    return await externalDataOfFile(join(folder, name), graphBytes);
  } catch (cause) {
    const error = modelFileError(cause, folder, name);
    if (error instanceof WorkbenchError) throw error;
    throw corrupt(folder, name, `${join(folder, name)} cannot be read (${graphBytes} bytes).`, cause);
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function oversized(folder: string, file: string, actual: number, limit: number): WorkbenchError {
  return new WorkbenchError(
    'MODEL_FILE_UNSAFE',
    `${join(folder, file)} has ${actual} bytes; a graph like this has at most ${limit}.`,
    { action: 'Do not use this file: export the model again.', details: { folder, file, actual, limit } },
  );
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
