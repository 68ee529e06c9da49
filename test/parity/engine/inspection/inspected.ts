/** Inspections of a model folder without an engine around them, and what they say once they are read to their end. */
import { Inspections } from '../../../../main/engine/inspection/inspections.ts';
import type { LoadedParts } from '../../../../main/engine/inspection/inspected-model.ts';
import { readModelConfig } from '../../../../main/engine/model-config.ts';
import { findModelFile } from '../../../../main/engine/model-files.ts';
import { OneTask } from '../../../../main/engine/one-task.ts';
import type { LensPosition, Neighbour } from '../../../../main/contract/index.ts';

export async function loadedParts(folder: string, graph?: string): Promise<LoadedParts> {
  const file = await findModelFile(folder, graph === undefined ? undefined : [graph]);
  const config = await readModelConfig(folder);
  const { layers, vocabularySize, contextLength } = config;
  return {
    description: {
      folder,
      file: file.name,
      threads: 2,
      weightBytes: file.byteLength,
      layers,
      vocabularySize,
      contextLength,
    },
    model: { config },
    tokenizer: { pieceOf: (id) => `piece ${id}` },
  };
}

export async function inspectionsOf(folder: string, graph?: string): Promise<Inspections> {
  const parts = await loadedParts(folder, graph);
  return new Inspections(new OneTask(), () => parts);
}

/** `[head][token][attended]`, the last axis up to the token itself. */
export async function attentionOf(inspections: Inspections, ids: number[], layer: number): Promise<number[][][]> {
  const found: number[][][] = [];
  for await (const event of await inspections.attention({ inspectionId: 'test', ids, layer })) {
    if (event.type !== 'attention') continue;
    const { heads, length, weights } = event.attention;
    const bytes = Buffer.from(weights, 'base64');
    let at = 0;
    const next = () => bytes.readUInt16LE(2 * at++) / 65_535;
    for (let head = 0; head < heads; head++) {
      found.push(Array.from({ length }, (_, row) => Array.from({ length: row + 1 }, next)));
    }
    if (2 * at !== bytes.length) throw new Error(`${bytes.length} bytes for ${at} weights.`);
  }
  return found;
}

/** `[state][position]` */
export async function lensOf(inspections: Inspections, ids: number[], topK: number): Promise<LensPosition[][]> {
  const found: LensPosition[][] = [];
  for await (const event of await inspections.lens({ inspectionId: 'test', ids, topK })) {
    if (event.type === 'state') found[event.state] = event.positions;
  }
  return found;
}

export async function neighboursOf(inspections: Inspections, id: number, count: number): Promise<Neighbour[]> {
  for await (const event of await inspections.neighbours({ inspectionId: 'test', id, count })) {
    if (event.type === 'neighbours') return event.neighbours;
  }
  throw new Error('No neighbours came.');
}
