/**
 * Finds and opens the weights of a published model: one safetensors file, or the shards of an index. PyTorch's own format is
 * refused: it is a pickle, which can run any code when it is opened.
 */
import { ExportError } from '../export-error.ts';
import { HashedByteSource } from '../safetensors/hashed-byte-source.ts';
import { SafetensorsReader } from '../safetensors/reader.ts';
import { nodeHash, storableHash } from '../safetensors/running-hash.ts';
import { parseShardIndex, shardIndexFileName } from '../safetensors/shard-index.ts';
import { ShardedWeights, type Shard } from '../safetensors/sharded-weights.ts';
import { missingFile, type ModelSource } from './model-source.ts';
import { parseJsonObject, weightsFileName } from './source-folder.ts';

const pickleFileNames = ['pytorch_model.bin', 'pytorch_model.bin.index.json', 'consolidated.00.pth'] as const;

/** Throws `source.missing`, `source.unsafe`, `safetensors.invalid`, `tensor.missing`. */
export async function openWeights(source: ModelSource, signal?: AbortSignal): Promise<ShardedWeights> {
  const index = (await source.has(weightsFileName, signal)) ? null : await readIndex(source, signal);
  const files = index === null ? [weightsFileName] : [...new Set(index.values())].sort();
  const shards = new Map<string, Shard>();
  try {
    for (const file of files) {
      // What lies here can be read again after a kill; what came over a network should not have to be.
      const hash = source.localPath(file) === null ? await storableHash() : nodeHash();
      const bytes = new HashedByteSource(await source.open(file, signal), hash);
      shards.set(file, { bytes, reader: await SafetensorsReader.open(bytes, signal) });
    }
    return new ShardedWeights(source.name, shards, index);
  } catch (error) {
    for (const { reader } of shards.values()) await reader.close();
    throw error;
  }
}

async function readIndex(source: ModelSource, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const bytes = await source.readFile(shardIndexFileName, signal);
  if (bytes !== null) return parseShardIndex(parseJsonObject(shardIndexFileName, bytes));
  for (const file of pickleFileNames) {
    if (!(await source.has(file, signal))) continue;
    throw new ExportError(
      'source.unsafe',
      `${source.name} holds its weights only as ${file}, a PyTorch pickle, which can run code when it is opened.`,
      {
        action: 'Use a revision with safetensors weights, or convert them with the tools of whoever published them.',
        details: { folder: source.name, file },
      },
    );
  }
  throw missingFile(source.name, weightsFileName);
}
