/** Who takes part: a runtime with a file of the model, and what one step of it has to read at least. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchModel } from './bench-models.ts';
import type { RuntimeName } from './runtime.ts';

export const contestantNames = ['lucie', 'lucie-32', 'llama.cpp', 'llama.cpp-1', 'transformers.js'] as const;
export type ContestantName = (typeof contestantNames)[number];

export interface Contestant {
  readonly name: ContestantName;
  readonly title: string;
  readonly runtime: RuntimeName;
  readonly modelPath: string;
  readonly threads: number;
  /** Weights that every token needs: all but the embedding, of which it needs one row. */
  readonly weightBytes: number;
  /** Keys and values of one position, in all layers. */
  readonly cacheBytesPerToken: number;
}

/** `threads` for everyone but `llama.cpp-1`, which has one: its threads wait for each other by spinning, and lose on a tiny model. */
export async function contestantOf(name: ContestantName, model: BenchModel, threads: number): Promise<Contestant> {
  const { layers, cachedValuesPerLayer } = model.shape;
  const cached = layers * cachedValuesPerLayer;
  switch (name) {
    case 'lucie':
    case 'lucie-32': {
      const modelPath = name === 'lucie' ? model.block128 : model.block32;
      const title = `Lucie Workbench, blocks of ${name === 'lucie' ? 128 : 32}`;
      const weightBytes = await onnxWeightBytes(model, modelPath);
      return { name, title, runtime: 'lucie', threads, modelPath, weightBytes, cacheBytesPerToken: cached };
    }
    case 'llama.cpp':
    case 'llama.cpp-1': {
      const modelPath = model.gguf;
      const weightBytes = (await stat(modelPath)).size - embeddingBytes(model, 4.5);
      const own = { threads: name === 'llama.cpp' ? threads : 1, cacheBytesPerToken: 2 * cached };
      const title = `llama.cpp, Q4_0${name === 'llama.cpp' ? '' : ', 1 thread'}`;
      return { name, title, runtime: 'llama.cpp', modelPath, weightBytes, ...own };
    }
    case 'transformers.js': {
      const modelPath = model.block128;
      const weightBytes = await onnxWeightBytes(model, modelPath);
      const own = { threads, cacheBytesPerToken: 4 * cached };
      return { name, title: name, runtime: name, modelPath, weightBytes, ...own };
    }
  }
}

async function onnxWeightBytes(model: BenchModel, folder: string): Promise<number> {
  const { size } = await stat(join(folder, 'onnx/model_q4.onnx_data'));
  const description = JSON.parse(await readFile(join(folder, 'workbench.json'), 'utf8')) as {
    variants: { q4: { embedding: { bitsPerWeight: number } } };
  };
  return size - embeddingBytes(model, description.variants.q4.embedding.bitsPerWeight);
}

function embeddingBytes({ shape }: BenchModel, bitsPerWeight: number): number {
  return (shape.vocabularySize * shape.hiddenSize * bitsPerWeight) / 8;
}
