/**
 * Every tensor of an ONNX file that keeps its bytes in another one, wherever the format allows a tensor: initializers, sparse ones,
 * attributes of nodes, subgraphs, functions, training graphs. It is read before ONNX Runtime sees the file, and refuses what could
 * lead the runtime anywhere but to plain files beside the graph.
 */
import { ExportError, type ExportErrorDetails } from '../export-error.ts';
import { locationFault } from './external-location.ts';
import type { GraphBytes } from './graph-bytes.ts';
import { children, requireWireType, type Message } from './onnx-fields.ts';
import { malformed, wireFields, type WireField } from './wire-format.ts';

export interface ExternalTensor {
  readonly name: string;
  /** Relative to the folder of the graph, with forward slashes. */
  readonly location: string;
  readonly offset: number;
  readonly byteLength: number;
}

const tensorField = { dims: 1, dataType: 2, name: 8, externalData: 13, dataLocation: 14 } as const;
const entryField = { key: 1, value: 2 } as const;

/** Bits of one element, by `TensorProto.DataType`; text (8) has no fixed size. */
const elementBits: Readonly<Record<number, number>> = {
  ...{ 1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128, 16: 16 },
  ...{ 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4 },
};

/** Messages inside messages: protobuf itself stops at 100. */
const deepest = 64;
/** A 7B model has about 20,000. */
const mostFields = 10_000_000;
const longestText = 4096;

interface Pending {
  readonly message: Message;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** In the order of the file. Throws `graph.invalid` for a file that is no ONNX model, `graph.unsafe` for one that no exporter writes. */
export function externalTensorsOf(bytes: GraphBytes): ExternalTensor[] {
  const found: ExternalTensor[] = [];
  const pending: Pending[] = [{ message: 'model', start: 0, end: bytes.length, depth: 0 }];
  let fields = 0;
  const count = (): void => {
    if (++fields > mostFields) throw unsafe(`The graph has more than ${mostFields} fields.`);
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { message, start, end, depth } = next;
    if (message === 'tensor') {
      const tensor = externalTensor(bytes, next, count);
      if (tensor !== null) found.push(tensor);
      continue;
    }
    if (depth > deepest) throw unsafe(`The graph is nested more than ${deepest} messages deep.`);
    const inside: Pending[] = [];
    for (const field of wireFields(bytes, start, end)) {
      count();
      requireWireType(message, field);
      const child = field.wireType === 'bytes' ? children[message][field.number] : undefined;
      if (child !== undefined) inside.push({ message: child, start: field.start, end: field.end, depth: depth + 1 });
    }
    for (const field of inside.reverse()) pending.push(field);
  }
  return found;
}

function externalTensor(bytes: GraphBytes, { start, end }: Pending, count: () => void): ExternalTensor | null {
  const entries = new Map<string, string>();
  let elements = 1;
  let name = '';
  let dataType = 0;
  let isExternal = false;
  for (const field of wireFields(bytes, start, end)) {
    count();
    requireWireType('tensor', field);
    if (field.number === tensorField.dims) {
      for (const size of sizes(bytes, field, count)) elements *= size;
    }
    if (field.number === tensorField.dataType) dataType = field.value;
    else if (field.number === tensorField.name) name = label(bytes, field);
    // Parsers keep 32 of its bits; only a plain 0 surely means "inside".
    else if (field.number === tensorField.dataLocation) isExternal ||= field.value !== 0;
    else if (field.number === tensorField.externalData) {
      isExternal = true;
      const [key, value] = entryOf(bytes, field);
      if (entries.has(key)) throw unsafe(`Tensor "${name}" names its "${key}" twice.`, { tensor: name });
      entries.set(key, value);
    }
  }
  if (!isExternal) return null;
  const location = entries.get('location');
  if (location === undefined) {
    throw unsafe(`Tensor "${name}" lies in another file and names none.`, { tensor: name });
  }
  const fault = locationFault(location);
  if (fault !== null) {
    throw unsafe(`Tensor "${name}" lies in ${JSON.stringify(location)}: ${fault}.`, { tensor: name, location });
  }
  const offset = position(name, 'offset', entries.get('offset') ?? '0');
  const given = position(name, 'length', entries.get('length') ?? '0');
  const byteLength = Math.max(given, Math.ceil((elements * (elementBits[dataType] ?? 0)) / 8));
  if (!Number.isSafeInteger(offset + byteLength)) {
    throw unsafe(`Tensor "${name}" needs ${byteLength} bytes from byte ${offset}.`, { tensor: name });
  }
  return { name, location, offset, byteLength };
}

/** Sizes come one by one or packed. */
function* sizes(bytes: GraphBytes, field: WireField, count: () => void): Generator<number> {
  if (field.wireType === 'varint') yield field.value;
  if (field.wireType !== 'bytes') return;
  let value = 0;
  let scale = 1;
  for (let at = field.start; at < field.end; at++) {
    const byte = bytes.byte(at);
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    count();
    yield value;
    value = 0;
    scale = 1;
  }
}

/** Where a field comes twice, the last one counts. */
function entryOf(bytes: GraphBytes, { start, end }: WireField): [key: string, value: string] {
  let key = '';
  let value = '';
  for (const field of wireFields(bytes, start, end)) {
    requireWireType('entry', field);
    if (field.wireType !== 'bytes') continue;
    if (field.number === entryField.key) key = text(bytes, field);
    else if (field.number === entryField.value) value = text(bytes, field);
  }
  return [key, value];
}

function text(bytes: GraphBytes, { start, end }: WireField): string {
  if (end - start > longestText) throw unsafe(`A text about external data has ${end - start} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.slice(start, end));
  } catch {
    throw malformed(`The text at byte ${start} is not UTF-8.`);
  }
}

/** For messages. */
function label(bytes: GraphBytes, { start, end }: WireField): string {
  return new TextDecoder().decode(bytes.slice(start, Math.min(end, start + 256)));
}

function position(tensor: string, key: 'offset' | 'length', value: string): number {
  const number = /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw unsafe(`Tensor "${tensor}" has the ${key} ${JSON.stringify(value)}.`, { tensor });
}

function unsafe(message: string, details: ExportErrorDetails = {}): ExportError {
  return new ExportError('graph.unsafe', message, {
    action: 'Do not use this file: get the model again, from whoever published it.',
    details,
  });
}
