/** What an inspection needs of a loaded model: its graph taken apart, its shape, its tokenizer. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProbeGraph } from '../../../native-models/graphs.ts';
import type { LoadedModel } from '../../contract/engine.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { ModelConfig } from '../model-config.ts';
import { findModelFile } from '../model-files.ts';
import { unsupported, type ProbePlace } from './probe-session.ts';

export type Pieces = Pick<Tokenizer, 'pieceOf'>;

export interface InspectedModel {
  graph: ProbeGraph;
  place: ProbePlace;
  config: ModelConfig;
  weightBytes: number;
  tokenizer: Pieces;
}

/** Of an open model. Its files were checked when it was opened, and are once more before parts of them are. */
export interface LoadedParts {
  description: Pick<
    LoadedModel,
    'folder' | 'file' | 'threads' | 'weightBytes' | 'layers' | 'vocabularySize' | 'contextLength'
  >;
  model: { config: ModelConfig };
  tokenizer: Pieces;
}

/** A graph that carries its weights would be in memory several times; those of this exporter have less than a megabyte. */
const largestGraph = 64 << 20;

/**
 * @throws WorkbenchError `INSPECTION_UNSUPPORTED` where the graph was made by something else than this exporter;
 * `MODEL_FILE_MISSING`, `MODEL_FILE_CORRUPT`, `MODEL_FILE_UNSAFE` where its files are no longer those that were opened
 */
export async function inspectedModel({ description, model, tokenizer }: LoadedParts): Promise<InspectedModel> {
  const { folder, file, threads, weightBytes } = description;
  const path = join(folder, file);
  try {
    const { size } = await stat(path);
    if (size > largestGraph) throw new RangeError(`${file} has ${size} bytes: it carries its weights.`);
    const { byteLength } = await findModelFile(folder, [file]);
    if (byteLength !== weightBytes) throw changed(path, weightBytes, byteLength);
    const graph = await ProbeGraph.read(path);
    return { graph, place: { graphFolder: dirname(path), threads }, config: model.config, weightBytes, tokenizer };
  } catch (error) {
    throw unsupported(error);
  }
}

function changed(path: string, expected: number, actual: number): WorkbenchError {
  return new WorkbenchError(
    'MODEL_FILE_CORRUPT',
    `${path} and its weights have ${actual} bytes; they had ${expected} when the model was loaded.`,
    { action: 'Load the model again.', details: { file: path, expected, actual } },
  );
}
