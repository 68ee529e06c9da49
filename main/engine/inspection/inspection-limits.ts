/**
 * What an inspection is held against before anything is opened: the length of the text, and the memory that it takes beside the model,
 * which stays loaded.
 */
import { mostInspectedTokens } from '../../contract/inspection.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { tileRows } from '../row-plan.ts';
import { parameterCount, type ModelConfig } from '../model-config.ts';
import { embeddingRowBytes } from './embedding-rows.ts';

const float32Bytes = 4;

/** @throws WorkbenchError `INSPECTION_TOO_LONG` */
export function checkInspectedLength(tokens: number): void {
  if (tokens <= mostInspectedTokens) return;
  throw new WorkbenchError(
    'INSPECTION_TOO_LONG',
    `The text has ${tokens} tokens; the inside of the model is shown for at most ${mostInspectedTokens}.`,
    {
      action: 'Shorten the text, or look at its first tokens.',
      details: { tokens, limit: mostInspectedTokens },
    },
  );
}

/** @throws WorkbenchError `INVALID_INPUT` */
export function checkLayer(layer: number, layers: number): void {
  if (Number.isInteger(layer) && layer >= 0 && layer < layers) return;
  throw new WorkbenchError('INVALID_INPUT', `There is no layer ${layer}: the model has ${layers}, from 0.`, {
    action: `Choose a layer from 0 to ${layers - 1}.`,
    details: { layer, limit: layers - 1 },
  });
}

/**
 * Bytes that are held at once at the most: the weights of a layer and of the output matrix twice, as read and as ONNX Runtime packs
 * them; one tile of logits, computed and handed over; the hidden states between all layers; and for each row what passes through a layer,
 * with one row of attention of every head four times (computed, handed over, sent). On four layers of Lucie-7B's shape a lens of
 * 64 tokens took 532 MiB above the loaded model (docs/inspection.md); the formula gives 716.
 */
export function inspectionBytes(config: ModelConfig, weightBytes: number, rows: number): number {
  const { hiddenSize, intermediateSize, vocabularySize, layers, heads, tiedEmbeddings } = config;
  const all = parameterCount(config);
  const layer = (all - (tiedEmbeddings ? 1 : 2) * vocabularySize * hiddenSize) / layers;
  const parts = (2 * weightBytes * (layer + vocabularySize * hiddenSize)) / all;
  const logits = 2 * float32Bytes * tileRows * vocabularySize;
  const states = float32Bytes * rows * hiddenSize * (layers + 1);
  const passing = float32Bytes * rows * (10 * hiddenSize + 4 * intermediateSize + 4 * heads * rows);
  return Math.ceil(parts + logits + states + passing);
}

/**
 * Of a search through the embedding matrix: the matrix as it is read and as the runtime holds it, and its rows in float32. On four layers
 * of Lucie-7B's shape it took 359 MiB (docs/inspection.md); the formula gives 508.
 */
export function searchBytes(config: ModelConfig, weightBytes: number): number {
  const matrix = (weightBytes * config.vocabularySize * config.hiddenSize) / parameterCount(config);
  return Math.ceil(2 * matrix + embeddingRowBytes(config));
}

/** @throws WorkbenchError `MEMORY_INSUFFICIENT` */
export function requireMemory(neededBytes: number, availableBytes: number): void {
  if (neededBytes <= availableBytes) return;
  throw new WorkbenchError(
    'MEMORY_INSUFFICIENT',
    `Looking inside the model needs ${inMiB(neededBytes)} of memory beside it; ${inMiB(availableBytes)} are free.`,
    { action: 'Close other programs, or take a shorter text.', details: { neededBytes, availableBytes } },
  );
}

function inMiB(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MiB`;
}
