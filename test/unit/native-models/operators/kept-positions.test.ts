import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptPositions } from '../../../../native-models/operators/kept-positions.ts';
import { openGraph } from '../tiny-graph.ts';

describe('keptPositions', () => {
  let folder: string;
  let session: InferenceSession;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lucie-kept-'));
    session = await openGraph(folder, ({ graph }) => {
      const hidden = graph.input('hidden', 'float32', ['batch', 'sequence', 2]);
      const count = graph.input('count', 'int64', []);
      graph.output(keptPositions(graph, { hidden, count }), 'float32', ['batch', 'kept', 2]);
    });
  });

  afterAll(async () => {
    await session.release();
    await rm(folder, { recursive: true });
  });

  it.each([
    { count: 0, kept: [0, 1, 2, 3] },
    { count: 1, kept: [3] },
    { count: 3, kept: [1, 2, 3] },
    { count: 4, kept: [0, 1, 2, 3] },
    { count: 9, kept: [0, 1, 2, 3] },
  ])('keeps positions $kept of 4 for a count of $count, in every row', async ({ count, kept }) => {
    const hidden = new Tensor(
      'float32',
      Float32Array.from({ length: 16 }, (_, i) => i),
      [2, 4, 2],
    );
    const [output] = Object.values(
      await session.run({ hidden, count: new Tensor('int64', BigInt64Array.of(BigInt(count)), []) }),
    );
    expect(output?.dims).toEqual([2, kept.length, 2]);
    const expected = [0, 1].flatMap((row) =>
      kept.flatMap((position) => [row * 8 + position * 2, row * 8 + position * 2 + 1]),
    );
    expect([...(output?.data as Float32Array)]).toEqual(expected);
  });
});
