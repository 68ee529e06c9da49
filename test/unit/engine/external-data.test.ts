import { describe, expect, it } from 'vitest';
import { externalDataOf as requiredBy } from '../../../main/engine/external-data.ts';
import { ExportError } from '../../../native-models/export-error.ts';
import { memoryBytes } from '../../../native-models/onnx/graph-bytes.ts';
import { externalTensor, graphWith, message } from './onnx-bytes.ts';

const externalDataOf = (graph: Uint8Array) => requiredBy(memoryBytes(graph));

describe('externalDataOf', () => {
  it('finds how far each external file must reach', () => {
    const graph = graphWith([
      externalTensor('model.onnx_data', 4096, 1000),
      message(9, 'weights inside the graph'),
      externalTensor('model.onnx_data', 0, 4096),
      externalTensor('other.bin', 5_000_000_000, 7),
      externalTensor('./other.bin', 0, 7),
    ]);
    expect([...externalDataOf(graph)]).toEqual([
      ['model.onnx_data', 5096],
      ['other.bin', 5_000_000_007],
    ]);
  });

  it('finds nothing in a graph with its weights inside', () => {
    expect(externalDataOf(graphWith([message(9, 'weights')])).size).toBe(0);
  });

  it('notices a file that is cut off anywhere, and one that is no protobuf', () => {
    const graph = graphWith([externalTensor('model.onnx_data', 0, 4096)]);
    const whole = [...externalDataOf(graph)];
    const borders = [0, 2, graph.length - message(2, 'exporter').length];
    for (let length = 0; length < graph.length; length++) {
      if (borders.includes(length)) continue;
      expect(() => externalDataOf(graph.subarray(0, length)), `cut at ${length}`).toThrow(ExportError);
    }
    expect(whole).toHaveLength(1);
    expect(() => externalDataOf(Buffer.from('<html>not found</html>'))).toThrow(ExportError);
  });
});
