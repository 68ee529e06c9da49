/**
 * Our int4 is no worse than llama.cpp's Q4_0 at the same block of 32: in the weights, in the predictions that the rounded weights
 * alone give, and in those of each file as its own runtime computes it. Prints the table of docs/quantisation.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { divergence, meanDivergence, type Divergence } from '../../native-models/demo/divergence.ts';
import { sequenceLogits } from '../../native-models/demo/logits.ts';
import { conversationSequences, demoModelFolder, proseSequences } from '../../native-models/demo/sequences.ts';
import { exportForTarget } from '../../native-models/export-target.ts';
import { exportModel } from '../../native-models/export.ts';
import { quantizeMatrix } from '../../native-models/quantize/quantize-matrix.ts';
import { writeLlamaGguf } from '../fixtures/gguf/llama-gguf.ts';
import { dequantizeQ4, quantizeQ4 } from '../fixtures/gguf/q4-0.ts';
import { studentWeights } from '../fixtures/heavy-tails.ts';
import { demoWeights, exportRounded, matricesOf, type Weight } from './demo-weights.ts';
import { LlamaCpp } from './llama-cpp.ts';
import { loadQuantize } from './peer-packages.ts';

const vocabulary = 6144;
const kinds = ['conversations', 'prose'] as const;

type Texts<Of> = Readonly<Record<(typeof kinds)[number], Of>>;

let folder: string;
let weights: readonly Weight[];
let sequences: Texts<number[][]>;
let expected: Texts<Float32Array[]>;
const table: string[] = [];

const at = (...path: string[]) => join(folder, ...path);
const rounded = (values: Float32Array) => dequantizeQ4(quantizeQ4(values));

/** Symmetric int4 by the exporter, and back by the definition: scale · (code - 8), the first of two codes low. */
function ours(values: Float32Array, columns: number, blockSize = 32): Float32Array<ArrayBuffer> {
  const format = { bits: 4, blockSize, symmetric: true } as const;
  const { codes, scales } = quantizeMatrix(values, values.length / columns, columns, format);
  return Float32Array.from(values, (_, i) => {
    const code = ((codes[i >> 1] as number) >> (4 * (i & 1))) & 15;
    return (scales[Math.floor(i / blockSize)] as number) * (code - 8);
  });
}

