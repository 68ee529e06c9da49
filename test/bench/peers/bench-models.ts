/**
 * The models of the comparison, each in the files of every runtime, written once and kept for later runs. `lucie-N` has Lucie-7B's
 * shape with N layers and seeded random weights; `demo` is the embedded model. Nothing in a folder can end an answer: a runtime that
 * met a stop token would be measured over fewer tokens.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoModelFolder } from '../../../native-models/demo/sequences.ts';
import { exportForTarget } from '../../../native-models/export-target.ts';
import { writeSyntheticCheckpoint } from '../export/synthetic-checkpoint.ts';
import { extendedTokenizer } from './endless-tokenizer.ts';
import { writePeerGguf } from './peer-gguf.ts';
import { randomIds } from './random-ids.ts';

export interface BenchModel {
  readonly name: string;
  /** Our folder in blocks of 128 weights: `model_q4_kv8.onnx` for our engine, `model_q4.onnx` over the same data for transformers.js. */
  readonly block128: string;
  readonly block32: string;
  readonly gguf: string;
  readonly shape: ModelShape;
}

export interface ModelShape {
  readonly vocabularySize: number;
  readonly contextLength: number;
  readonly layers: number;
  /** Keys and values of one position and layer. */
  readonly cachedValuesPerLayer: number;
  readonly hiddenSize: number;
}

export type BlockSize = 32 | 128;

/** Files of a run that was killed are not taken for whole: a folder gets its name at the end. */
export async function benchModel(
  cacheFolder: string,
  what: 'demo' | number,
  blockSizes: readonly BlockSize[],
): Promise<BenchModel> {
  const name = what === 'demo' ? 'demo' : `lucie-${what}`;
  const folder = join(cacheFolder, name);
  const paths = {
    block128: join(folder, 'block-128'),
    block32: join(folder, 'block-32'),
    gguf: join(folder, 'model.gguf'),
  };
  const missing = blockSizes.filter((size) => !existsSync(join(folder, `block-${size}`)));
  if (missing.length > 0 || !existsSync(paths.gguf)) {
    const source = join(folder, 'source.unfinished');
    await rm(source, { recursive: true, force: true });
    await writeSource(source, what);
    for (const size of missing) await writeOnnx(source, join(folder, `block-${size}`), size);
    if (!existsSync(paths.gguf)) {
      await writePeerGguf(source, `${paths.gguf}.unfinished`);
      await rename(`${paths.gguf}.unfinished`, paths.gguf);
    }
    await rm(source, { recursive: true });
  }
  return { name, ...paths, shape: await shapeOf(paths.block128) };
}

async function writeSource(folder: string, what: 'demo' | number): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (what === 'demo') {
    for (const file of ['config.json', 'tokenizer_config.json', 'model.safetensors']) {
      await cp(join(demoModelFolder, file), join(folder, file));
    }
  } else await writeSyntheticCheckpoint(folder, what);
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
  delete config['eos_token_id'];
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(join(folder, 'generation_config.json'), JSON.stringify({ bos_token_id: 0 }));
  const tokenizer = await extendedTokenizer(join(demoModelFolder, 'tokenizer.json'), config['vocab_size'] as number);
  await writeFile(join(folder, 'tokenizer.json'), tokenizer);
}

/** As the exporter makes them for a CPU. Random weights have no text that is theirs, so the cache is scaled to random ids. */
async function writeOnnx(sourceFolder: string, folder: string, cpuBlockSize: BlockSize): Promise<void> {
  const outputFolder = `${folder}.unfinished`;
  await rm(outputFolder, { recursive: true, force: true });
  const { vocabularySize } = await shapeOf(sourceFolder);
  await exportForTarget({
    sourceFolder,
    outputFolder,
    target: 'cpu',
    cpuBlockSize,
    calibrationSequences: () => Promise.resolve([1, 2, 3, 4].map((seed) => randomIds(seed, 64, vocabularySize))),
    verification: 'skip',
  });
  await rename(outputFolder, folder);
}

async function shapeOf(folder: string): Promise<ModelShape> {
  const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, number>;
  const { num_key_value_heads: heads = 0, num_attention_heads: queryHeads = 1, hidden_size: hiddenSize = 0 } = config;
  return {
    vocabularySize: config['vocab_size'] ?? 0,
    contextLength: config['max_position_embeddings'] ?? 0,
    layers: config['num_hidden_layers'] ?? 0,
    cachedValuesPerLayer: 2 * heads * (config['head_dim'] ?? hiddenSize / queryHeads),
    hiddenSize,
  };
}
