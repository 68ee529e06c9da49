/**
 * A checkpoint of any size as the GGUF that llama.cpp's own tool makes for `Q4_0`: every matrix in Q4_0 but the output matrix, which
 * is Q6_K where its rows allow it. Quantised by llama.cpp's library, in slabs of rows. Rows are not reordered for llama.cpp's rotary layout: the file serves to
 * measure time, which does not depend on it; what the model says is of no use.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localSource } from '../../../native-models/model-folder/local-source.ts';
import { openWeights } from '../../../native-models/model-folder/open-weights.ts';
import type { SourceTensor, WeightSource } from '../../../native-models/source-tensor.ts';
import { streamGguf, type GgufStream } from '../../fixtures/gguf/gguf-file.ts';
import { blockNames, metadataOf, type LlamaFacts } from '../../fixtures/gguf/llama-gguf.ts';
import { ggmlByteLength, loadQuantize, type GgmlType } from '../../peers/peer-packages.ts';

type Quantize = ReturnType<typeof loadQuantize>;

const slabWeights = 1 << 22;

export async function writePeerGguf(folder: string, path: string): Promise<void> {
  const published = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as LlamaFacts;
  const config = {
    ...published,
    head_dim: published.head_dim ?? published.hidden_size / published.num_attention_heads,
  };
  const weights = await openWeights(localSource(folder));
  weights.stopHashing();
  try {
    await streamGguf(path, metadataOf(config, 'Q4_0'), tensorsOf(config, weights, loadQuantize()));
  } finally {
    await weights.close();
  }
}

function tensorsOf(config: LlamaFacts, weights: WeightSource, quantize: Quantize): GgufStream[] {
  const { hidden_size: hidden, intermediate_size: inner, vocab_size: vocabulary } = config;
  const query = config.num_attention_heads * config.head_dim;
  const keyValue = config.num_key_value_heads * config.head_dim;
  const shapes: Record<keyof typeof blockNames, readonly number[]> = {
    input_layernorm: [hidden],
    'self_attn.q_proj': [query, hidden],
    'self_attn.k_proj': [keyValue, hidden],
    'self_attn.v_proj': [keyValue, hidden],
    'self_attn.o_proj': [hidden, query],
    post_attention_layernorm: [hidden],
    'mlp.gate_proj': [inner, hidden],
    'mlp.up_proj': [inner, hidden],
    'mlp.down_proj': [hidden, inner],
  };
  const stream = (source: string, name: string, shape: readonly number[], type: GgmlType = 'Q4_0') =>
    streamOf(`${name}.weight`, weights.tensor(`${source}.weight`, shape), type, quantize);
  const layers = Array.from({ length: config.num_hidden_layers }, (_, layer) =>
    Object.entries(blockNames).map(([source, name]) =>
      stream(`model.layers.${layer}.${source}`, `blk.${layer}.${name}`, shapes[source as keyof typeof blockNames]),
    ),
  );
  return [
    stream('model.embed_tokens', 'token_embd', [vocabulary, hidden]),
    ...layers.flat(),
    stream('model.norm', 'output_norm', [hidden]),
    stream('lm_head', 'output', [vocabulary, hidden], hidden % 256 === 0 ? 'Q6_K' : 'Q4_0'),
  ];
}

/** Norms stay in float32. */
function streamOf(name: string, tensor: SourceTensor, type: GgmlType, quantize: Quantize): GgufStream {
  const [rows = 0, columns] = tensor.shape;
  if (columns === undefined) {
    const chunks = async function* () {
      yield new Uint8Array((await tensor.read()).buffer);
    };
    return { name, shape: tensor.shape, type: 'F32', byteLength: 4 * rows, chunks };
  }
  const slabRows = Math.max(1, Math.floor(slabWeights / columns));
  const chunks = async function* () {
    for (let row = 0; row < rows; row += slabRows) {
      yield quantize(type, await tensor.readRows(row, Math.min(row + slabRows, rows)), columns);
    }
  };
  return { name, shape: tensor.shape, type, byteLength: ggmlByteLength(type, rows * columns), chunks };
}
