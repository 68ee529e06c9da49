/** What an inspection needs of a loaded model: its graph taken apart, its shape, its tokenizer. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProbeGraph } from '../../../native-models/graphs.ts';
import type { LoadedModel } from '../../contract/engine.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { ModelConfig } from '../model-config.ts';
import { unsupported, type ProbePlace } from './probe-session.ts';

export type Pieces = Pick<Tokenizer, 'pieceOf'>;

export interface InspectedModel {
  graph: ProbeGraph;
  place: ProbePlace;
  config: ModelConfig;
  weightBytes: number;
  tokenizer: Pieces;
}

/** Of an open model; all of it was checked when it was opened. */
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

/** @throws WorkbenchError `INSPECTION_UNSUPPORTED` where the graph was made by something else than this exporter */
export async function inspectedModel({ description, model, tokenizer }: LoadedParts): Promise<InspectedModel> {
  const { folder, file, threads, weightBytes } = description;
  const path = join(folder, file);
  try {
    const { size } = await stat(path);
    if (size > largestGraph) throw new RangeError(`${file} has ${size} bytes: it carries its weights.`);
    const graph = await ProbeGraph.read(path);
    return { graph, place: { graphFolder: dirname(path), threads }, config: model.config, weightBytes, tokenizer };
  } catch (error) {
    throw unsupported(error);
  }
}
