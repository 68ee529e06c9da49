import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { encodeModel, GraphBuilder, ProbeGraph } from '../../../../native-models/graphs.ts';
import { ModelProtoSchema } from '../../../../native-models/onnx/schema/onnx_pb.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const path = resolve(import.meta.dirname, '../../../../native-models/demo/lucie-demo/onnx/model_q4.onnx');

function weightsOf(bytes: Uint8Array): string[] {
  return fromBinary(ModelProtoSchema, bytes).graph?.initializer.map(({ name }) => name) ?? [];
}

test('a part holds the weights of its layer and no others', async () => {
  const graph = await ProbeGraph.read(path);
  expect(graph.layers).toBe(4);
  const layer = weightsOf(graph.layer(2).bytes).filter((name) => name.startsWith('model.'));
  expect(layer.some((name) => name.startsWith('model.layers.2.mlp'))).toBe(true);
  // The norm before the next layer is the operator that adds what this one gives.
  expect(layer.filter((name) => !name.startsWith('model.layers.2.'))).toEqual([
    'model.layers.3.input_layernorm.weight',
  ]);
  const attention = weightsOf(graph.attention(2).bytes);
  expect(attention.some((name) => name.includes('.mlp.') || name.includes('o_proj'))).toBe(false);
  expect(attention.some((name) => name.includes('model.layers.2.self_attn.q_proj'))).toBe(true);
  expect(weightsOf(graph.embedding().bytes).every((name) => name.startsWith('model.embed_tokens'))).toBe(true);
});

test('asking for attention leaves the graph as it was', async () => {
  const graph = await ProbeGraph.read(path);
  const before = graph.layer(1).bytes;
  graph.attention(1);
  expect(graph.layer(1).bytes).toEqual(before);
});

test('a graph of another form is refused before anything of it runs', async () => {
  const other = new GraphBuilder();
  other.input('value', 'float32', [1]);
  other.node('Add', { name: 'sum', inputs: ['value', 'value'], outputs: ['sum'] });
  other.output('sum', 'float32', [1]);
  const file = join(temporaryFolder(), 'model.onnx');
  writeFileSync(file, encodeModel(other.build('other', '', new Map())));
  await expect(ProbeGraph.read(file)).rejects.toMatchObject({ code: 'graph.invalid' });
});
