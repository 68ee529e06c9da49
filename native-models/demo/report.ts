/**
 * `node native-models/demo/report.ts`: the table of docs/quantisation.md. Exports the demo model with several settings into a
 * temporary folder and measures each against the float32 export: size, error of the matrices, divergence of the predictions.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { architectureOf } from '../architectures/registry.ts';
import { PendingFiles } from '../model-folder/pending-files.ts';
import { parseJsonObject, readSourceFile, weightsFileName } from '../model-folder/source-folder.ts';
import type { Precision } from '../operators/model-build.ts';
import { bitsPerWeight, type BlockFormat } from '../quantize/block-format.ts';
import type { MatrixMeasurement } from '../quantize/quantized-group.ts';
import { FileByteSource } from '../safetensors/byte-source.ts';
import { SafetensorsReader } from '../safetensors/reader.ts';
import { variants, type Variant } from '../variants.ts';
import { writeVariant } from '../write-variant.ts';
import { divergence, meanDivergence } from './divergence.ts';
import { sequenceLogits } from './logits.ts';
import { conversationSequences, demoModelFolder, proseSequences } from './sequences.ts';

const blocks = (bits: BlockFormat['bits'], blockSize: number, symmetric: boolean): Precision => ({
  kind: 'blocks',
  format: { bits, blockSize, symmetric },
  accuracyLevel: 4,
});

const shipped = variants.q4;
const int4 = shipped.precisions.linear;
const int8 = blocks(8, 32, true);
const asymmetric = blocks(4, 32, false);
const wide = blocks(4, 128, true);
const settings: readonly { readonly label: string; readonly precisions: Variant['precisions'] }[] = [
  { label: 'int4 symmetric, block 32 (shipped)', precisions: shipped.precisions },
  { label: 'int4 asymmetric, block 32', precisions: { embedding: asymmetric, linear: asymmetric, head: asymmetric } },
  { label: 'int4 symmetric, block 128', precisions: { embedding: wide, linear: wide, head: wide } },
  { label: 'int4, embedding int8', precisions: { embedding: int8, linear: int4, head: int4 } },
  { label: 'int4, lm_head int8', precisions: { embedding: int4, linear: int4, head: int8 } },
  { label: 'int4, embedding and lm_head int8', precisions: { embedding: int8, linear: int4, head: int8 } },
  { label: 'int8 symmetric, block 32', precisions: { embedding: int8, linear: int8, head: int8 } },
];

const architecture = architectureOf(
  parseJsonObject('config.json', await readSourceFile(demoModelFolder, 'config.json')),
);
const weights = await SafetensorsReader.open(await FileByteSource.open(join(demoModelFolder, weightsFileName)));
const folder = await mkdtemp(join(tmpdir(), 'lucie-quantisation-'));

async function exportVariant(variant: Variant): Promise<{
  session: InferenceSession;
  byteLength: number;
  measurements: readonly MatrixMeasurement[];
}> {
  const files = await PendingFiles.begin(folder);
  const measurements = await writeVariant({ architecture, weights, variant, files });
  await files.commit();
  const path = join(folder, 'onnx', variant.fileName);
  const byteLength = (await stat(path)).size + (await stat(`${path}_data`)).size;
  return { session: await InferenceSession.create(path), byteLength, measurements };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
const meanBits = (measurements: readonly MatrixMeasurement[]) => {
  const size = ({ rows, columns }: MatrixMeasurement) => rows * columns;
  const total = measurements.reduce((sum, matrix) => sum + size(matrix), 0);
  return measurements.reduce((sum, matrix) => sum + size(matrix) * bitsPerWeight(matrix.format), 0) / total;
};

try {
  const texts = { conversations: await conversationSequences(), prose: await proseSequences() };
  const vocabulary = architecture.shape.vocabularySize;
  const reference = await exportVariant(variants.fp32);
  const compare = async (session: InferenceSession, sequences: readonly number[][]) => {
    const parts = [];
    for (const ids of sequences) {
      parts.push(
        divergence(await sequenceLogits(reference.session, ids), await sequenceLogits(session, ids), vocabulary),
      );
    }
    return meanDivergence(parts);
  };
  const count = (sequences: readonly number[][]) => sequences.reduce((sum, ids) => sum + ids.length, 0);
  process.stdout.write(
    `Float32: ${reference.byteLength} bytes. Positions: ${count(texts.conversations)} of conversations, ${count(texts.prose)} of prose.\n\n` +
      '| Setting | Bytes | Bits per weight | Relative error, mean (largest) | KL conversations | Same choice | KL prose | Same choice |\n' +
      '|---|---|---|---|---|---|---|---|\n',
  );
  for (const { label, precisions } of settings) {
    const { session, byteLength, measurements } = await exportVariant({ ...shipped, precisions });
    const errors = measurements.map(({ relativeError }) => relativeError);
    const conversations = await compare(session, texts.conversations);
    const prose = await compare(session, texts.prose);
    await session.release();
    const cells = [
      label,
      byteLength,
      meanBits(measurements).toFixed(2),
      `${mean(errors).toFixed(4)} (${largest(errors).toFixed(4)})`,
      conversations.meanKullbackLeibler.toFixed(5),
      `${(100 * conversations.sameChoice).toFixed(1)} %`,
      prose.meanKullbackLeibler.toFixed(5),
      `${(100 * prose.sameChoice).toFixed(1)} %`,
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
  await reference.session.release();
} finally {
  await weights.close();
  await rm(folder, { recursive: true, force: true });
}
