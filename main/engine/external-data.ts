/**
 * Which bytes of which external files an ONNX graph refers to, read from the graph file alone: a walk over the protobuf wire
 * format that looks at initializers only. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto;
 * the wire format is https://protobuf.dev/programming-guides/encoding/.
 */
const field = {
  model: { graph: 7 },
  graph: { initializer: 5 },
  tensor: { externalData: 13 },
  entry: { key: 1, value: 2 },
} as const;

interface Field {
  number: number;
  /** Where a length-delimited field's content lies; empty for the other wire types. */
  start: number;
  end: number;
}

/** Location, relative to the graph file, to the bytes that it must hold. @throws RangeError where the file is cut off or no protobuf. */
export function externalDataOf(graph: Uint8Array): Map<string, number> {
  const required = new Map<string, number>();
  const all = { start: 0, end: graph.length };
  for (const initializer of inside(graph, inside(graph, [all], field.model.graph), field.graph.initializer)) {
    const entries = new Map<string, string>();
    for (const entry of inside(graph, [initializer], field.tensor.externalData)) {
      entries.set(textOf(graph, entry, field.entry.key), textOf(graph, entry, field.entry.value));
    }
    const location = entries.get('location');
    if (location === undefined) continue;
    const end = Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0);
    required.set(location, Math.max(required.get(location) ?? 0, end));
  }
  return required;
}

function* inside(
  bytes: Uint8Array,
  messages: Iterable<{ start: number; end: number }>,
  number: number,
): Generator<Field> {
  for (const message of messages) {
    for (const found of fieldsOf(bytes, message.start, message.end)) if (found.number === number) yield found;
  }
}

function textOf(bytes: Uint8Array, message: Field, number: number): string {
  for (const { start, end } of inside(bytes, [message], number))
    return Buffer.from(bytes.subarray(start, end)).toString('utf8');
  return '';
}

function* fieldsOf(bytes: Uint8Array, from: number, to: number): Generator<Field> {
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined || at > to) throw new RangeError(`The protobuf message ends in mid-number at byte ${at}.`);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < to) {
    const tag = varint();
    const wireType = tag % 8;
    let start = at;
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType === 2) {
      const length = varint();
      start = at;
      at += length;
    } else throw new RangeError(`Unknown protobuf wire type ${wireType} at byte ${at}.`);
    if (at > to) throw new RangeError(`A field needs bytes up to ${at}, the message ends at ${to}.`);
    yield { number: Math.floor(tag / 8), start, end: at };
  }
}
