import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { sequenceLengths } from '../../../../native-models/operators/sequence-lengths.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { openGraph } from '../tiny-graph.ts';

describe('sequenceLengths', () => {
  it('gives the last real position of every row and the padded total, as int32', async () => {
    const names = { last: '', total: '' };
    const session = await openGraph(temporaryFolder(), ({ graph }) => {
      const { lastPosition, total } = sequenceLengths(graph, graph.input('mask', 'int64', ['batch', 'total']));
      graph.output(lastPosition, 'int32', ['batch']);
      graph.output(total, 'int32', []);
      Object.assign(names, { last: lastPosition, total });
    });
    const mask = new Tensor('int64', BigInt64Array.of(1n, 1n, 1n, 1n, 1n, 0n, 1n, 1n, 1n, 0n, 0n, 0n), [3, 4]);
    const outputs = await session.run({ mask });
    await session.release();
    expect(outputs[names.last]).toMatchObject({ type: 'int32', dims: [3] });
    expect([...(outputs[names.last]?.data as Int32Array)]).toEqual([3, 2, 0]);
    expect(outputs[names.total]).toMatchObject({ type: 'int32', dims: [] });
    expect([...(outputs[names.total]?.data as Int32Array)]).toEqual([4]);
  });
});
