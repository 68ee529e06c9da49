/**
 * Writes a checkpoint of Lucie-7B's shape with seeded synthetic weights: three bfloat16 shards with their index, as they are
 * published. The values are cut from blocks of normally distributed numbers, of a different spread for each row of blocks.
 */
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../../main/engine/sampling/random.ts';

const hidden = 4096;
const intermediate = 12_288;
const keyValue = 1024;
const vocabulary = 65_024;

export const lucieLayers = 32;

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The bytes of all shards. */
export async function writeSyntheticCheckpoint(folder: string, layers = lucieLayers): Promise<number> {
  await mkdir(folder, { recursive: true });
  const shards = shardsOf(layers);
  const weightMap: Record<string, string> = {};
  const blocks = normalBlocks(new Random(7));
  let total = 0;
  for (const [index, tensors] of shards.entries()) {
    const file = `model-0000${index + 1}-of-0000${shards.length}.safetensors`;
    for (const { name } of tensors) weightMap[name] = file;
    total += await writeShard(join(folder, file), tensors, blocks, new Random(100 + index));
  }
  const json: Record<string, unknown> = {
    'model.safetensors.index.json': { metadata: { total_size: total }, weight_map: weightMap },
    'config.json': {
      model_type: 'llama',
      architectures: ['LlamaForCausalLM'],
      hidden_act: 'silu',
      hidden_size: hidden,
      intermediate_size: intermediate,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      num_hidden_layers: layers,
      max_position_embeddings: 32_000,
      rms_norm_eps: 1e-5,
      rope_theta: 2e7,
      tie_word_embeddings: false,
      vocab_size: vocabulary,
    },
    'generation_config.json': { bos_token_id: 0, eos_token_id: 1 },
    'tokenizer.json': {},
    'tokenizer_config.json': {},
  };
  for (const [name, value] of Object.entries(json)) await writeFile(join(folder, name), JSON.stringify(value));
  return total;
}

function shardsOf(layers: number): Tensor[][] {
  const thirds: Tensor[][] = [[], [], []];
  const shard = (index: number): Tensor[] => thirds[index] as Tensor[];
  shard(0).push({ name: 'model.embed_tokens.weight', shape: [vocabulary, hidden] });
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `model.layers.${layer}`;
    const matrices: [string, number, number][] = [
      ['self_attn.q_proj', hidden, hidden],
      ['self_attn.k_proj', keyValue, hidden],
      ['self_attn.v_proj', keyValue, hidden],
      ['self_attn.o_proj', hidden, hidden],
      ['mlp.gate_proj', intermediate, hidden],
      ['mlp.up_proj', intermediate, hidden],
      ['mlp.down_proj', hidden, intermediate],
    ];
    shard(Math.floor((3 * layer) / layers)).push(
      ...matrices.map(([name, rows, columns]) => ({ name: `${prefix}.${name}.weight`, shape: [rows, columns] })),
      { name: `${prefix}.input_layernorm.weight`, shape: [hidden] },
      { name: `${prefix}.post_attention_layernorm.weight`, shape: [hidden] },
    );
  }
  shard(2).push(
    { name: 'model.norm.weight', shape: [hidden] },
    { name: 'lm_head.weight', shape: [vocabulary, hidden] },
  );
  return thirds.map((tensors) => tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}

const blockLength = 1 << 21;

/** Normally distributed values (Box and Muller, 1958) in bfloat16, one block for each of eight spreads. */
function normalBlocks(random: Random): Uint8Array[] {
  return Array.from({ length: 8 }, (_, index) => {
    const spread = 0.01 * 2 ** (index / 3);
    const bits = new Uint32Array(blockLength);
    const floats = new Float32Array(bits.buffer);
    for (let i = 0; i < blockLength; i += 2) {
      const radius = spread * Math.sqrt(-2 * Math.log(1 - random.nextFloat()));
      const angle = 2 * Math.PI * random.nextFloat();
      floats[i] = radius * Math.cos(angle);
      floats[i + 1] = radius * Math.sin(angle);
    }
    return new Uint8Array(Uint16Array.from(bits, (value) => value >>> 16).buffer);
  });
}

async function writeShard(
  path: string,
  tensors: readonly Tensor[],
  blocks: readonly Uint8Array[],
  random: Random,
): Promise<number> {
  let end = 0;
  const header = Object.fromEntries(
    tensors.map(({ name, shape }) => {
      const begin = end;
      end += 2 * shape.reduce((product, size) => product * size, 1);
      return [name, { dtype: 'BF16', shape, data_offsets: [begin, end] }];
    }),
  );
  const text = JSON.stringify({ __metadata__: { format: 'pt' }, ...header });
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  const file = await open(path, 'w');
  try {
    await file.write(length);
    await file.write(json);
    for (let at = 0; at < end;) {
      const block = blocks[Math.floor(random.nextFloat() * blocks.length)] as Uint8Array;
      const from = 2 * Math.floor(random.nextFloat() * (blockLength / 2));
      const bytes = block.subarray(from, Math.min(block.byteLength, from + end - at));
      await file.write(bytes);
      at += bytes.byteLength;
    }
  } finally {
    await file.close();
  }
  return end;
}
