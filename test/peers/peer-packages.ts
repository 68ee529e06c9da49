/**
 * Other people's runtimes, from the package in `test/bench`, which is installed apart (`npm run peers:install`). Only what the tests
 * call is typed here: the types must check where the packages are absent.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const benchFolder = resolve(import.meta.dirname, '../bench');
const requireHere = createRequire(join(benchFolder, 'package.json'));

export interface PeerTensor {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number> | BigInt64Array;
}

/** Keys and values by name; `generate` keeps it up to date. */
export type DynamicCache = Record<string, PeerTensor>;

export interface CausalModel {
  generate(options: {
    inputs: PeerTensor;
    attention_mask?: PeerTensor;
    past_key_values?: DynamicCache;
    max_new_tokens: number;
    do_sample: boolean;
    eos_token_id?: readonly number[];
    streamer?: { put(ids: readonly (readonly bigint[])[]): void; end(): void };
  }): Promise<PeerTensor>;
  (inputs: { input_ids: PeerTensor; attention_mask: PeerTensor }): Promise<{ logits: PeerTensor }>;
  dispose(): Promise<unknown>;
}

export interface ChatTokenizer {
  apply_chat_template(
    messages: readonly { role: string; content: string }[],
    options: { add_generation_prompt: true; return_tensor: false; return_dict: false },
  ): number[];
}

export interface Transformers {
  readonly env: { allowRemoteModels: boolean; version: string };
  readonly DynamicCache: new () => DynamicCache;
  readonly Tensor: new (type: string, data: BigInt64Array, dims: readonly number[]) => PeerTensor;
  readonly AutoModelForCausalLM: {
    from_pretrained(
      path: string,
      options?: { dtype?: string; device?: string; session_options?: { intraOpNumThreads: number } },
    ): Promise<CausalModel>;
  };
  readonly AutoTokenizer: {
    from_pretrained(path: string): Promise<ChatTokenizer>;
  };
}

/** A token's options ask for the logits of what follows it. */
export type EvaluatedToken = readonly [token: number, options: { generateNext: { logits: true } }];

export interface LlamaSequence {
  controlledEvaluate(
    input: readonly EvaluatedToken[],
  ): Promise<readonly ({ next: { logits?: ReadonlyMap<number, number> } } | undefined)[]>;
  /** How many tokens the context holds. */
  readonly nextTokenIndex: number;
  evaluate(tokens: readonly number[], options: { temperature: number; yieldEogToken: boolean }): AsyncIterable<number>;
  clearHistory(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  createContext(options: {
    contextSize: number;
    batchSize?: number;
    threads: number | { ideal: number; min: number };
    flashAttention?: boolean;
    experimentalKvCacheKeyType?: 'F32';
    experimentalKvCacheValueType?: 'F32';
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface Llama {
  loadModel(options: { modelPath: string; gpuLayers: number; useMmap?: boolean }): Promise<LlamaModel>;
  dispose(): Promise<void>;
}

/** transformers.js, which from here on may read local files only. */
export function loadTransformers(): Transformers {
  requireInstalled('@huggingface/transformers');
  const transformers = requireHere('@huggingface/transformers') as Transformers;
  transformers.env.allowRemoteModels = false;
  return transformers;
}

/** A tokenizer written in JavaScript: no spans. */
export interface JavaScriptTokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] };
}

/** `@huggingface/tokenizers`: its class, which takes the parsed tokenizer.json and tokenizer_config.json. Throws where it is absent. */
export function loadTokenizers(): new (tokenizer: object, config: object) => JavaScriptTokenizer {
  requireInstalled('@huggingface/tokenizers');
  const loaded = requireHere('@huggingface/tokenizers') as {
    Tokenizer: new (tokenizer: object, config: object) => JavaScriptTokenizer;
  };
  return loaded.Tokenizer;
}

/** llama.cpp on the CPU, as its package ships it: nothing is built or fetched. */
export async function loadLlama(): Promise<Llama> {
  requireInstalled('node-llama-cpp');
  const address = pathToFileURL(requireHere.resolve('node-llama-cpp')).href;
  const { getLlama } = (await import(/* @vite-ignore */ address)) as {
    getLlama(options: { build: 'never'; gpu: false; logLevel: 'error' }): Promise<Llama>;
  };
  return getLlama({ build: 'never', gpu: false, logLevel: 'error' });
}

/** By ggml's number of the type: the weights and the bytes of a block. */
const ggmlTypes = {
  Q4_0: { number: 2, blockSize: 32, blockByteLength: 18 },
  Q6_K: { number: 14, blockSize: 256, blockByteLength: 210 },
} as const;

export type GgmlType = keyof typeof ggmlTypes;

export function ggmlByteLength(type: GgmlType, weights: number): number {
  const { blockSize, blockByteLength } = ggmlTypes[type];
  return (weights / blockSize) * blockByteLength;
}

/** llama.cpp's own quantiser of one row after another, out of the library that node-llama-cpp ships and does not bind. */
export function loadQuantize(): (type: GgmlType, values: Float32Array, columns: number) => Uint8Array {
  requireInstalled('koffi');
  requireInstalled('@node-llama-cpp/linux-x64');
  const { load } = requireHere('koffi') as {
    load(path: string): { func(declaration: string): (...values: unknown[]) => number };
  };
  const library = load(join(benchFolder, 'node_modules/@node-llama-cpp/linux-x64/bins/linux-x64/libggml-base.so'));
  const quantize = library.func(
    'size_t ggml_quantize_chunk(int type, const float *values, _Out_ uint8_t *result, int64_t start, int64_t rows, int64_t columns, const float *importance)',
  );
  return (type, values, columns) => {
    const result = new Uint8Array(ggmlByteLength(type, values.length));
    const rows = values.length / columns;
    const written = quantize(ggmlTypes[type].number, values, result, 0, rows, columns, null);
    if (written !== result.byteLength) throw new Error(`llama.cpp wrote ${written} bytes, not ${result.byteLength}.`);
    return result;
  };
}

function requireInstalled(name: string): void {
  if (existsSync(join(benchFolder, 'node_modules', name))) return;
  throw new Error(`${name} is not installed: run "npm run peers:install" (Linux x64).`);
}
