/**
 * Which bytes of which external files an ONNX graph refers to, read from the graph file alone before the runtime sees it. The walk
 * itself is the exporter's (`native-models/onnx/external-tensors.ts`): every tensor that the format allows anywhere.
 */
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import { externalTensorsOf, fileBytes, type GraphBytes } from '../../native-models/formats.ts';

/** Location, relative to the folder of the graph, to the bytes that the file there must have. Throws `ExportError`. */
export function externalDataOf(graph: GraphBytes): Map<string, number> {
  const required = new Map<string, number>();
  for (const { location, offset, byteLength } of externalTensorsOf(graph)) {
    const file = posix.normalize(location);
    required.set(file, Math.max(required.get(file) ?? 0, offset + byteLength));
  }
  return required;
}

/** Throws `ExportError` too, and `RangeError` where the file shrinks meanwhile. */
export async function externalDataOfFile(path: string, byteLength: number): Promise<Map<string, number>> {
  const file = await open(path, 'r');
  try {
    return externalDataOf(fileBytes(file.fd, byteLength));
  } finally {
    await file.close();
  }
}
