import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { float, int } from '../../../../native-models/onnx/attributes.ts';
import { GraphBuilder } from '../../../../native-models/onnx/graph-builder.ts';
import { encodeModel } from '../../../../native-models/onnx/model-file.ts';
import { ModelProtoSchema } from '../../../../native-models/onnx/schema/onnx_pb.ts';
import { placeTensors, type StoredGroup } from '../../../../native-models/onnx/stored-tensors.ts';

const group = (name: string, size: number): StoredGroup => ({
  tensors: [{ name, type: 'float32', shape: [size] }],
  source: null,
  async *produce() {
    yield { tensor: 0, bytes: new Uint8Array(4 * size) };
  },
});

describe('GraphBuilder', () => {
  it('writes what it was told, with the opsets that the operators need', () => {
    const graph = new GraphBuilder();
    const x = graph.input('x', 'float32', ['batch', 4]);
    graph.weights(group('w', 4));
    const sum = graph.node('Add', { name: '/add', inputs: [x, 'w'], attributes: { axis: int(-1), epsilon: float(0) } });
    graph.output(sum, 'float32', ['batch', 4]);
    const bytes = encodeModel(graph.build('test', 'weights', placeTensors(graph.groups)));
    const model = fromBinary(ModelProtoSchema, bytes);
    expect(model.opsetImport.map(({ domain, version }) => [domain, version])).toEqual([
      ['', 21n],
      ['com.microsoft', 1n],
    ]);
    expect(model.graph?.node).toMatchObject([{ opType: 'Add', input: ['x', 'w'], output: ['/add/output'] }]);
    expect(model.graph?.node[0]?.attribute).toMatchObject([
      { name: 'axis', type: 2, i: -1n },
      { name: 'epsilon', type: 1, f: 0 },
    ]);
    expect(model.graph?.initializer[0]?.externalData).toMatchObject([
      { key: 'location', value: 'weights' },
      { key: 'offset', value: '0' },
      { key: 'length', value: '16' },
    ]);
    expect(model.graph?.input[0]?.type?.value.value?.shape?.dim).toMatchObject([
      { value: { case: 'dimParam', value: 'batch' } },
      { value: { case: 'dimValue', value: 4n } },
    ]);
  });

  it('refuses a value that is read before anything makes it', () => {
    const graph = new GraphBuilder();
    expect(() => graph.node('Neg', { name: '/n', inputs: ['later'] })).toThrow(/"later" is read by node \/n before/);
    expect(() => graph.output('never', 'float32', [])).toThrow(/"never" is read by a graph output/);
  });

  it('refuses a value that is made twice', () => {
    const graph = new GraphBuilder();
    graph.input('x', 'float32', []);
    expect(() => graph.input('x', 'float32', [])).toThrow(/"x" is made twice/);
    expect(() => graph.node('Neg', { name: '/n', inputs: ['x'], outputs: ['x'] })).toThrow(/"x" is made twice/);
    expect(() => graph.weights(group('x', 1))).toThrow(/"x" is made twice/);
  });
});

describe('placeTensors', () => {
  it('puts small tensors on cache lines and large ones on pages, in order and without overlap', () => {
    const placements = [...placeTensors([group('a', 3), group('b', 5), group('c', 20_000), group('d', 1)]).values()];
    expect(placements).toEqual([
      { offset: 0, byteLength: 12 },
      { offset: 64, byteLength: 20 },
      { offset: 4096, byteLength: 80_000 },
      { offset: 84_096, byteLength: 4 },
    ]);
  });
});
