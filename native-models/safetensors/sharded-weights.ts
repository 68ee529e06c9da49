/**
 * The weights of a model, in one file or in shards, as one source of tensors. It remembers which tensors were asked for: what
 * nobody wanted (`rotary_emb.inv_freq`, say) is reported, never silently dropped. Read in the order of their places, the tensors
 * of each file pass by from start to end, and so does the file's hash.
 */
import { ExportError } from '../export-error.ts';
import type { SourceTensor, WeightSource } from '../source-tensor.ts';
import type { SourceIdentity } from './byte-source.ts';
import type { HashedByteSource, HashState } from './hashed-byte-source.ts';
import type { SafetensorsReader } from './reader.ts';

export interface Shard {
  readonly reader: SafetensorsReader;
  /** What the reader reads from. */
  readonly bytes: HashedByteSource;
}

export interface HashedFile {
  readonly byteLength: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** The places of one file are its offsets; those of the next file begin here. No file is as long. */
const placesPerFile = 2 ** 46;

export class ShardedWeights implements WeightSource {
  /** For messages: the folder or the address that holds the shards. */
  readonly #name: string;
  readonly #shards: ReadonlyMap<string, Shard>;
  readonly #fileOf: ReadonlyMap<string, string>;
  readonly #consumed = new Set<string>();
  readonly #savedPositions = new Map<string, number>();

  /** `index` says which shard holds a tensor; `null` where there is only one. Throws `safetensors.invalid`, `tensor.missing`. */
  constructor(name: string, shards: ReadonlyMap<string, Shard>, index: ReadonlyMap<string, string> | null = null) {
    this.#name = name;
    this.#shards = shards;
    this.#fileOf = filesOfTensors(shards);
    for (const [tensor, file] of index ?? []) {
      if (this.#fileOf.get(tensor) === file) continue;
      const message = `The index says that tensor "${tensor}" is in ${file}; it is not.`;
      throw new ExportError('tensor.missing', message, {
        action: 'The index and the shards are of different models: fetch all from the same revision.',
        details: { tensor, file },
      });
    }
  }

  tensor(name: string, shape: readonly number[]): SourceTensor {
    const file = this.#fileOf.get(name);
    const shard = file === undefined ? undefined : this.#shards.get(file);
    if (file === undefined || shard === undefined) {
      throw new ExportError('tensor.missing', `${this.#name} holds no tensor "${name}".`, {
        action: 'The weights and config.json are of different models, or a part of the weights is missing.',
        details: { path: this.#name, tensor: name },
      });
    }
    this.#consumed.add(name);
    const tensor = shard.reader.tensor(name, shape);
    return { ...tensor, place: this.#firstPlaceOf(file) + tensor.place };
  }

  /** The tensors that nobody asked for, sorted. */
  get ignored(): readonly string[] {
    return [...this.#fileOf.keys()].filter((name) => !this.#consumed.has(name)).sort();
  }

  /** The tensors that were asked for, in the order in which they are stored. */
  get consumed(): readonly string[] {
    return [...this.#shards].flatMap(([, { reader }]) =>
      [...reader.header.tensors.values()]
        .filter(({ name }) => this.#consumed.has(name))
        .toSorted((a, b) => a.offset - b.offset)
        .map(({ name }) => name),
    );
  }

  /** Every file, with what identifies its content. */
  get identities(): ReadonlyMap<string, SourceIdentity> {
    return new Map([...this.#shards].map(([file, { reader }]) => [file, reader.source.identity]));
  }

  /** How far the files are hashed, where that can be stored and has changed since it was asked for. */
  saveHashes(): readonly ({ readonly file: string } & HashState)[] {
    return [...this.#shards].flatMap(([file, { bytes }]) => {
      const state = bytes.save();
      if (state === null || this.#savedPositions.get(file) === state.position) return [];
      this.#savedPositions.set(file, state.position);
      return [{ file, ...state }];
    });
  }

  /** Reads to their ends the files that hold nothing from `place` on, so that no connection waits for them. */
  async drainBefore(place: number, signal?: AbortSignal): Promise<void> {
    for (const [file, { bytes }] of this.#shards) {
      if (this.#firstPlaceOf(file) + placesPerFile <= place) await bytes.drain({ signal });
    }
  }

  /**
   * Begins to read everything from `place` on, in order. Of each file the furthest known state that does not reach beyond it is
   * taken up.
   */
  readFrom(place: number, states: readonly ({ readonly file: string } & HashState)[]): void {
    for (const [file, { bytes }] of this.#shards) {
      const limit = place - this.#firstPlaceOf(file);
      const known = states.filter((state) => state.file === file && state.position <= limit);
      const furthest = known.reduce<HashState | null>((a, b) => (a === null || b.position > a.position ? b : a), null);
      if (furthest !== null) bytes.load(furthest);
      bytes.readOn();
    }
  }

  /**
   * Reads what was not read, and compares every file with the hash that its publisher lists, if it is listed. Throws
   * `source.changed`.
   */
  async finishHashes(signal?: AbortSignal): Promise<Record<string, HashedFile>> {
    const files: Record<string, HashedFile> = {};
    for (const [file, { bytes }] of this.#shards) {
      await bytes.drain({ signal });
      const { byteLength, sha256: expected } = bytes.identity;
      const sha256 = bytes.digest();
      if (expected !== null && sha256 !== expected) throw wrongHash(bytes.name, sha256, expected);
      files[file] = { byteLength, sha256 };
    }
    return files;
  }

  /** The hashes are known: what is read from here on is read for its own sake. */
  stopHashing(): void {
    for (const { bytes } of this.#shards.values()) bytes.stop();
  }

  async close(): Promise<void> {
    for (const { reader } of this.#shards.values()) await reader.close();
  }

  #firstPlaceOf(file: string): number {
    return [...this.#shards.keys()].indexOf(file) * placesPerFile;
  }
}

function filesOfTensors(shards: ReadonlyMap<string, Shard>): Map<string, string> {
  const files = new Map<string, string>();
  for (const [file, { reader }] of shards) {
    for (const tensor of reader.header.tensors.keys()) {
      if (files.has(tensor)) {
        throw new ExportError('safetensors.invalid', `Tensor "${tensor}" is in ${file} and in another shard.`, {
          action: 'Remove the shards of another model from the folder, or fetch the weights again.',
          details: { tensor, file },
        });
      }
      files.set(tensor, file);
    }
  }
  return files;
}

function wrongHash(name: string, actual: string, expected: string): ExportError {
  return new ExportError('source.changed', `${name}: what came has the SHA-256 ${actual}; ${expected} is published.`, {
    action: 'Nothing of it was kept. Start again; where a mirror was asked, try another one.',
    details: { url: name, expected, actual },
  });
}
