/**
 * Whether a model fits into memory, and with how much context, before the runtime opens it: a process that runs out of memory is
 * killed without a word.
 *
 * weights + scratch + cache x positions. Scratch is the larger of two things that do not happen at once. While a session is made,
 * ONNX Runtime holds one matrix twice, as read and as packed, and the largest is one over the vocabulary: measured on eight layers
 * of Lucie's shape (1,322 MiB in int4) loading peaks 122 MiB above the weights, the formula gives 170. While a part of a prompt runs,
 * its activations are held: measured 166 MiB for 512 tokens, the formula gives 176.
 */
import type { MemoryPlan } from '../../contract/devices.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { cacheBytesPerToken, parameterCount, type ModelConfig } from '../model-config.ts';

/** With less, a chat template and a question hardly find room. */
const smallestContext = 256;

/** The most tokens of a prompt that one run takes. */
const largestRun = 512;

const float32Bytes = 4;

/** What the names of transformers.js (and `_kv8`, ours) say of the cache; seen in the graph itself only once it is open. */
const cacheElementBytes = new Map([
  ['onnx/model_q4_kv8.onnx', 1],
  ['onnx/model_q4f16.onnx', 2],
]);

/** `file` is the graph's name within the model folder, `byteLength` that of the graph with its weights. */
export function planMemory(
  file: { name: string; byteLength: number },
  config: ModelConfig,
  availableBytes: number | null,
): MemoryPlan {
  const elementBytes = cacheElementBytes.get(file.name) ?? float32Bytes;
  const perToken = (cacheBytesPerToken(config, 'float32') / float32Bytes) * elementBytes;
  const scratchBytes = Math.max(packedTwiceBytes(file.byteLength, config), activationBytes(config));
  const room = availableBytes === null ? Infinity : availableBytes - file.byteLength - scratchBytes;
  return {
    weightBytes: file.byteLength,
    cacheBytesPerToken: perToken,
    scratchBytes,
    availableBytes,
    contextThatFits: Math.max(0, Math.min(config.contextLength, Math.floor(room / perToken))),
  };
}

function fits(plan: MemoryPlan, config: ModelConfig): boolean {
  return plan.contextThatFits >= Math.min(smallestContext, config.contextLength);
}

/** @throws WorkbenchError `MEMORY_INSUFFICIENT` */
export function requireFits(plan: MemoryPlan, config: ModelConfig): void {
  if (fits(plan, config)) return;
  const neededBytes =
    plan.weightBytes + plan.scratchBytes + plan.cacheBytesPerToken * Math.min(smallestContext, config.contextLength);
  const availableBytes = plan.availableBytes ?? 0;
  throw new WorkbenchError(
    'MEMORY_INSUFFICIENT',
    `The model needs ${inMiB(neededBytes)} of memory; ${inMiB(availableBytes)} are free.`,
    {
      action: 'Close other programs, unload the model that is loaded, or choose a smaller one.',
      details: { neededBytes, availableBytes },
    },
  );
}

function inMiB(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}

/** The share of the weights that one matrix over the vocabulary has. */
function packedTwiceBytes(weightBytes: number, config: ModelConfig): number {
  return Math.ceil((weightBytes * config.vocabularySize * config.hiddenSize) / parameterCount(config));
}

/** Ten hidden states (residual, norm, q, k, v, attention, sums), four of the gated MLP, and one row of logits. */
function activationBytes({ hiddenSize, intermediateSize, vocabularySize }: ModelConfig): number {
  return float32Bytes * (largestRun * (10 * hiddenSize + 4 * intermediateSize) + vocabularySize);
}
