/** Writes the few ONNX fields that the external-data check reads, by the protobuf wire format. */
export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

export function message(field: number, content: number[] | string): number[] {
  const bytes = typeof content === 'string' ? [...Buffer.from(content)] : content;
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
}

export function externalTensor(location: string, offset: number, length: number): number[] {
  const entry = (key: string, value: string): number[] => message(13, [...message(1, key), ...message(2, value)]);
  const dimension = [...varint(1 * 8), ...varint(300)];
  const external = [...varint(14 * 8), 1];
  return [
    ...dimension,
    ...entry('location', location),
    ...entry('offset', `${offset}`),
    ...entry('length', `${length}`),
    ...external,
  ];
}

/** ir_version, a node, the tensors as initializers, and after the graph another field. */
export function graphWith(tensors: number[][]): Uint8Array {
  const graph = [...message(1, message(4, 'MatMul')), ...tensors.flatMap((tensor) => message(5, tensor))];
  return Uint8Array.from([...varint(1 * 8), 10, ...message(7, graph), ...message(2, 'exporter')]);
}
