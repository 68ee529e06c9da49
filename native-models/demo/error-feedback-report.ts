/**
 * `node native-models/demo/error-feedback-report.ts`: what error feedback along the row gains on the demo model, weights alone in the
 * float32 graph, calibrated on every other conversation or on the exporter's text, judged on the other conversations and on prose; and how fast its steps run.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { architectureOf } from '../architectures/registry.ts';
import { defaultTextPath, readTexts, textSequences } from '../calibrate/text-sequences.ts';
import { PendingFiles } from '../model-folder/pending-files.ts';
import { parseJsonObject, readSourceFile, weightsFileName } from '../model-folder/source-folder.ts';
import { elementTypes } from '../onnx/element-type.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema, ValueInfoProtoSchema } from '../onnx/schema/onnx_pb.ts';
import { quantizeMatrix } from '../quantize/quantize-matrix.ts';
import { FileByteSource } from '../safetensors/file-byte-source.ts';
import { planVariant } from '../plan-variant.ts';
import { SafetensorsReader } from '../safetensors/reader.ts';
import type { WeightSource } from '../source-tensor.ts';
import { variants } from '../variants.ts';
import { writePlans } from '../write-plans.ts';
import { divergence, meanDivergence } from './divergence.ts';
import { feedbackFactor, roundWithFeedback, type RowMajor, type SecondMoments } from './error-feedback.ts';
import { emptyPast, sequenceLogits } from './logits.ts';
import { conversationSequences, demoModelFolder, proseSequences } from './sequences.ts';

const architecture = architectureOf(
  parseJsonObject('config.json', await readSourceFile(demoModelFolder, 'config.json')),
);
const weights = await SafetensorsReader.open(await FileByteSource.open(join(demoModelFolder, weightsFileName)));
const folder = await mkdtemp(join(tmpdir(), 'lucie-error-feedback-'));
const graphPath = join(folder, 'onnx', variants.fp32.fileName);

/** The float32 graph, with some matrices replaced. */
async function exportWith(replaced: ReadonlyMap<string, Float32Array<ArrayBuffer>>): Promise<InferenceSession> {
  const source: WeightSource = {
    tensor(name, shape) {
      const tensor = weights.tensor(name, shape);
      const values = replaced.get(name);
      if (values === undefined) return tensor;
      const width = values.length / (shape[0] ?? 1);
      return {
        ...tensor,
        type: 'F32',
        byteLength: values.byteLength,
        read: () => Promise.resolve(values),
        readRows: (begin, end) => Promise.resolve(values.slice(begin * width, end * width)),
        readStoredRows: (begin, end) =>
          Promise.resolve(new Uint8Array(values.slice(begin * width, end * width).buffer)),
      };
    },
  };
  const files = await PendingFiles.begin(folder);
  await writePlans([planVariant({ architecture, weights: source, variant: variants.fp32 })], { files });
  await files.commit();
  return InferenceSession.create(graphPath);
}

/** Σ x xᵀ of the inputs of every stored matrix, by the matrix's name; matrices with the same input share one. */
async function secondMoments(sequences: readonly number[][]): Promise<ReadonlyMap<string, SecondMoments>> {
  const { model, graph } = await readGraph(graphPath);
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const inputs = new Map<string, string>();
  for (const { opType, input } of graph.node) {
    const [value, matrix] = input;
    if (opType === 'MatMul' && value !== undefined && matrix !== undefined && stored.has(matrix))
      inputs.set(matrix, value);
  }
  for (const name of new Set(inputs.values())) {
    const type = { value: { case: 'tensorType', value: { elemType: elementTypes.float32.code } } } as const;
    graph.output.push(create(ValueInfoProtoSchema, { name, type }));
  }
  await writeFile(`${graphPath}.inputs`, toBinary(ModelProtoSchema, model));
  const session = await InferenceSession.create(`${graphPath}.inputs`);
  const sums = new Map<string, SecondMoments>();
  for (const ids of sequences) {
    const outputs = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
      num_logits_to_keep: new Tensor('int64', BigInt64Array.of(0n), []),
      ...emptyPast(session),
    });
    for (const name of new Set(inputs.values())) {
      const values = outputs[name]?.data as Float32Array;
      const size = values.length / ids.length;
      const sum = sums.get(name) ?? new Float64Array(size * size);
      for (let position = 0; position < ids.length; position++) {
        const row = values.subarray(position * size, (position + 1) * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            sum[i * size + j] = (sum[i * size + j] as number) + (row[i] as number) * (row[j] as number);
          }
        }
      }
      sums.set(name, sum);
    }
  }
  await session.release();
  return new Map([...inputs].map(([matrix, value]) => [matrix, sums.get(value) ?? new Float64Array()]));
}

