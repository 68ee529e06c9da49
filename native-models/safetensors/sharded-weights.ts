/**
 * The weights of a model, in one file or in shards, as one source of tensors. It remembers which tensors were asked for: what
 * nobody wanted (`rotary_emb.inv_freq`, say) is reported, never silently dropped.
 */
import { ExportError } from '../export-error.ts';
import type { SourceTensor, WeightSource } from '../source-tensor.ts';
import type { SourceIdentity } from './byte-source.ts';
import type { SafetensorsReader } from './reader.ts';

export class ShardedWeights implements WeightSource {
  /** For messages: the folder or the address that holds the shards. */
  readonly #name: string;
  readonly #shards: ReadonlyMap<string, SafetensorsReader>;
  readonly #shardOf: ReadonlyMap<string, SafetensorsReader>;
  readonly #consumed = new Set<string>();

  /** `index` says which shard holds a tensor; `null` where there is only one. Throws `safetensors.invalid`, `tensor.missing`. */
  constructor(
    name: string,
    shards: ReadonlyMap<string, SafetensorsReader>,
    index: ReadonlyMap<string, string> | null = null,
  ) {
    this.#name = name;
    this.#shards = shards;
    this.#shardOf = tensorPlaces(shards);
    for (const [tensor, file] of index ?? []) {
      if (this.#shardOf.get(tensor) === shards.get(file)) continue;
      const message = `The index says that tensor "${tensor}" is in ${file}; it is not.`;
      throw new ExportError('tensor.missing', message, {
        action: 'The index and the shards are of different models: fetch all from the same revision.',
        details: { tensor, file },
      });
    }
  }

  tensor(name: string, shape: readonly number[]): SourceTensor {
    const reader = this.#shardOf.get(name);
    if (reader === undefined) {
      throw new ExportError('tensor.missing', `${this.#name} holds no tensor "${name}".`, {
        action: 'The weights and config.json are of different models, or a part of the weights is missing.',
        details: { path: this.#name, tensor: name },
      });
    }
    this.#consumed.add(name);
    return reader.tensor(name, shape);
  }

  /** The tensors that nobody asked for, sorted. */
  get ignored(): readonly string[] {
    return [...this.#shardOf.keys()].filter((name) => !this.#consumed.has(name)).sort();
  }

  /** Every file, with what identifies its content. */
  get identities(): ReadonlyMap<string, SourceIdentity> {
    return new Map([...this.#shards].map(([file, reader]) => [file, reader.source.identity]));
  }

  async close(): Promise<void> {
    for (const reader of this.#shards.values()) await reader.close();
  }
}

function tensorPlaces(shards: ReadonlyMap<string, SafetensorsReader>): Map<string, SafetensorsReader> {
  const places = new Map<string, SafetensorsReader>();
  for (const [file, reader] of shards) {
    for (const tensor of reader.header.tensors.keys()) {
      if (places.has(tensor)) {
        throw new ExportError('safetensors.invalid', `Tensor "${tensor}" is in ${file} and in another shard.`, {
          action: 'Remove the shards of another model from the folder, or fetch the weights again.',
          details: { tensor, file },
        });
      }
      places.set(tensor, reader);
    }
  }
  return places;
}
