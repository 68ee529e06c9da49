/**
 * `node native-models/demo/report.ts`: the table of docs/quantisation.md. Exports the demo model with several settings into a
 * temporary folder and measures each against the float32 export: size, error of the matrices, divergence of the predictions.
 */
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { InferenceSession } from 'onnxruntime-node';
import { architectureOf } from '../architectures/registry.ts';
import { calibrate, type Calibration } from '../calibrate/calibrate.ts';
import { cacheScales, useInt8Cache } from '../calibrate/int8-cache-graph.ts';
import { planVariant } from '../plan-variant.ts';
import { PendingFiles } from '../model-folder/pending-files.ts';
import { parseJsonObject, readSourceFile, weightsFileName } from '../model-folder/source-folder.ts';
import type { FloatType } from '../onnx/float-type.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema } from '../onnx/schema/onnx_pb.ts';
import type { Precision } from '../operators/model-build.ts';
import { bitsPerWeight } from '../quantize/block-format.ts';
import type { MatrixMeasurement } from '../quantize/quantized-group.ts';
import { FileByteSource } from '../safetensors/file-byte-source.ts';
import { SafetensorsReader } from '../safetensors/reader.ts';
import { blocks, targetVariants, variants, type Variant } from '../variants.ts';
import { writePlans } from '../write-plans.ts';
import { divergence, meanDivergence } from './divergence.ts';
import { sequenceLogits } from './logits.ts';
import { conversationSequences, demoModelFolder, proseSequences } from './sequences.ts';

interface Setting {
  readonly label: string;
  readonly variant: Variant;
  /** Scales fitted to the inputs that a calibration run over the conversations saw. */
  readonly calibrated?: boolean;
  /** The KV cache of the second graph, with scales from the same run. */
  readonly int8Cache?: boolean;
}

const asymmetric: Precision = {
  kind: 'blocks',
  format: { bits: 4, blockSize: 32, symmetric: false },
  accuracyLevel: 4,
};
const int4 = blocks(4, 32);
const int8 = blocks(8, 32);
const wide = blocks(4, 128);
const q4 = (embedding: Precision, linear: Precision, head: Precision): Variant => ({
  ...variants.q4,
  precisions: { embedding, linear, head },
});
const [cpu = variants.q4, gpu = variants.q4f16] = targetVariants('both');
const settings: readonly Setting[] = [
  { label: 'int4 symmetric, block 32 (shipped)', variant: variants.q4 },
  { label: 'the same, int8 KV cache', variant: variants.q4, int8Cache: true },
  { label: 'the same, scales weighted by the inputs', variant: variants.q4, calibrated: true },
  { label: 'int4 asymmetric, block 32', variant: q4(asymmetric, asymmetric, asymmetric) },
  { label: 'int4 symmetric, block 128', variant: q4(wide, wide, wide) },
  { label: 'the same, scales weighted by the inputs', variant: q4(wide, wide, wide), calibrated: true },
  { label: 'int4, embedding int8', variant: q4(int8, int4, int4) },
  { label: 'int4, lm_head int8', variant: q4(int4, int4, int8) },
  { label: 'int4, embedding and lm_head int8', variant: q4(int8, int4, int8) },
  { label: 'int8 symmetric, block 32', variant: q4(int8, int8, int8) },
  { label: '`cpu`: block 128, embedding and lm_head int8', variant: cpu },
  { label: 'the same, int8 KV cache', variant: cpu, int8Cache: true },
  { label: 'the same, scales weighted by the inputs', variant: cpu, int8Cache: true, calibrated: true },
  { label: '`gpu`: float16, block 32, embedding and lm_head int8', variant: gpu },
  { label: 'the same, scales weighted by the inputs', variant: gpu, calibrated: true },
];

const architecture = architectureOf(
  parseJsonObject('config.json', await readSourceFile(demoModelFolder, 'config.json')),
);
const weights = await SafetensorsReader.open(await FileByteSource.open(join(demoModelFolder, weightsFileName)));
const folder = await mkdtemp(join(tmpdir(), 'lucie-quantisation-'));

async function exportSetting({ variant, calibrated, int8Cache }: Omit<Setting, 'label'>): Promise<{
  session: InferenceSession;
  byteLength: number;
  measurements: readonly MatrixMeasurement[];
}> {
  const files = await PendingFiles.begin(folder);
  const inputMoments = calibrated === true ? (await calibrateFloat32()).inputMoments : undefined;
  const plan = planVariant({ architecture, weights, variant, inputMoments });
  const [measurements = []] = await writePlans([plan], { files });
  await files.commit();
  const path = join(folder, 'onnx', variant.fileName);
  const byteLength = (await stat(path)).size + (await stat(`${path}_data`)).size;
  if (int8Cache !== true) return { session: await InferenceSession.create(path), byteLength, measurements };
  const { model, graph } = await readGraph(path);
  useInt8Cache(graph, cacheScales(await calibrate({ modelPath: path, sequences: await conversationSequences() })));
  await writeFile(`${path}.kv8`, toBinary(ModelProtoSchema, model));
  return { session: await InferenceSession.create(`${path}.kv8`), byteLength, measurements };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
const meanBits = (measurements: readonly MatrixMeasurement[], scaleType: FloatType) => {
  const size = ({ rows, columns }: MatrixMeasurement) => rows * columns;
  const total = measurements.reduce((sum, matrix) => sum + size(matrix), 0);
  return measurements.reduce((sum, matrix) => sum + size(matrix) * bitsPerWeight(matrix.format, scaleType), 0) / total;
};

async function calibrateFloat32(): Promise<Calibration> {
  const modelPath = join(folder, 'onnx', variants.fp32.fileName);
  return calibrate({ modelPath, sequences: await conversationSequences() });
}
try {
  const texts = { conversations: await conversationSequences(), prose: await proseSequences() };
  const vocabulary = architecture.shape.vocabularySize;
  const reference = await exportSetting({ variant: variants.fp32 });
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
  for (const { label, ...setting } of settings) {
    const { session, byteLength, measurements } = await exportSetting(setting);
    const floatType = setting.variant.floatType;
    const errors = measurements.map(({ relativeError }) => relativeError);
    const conversations = await compare(session, texts.conversations);
    const prose = await compare(session, texts.prose);
    await session.release();
    const cells = [
      label,
      byteLength,
      meanBits(measurements, floatType).toFixed(2),
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