function roundAlone({ values, rows, columns }: RowMajor, blockSize: number): Float32Array<ArrayBuffer> {
  const { codes, scales } = quantizeMatrix(values, rows, columns, { bits: 4, blockSize, symmetric: true });
  return Float32Array.from(values, (_, i) => {
    const code = ((codes[i >> 1] as number) >> (4 * (i & 1))) & 15;
    return (scales[Math.floor(i / blockSize)] as number) * (code - 8);
  });
}

const factoring = { ms: 0, products: 0 };
const feedback = { ms: 0, products: 0 };
const matrices = new Map<string, RowMajor>();

function matrixOf(name: string): RowMajor {
  const matrix = matrices.get(name);
  if (matrix === undefined) throw new Error(`There is no matrix ${name}.`);
  return matrix;
}

/** By the matrix; matrices with the same input share one. */
function factorsOf(moments: ReadonlyMap<string, SecondMoments>): ReadonlyMap<string, Float64Array> {
  const factors = new Map<SecondMoments, Float64Array>();
  const made = new Map<string, Float64Array>();
  for (const [name, sum] of moments) {
    const { columns } = matrixOf(name);
    const begun = performance.now();
    const factor = factors.get(sum) ?? feedbackFactor(sum, columns);
    factoring.ms += performance.now() - begun;
    // A triangular factor and its inverse take a sixth of the cube each.
    if (!factors.has(sum)) factoring.products += columns ** 3 / 3;
    factors.set(sum, factor);
    made.set(name, factor);
  }
  return made;
}

const print = (line: string) => process.stdout.write(`${line}\n`);
try {
  const conversations = await conversationSequences();
  const general = await textSequences(demoModelFolder, await readTexts([defaultTextPath]));
  const seen = conversations.filter((_, index) => index % 2 === 0);
  const texts = {
    'other conversations': conversations.filter((_, index) => index % 2 === 1),
    prose: await proseSequences(),
  };
  const reference = await exportWith(new Map());
  const expected = new Map<number[], Float32Array>();
  for (const ids of Object.values(texts).flat()) expected.set(ids, await sequenceLogits(reference, ids));
  await reference.release();
  for (const [name, { shape }] of weights.header.tensors) {
    const [rows = 0, columns] = shape;
    if (columns !== undefined) matrices.set(name, { values: await weights.tensor(name, shape).read(), rows, columns });
  }
  const calibrations = {
    [`${seen.flat().length} tokens of conversations`]: factorsOf(await secondMoments(seen)),
    [`${general.flat().length} tokens of the default text`]: factorsOf(await secondMoments(general)),
  };
  print('| int4, weights alone | KL other conversations | KL prose |\n|---|---|---|');
  for (const blockSize of [32, 128]) {
    const alone = new Map([...matrices].map(([name, matrix]) => [name, roundAlone(matrix, blockSize)]));
    const settings = new Map([['as the exporter does it', alone]]);
    for (const [label, factors] of Object.entries(calibrations)) {
      const fed = new Map(alone);
      for (const [name, factor] of factors) {
        const matrix = matrixOf(name);
        const begun = performance.now();
        fed.set(name, roundWithFeedback(matrix, blockSize, factor));
        feedback.ms += performance.now() - begun;
        feedback.products += (matrix.rows * matrix.columns ** 2) / 2;
      }
      settings.set(`error feedback, calibrated on ${label}`, fed);
    }
    for (const [label, replaced] of settings) {
      const session = await exportWith(replaced);
      const cells: string[] = [];
      for (const sequences of Object.values(texts)) {
        const parts = [];
        for (const ids of sequences) {
          const logits = await sequenceLogits(session, ids);
          parts.push(divergence(expected.get(ids) ?? new Float32Array(), logits, architecture.shape.vocabularySize));
        }
        cells.push(meanDivergence(parts).meanKullbackLeibler.toFixed(5));
      }
      await session.release();
      print(`| block ${blockSize}, ${[label, ...cells].join(' | ')} |`);
    }
  }
  const rate = ({ ms, products }: typeof factoring) => `${(products / ms / 1e6).toFixed(2)} · 10⁹`;
  print(`\nMultiply-adds a second, one thread: factors ${rate(factoring)}, feedback ${rate(feedback)}.`);
} finally {
  await weights.close();
  await rm(folder, { recursive: true, force: true });
}