function relativeError(values: Float32Array, others: Float32Array): number {
  let error = 0;
  let norm = 0;
  for (const [i, value] of values.entries()) {
    error += (value - (others[i] as number)) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(error / norm);
}

async function over<Of>(make: (ids: readonly number[]) => Promise<Of>): Promise<Texts<Of[]>> {
  const made: Record<(typeof kinds)[number], Of[]> = { conversations: [], prose: [] };
  for (const kind of kinds) for (const ids of sequences[kind]) made[kind].push(await make(ids));
  return made;
}

async function logitsOf(path: string): Promise<Texts<Float32Array[]>> {
  const session = await InferenceSession.create(path);
  try {
    return await over((ids) => sequenceLogits(session, ids));
  } finally {
    await session.release();
  }
}

function measure(label: string, found: Texts<Float32Array[]>): Texts<Divergence> {
  const of = (kind: (typeof kinds)[number]) =>
    meanDivergence(
      expected[kind].map((logits, i) => divergence(logits, found[kind][i] ?? new Float32Array(), vocabulary)),
    );
  const measured = { conversations: of('conversations'), prose: of('prose') };
  const cells = kinds.flatMap((kind) => [
    measured[kind].meanKullbackLeibler.toFixed(5),
    `${(100 * measured[kind].sameChoice).toFixed(1)} %`,
  ]);
  table.push(`| ${[label, ...cells].join(' | ')} |`);
  return measured;
}

function expectNoWorse(mine: Texts<Divergence>, theirs: Texts<Divergence>): void {
  for (const kind of kinds) {
    expect(mine[kind].meanKullbackLeibler, kind).toBeGreaterThan(0);
    expect(mine[kind].meanKullbackLeibler, kind).toBeLessThanOrEqual(theirs[kind].meanKullbackLeibler);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-q4-0-'));
  weights = await demoWeights();
  sequences = { conversations: await conversationSequences(), prose: await proseSequences() };
  await exportModel({ sourceFolder: demoModelFolder, outputFolder: at('fp32'), variants: ['fp32'] });
  expected = await logitsOf(at('fp32', 'onnx', 'model.onnx'));
}, 120_000);

afterAll(async () => {
  console.log(`${table.join('\n')}\n`);
  await rm(folder, { recursive: true });
});

describe('the Q4_0 that ours is compared with', () => {
  it('is byte for byte what the library of llama.cpp makes', () => {
    const quantize = loadQuantize();
    for (const { values, columns } of matricesOf(weights)) {
      expect(Buffer.compare(quantizeQ4(values), quantize('Q4_0', values, columns))).toBe(0);
    }
    const heavy = studentWeights(64 * 4096, 3, 5);
    expect(Buffer.compare(quantizeQ4(heavy), quantize('Q4_0', heavy, 4096))).toBe(0);
  });
});

describe('the error of the weights', () => {
  it('of every matrix of the demo model is below that of Q4_0', () => {
    const errors = matricesOf(weights).map(({ values, columns }) => ({
      mine: relativeError(values, ours(values, columns)),
      theirs: relativeError(values, rounded(values)),
      wide: relativeError(values, ours(values, columns, 128)),
    }));
    const mean = (of: (error: (typeof errors)[number]) => number) =>
      errors.reduce((sum, error) => sum + of(error), 0) / errors.length;
    console.log(
      `demo model, mean over ${errors.length} matrices: Q4_0 ${mean((error) => error.theirs).toFixed(4)}, ours ${mean((error) => error.mine).toFixed(4)}, ours in blocks of 128 ${mean((error) => error.wide).toFixed(4)}`,
    );
    expect(errors.length).toBe(30);
    for (const { mine, theirs } of errors) expect(mine).toBeLessThan(theirs);
  });

  it.each([3, 5, 10])('of heavy-tailed weights (t with %i degrees of freedom) is below that of Q4_0', (degrees) => {
    const columns = 4096;
    const values = studentWeights(256 * columns, degrees, degrees);
    const theirs = relativeError(values, rounded(values));
    const mine = relativeError(values, ours(values, columns));
    const wide = relativeError(values, ours(values, columns, 128));
    console.log(
      `t(${degrees}): Q4_0 ${theirs.toFixed(4)}, ours ${mine.toFixed(4)}, ours in blocks of 128 ${wide.toFixed(4)}`,
    );
    expect(mine).toBeGreaterThan(0);
    expect(mine).toBeLessThan(theirs);
  });
});

describe('the divergence from float32', () => {
  it('of the rounded weights alone is no larger than with Q4_0', async () => {
    const q4 = await exportRounded(weights, at('q4-0'), ({ values }) => rounded(values));
    const own = await exportRounded(weights, at('own'), ({ values, columns }) => ours(values, columns));
    const theirs = measure('Q4_0, weights alone in our float32 graph', await logitsOf(q4));
    const mine = measure('our int4, block 32, weights alone in the same', await logitsOf(own));
    expectNoWorse(mine, theirs);
  });

  it('of the shipped file and of the CPU target is no larger than that of llama.cpp running Q4_0', async () => {
    await writeLlamaGguf(demoModelFolder, at('q4-0.gguf'), 'Q4_0');
    const peer = await LlamaCpp.open(at('q4-0.gguf'), vocabulary);
    const theirs = measure('Q4_0 in llama.cpp', await over((ids) => peer.logits(ids)));
    await peer.close();
    const shipped = await logitsOf(join(demoModelFolder, 'onnx', 'model_q4.onnx'));
    expectNoWorse(measure('our int4, block 32, as shipped, in ONNX Runtime', shipped), theirs);
    await exportForTarget({
      sourceFolder: demoModelFolder,
      outputFolder: at('cpu'),
      target: 'cpu',
      calibrationSequences: conversationSequences,
    });
    const cpu = await logitsOf(at('cpu', 'onnx', 'model_q4.onnx'));
    expectNoWorse(measure('the CPU target: block 128, embedding and output matrix int8', cpu), theirs);
    const int8Cache = await logitsOf(at('cpu', 'onnx', 'model_q4_kv8.onnx'));
    expectNoWorse(measure('the same, int8 KV cache', int8Cache), theirs);
  });
});
