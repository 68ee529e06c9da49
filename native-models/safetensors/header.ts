/**
 * The header of a safetensors file, validated before a single weight is read: 8 bytes little-endian length, JSON of that
 * length, then the tensor bytes. Everything the format forbids is refused here (overlaps, holes, offsets outside the file,
 * lengths that contradict shape and type), so that the readers behind it can trust what they get.
 * Format: https://github.com/huggingface/safetensors#format
 */
import { ExportError, type ExportErrorDetails } from '../export-error.ts';

/** The format's own bound on the header; a 7B model needs about 30 kB. */
export const maximumHeaderByteLength = 100_000_000;

const bytesPerElement = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
} as const;

export type SafetensorsType = keyof typeof bytesPerElement;

export interface TensorEntry {
  readonly name: string;
  readonly type: SafetensorsType;
  readonly shape: readonly number[];
  /** From the start of the file, in bytes. */
  readonly offset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

function refuse(message: string, details: ExportErrorDetails = {}): never {
  throw new ExportError('safetensors.invalid', message, {
    action: 'The file is damaged or not a safetensors file: fetch it again.',
    details,
  });
}

/** The header's length, from the first 8 bytes of a file of `fileByteLength` bytes. */
export function parseHeaderLength(prefix: Uint8Array, fileByteLength: number): number {
  if (prefix.byteLength < 8) refuse(`A safetensors file starts with 8 bytes; this one has ${prefix.byteLength}.`);
  const length = new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true);
  const limit = Math.min(maximumHeaderByteLength, fileByteLength - 8);
  if (length > BigInt(limit)) {
    refuse(`The header claims ${length} bytes; at most ${limit} fit.`, { actual: String(length), expected: limit });
  }
  if (length < 2n) refuse(`The header claims ${length} bytes; the shortest JSON object has 2.`);
  return Number(length);
}

/** Parses and validates the JSON header of a file of `fileByteLength` bytes. */
export function parseHeader(json: Uint8Array, fileByteLength: number): SafetensorsHeader {
  const dataOffset = 8 + json.byteLength;
  const dataByteLength = fileByteLength - dataOffset;
  const root = parseObject(json);
  const metadata = parseMetadata(root['__metadata__']);
  const entries = Object.entries(root)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => parseEntry(name, value, dataOffset, dataByteLength));
  refuseOverlapsAndHoles(entries, dataOffset, dataByteLength);
  return { metadata, tensors: new Map(entries.map((entry) => [entry.name, entry])) };
}

function parseObject(json: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    refuse(`The header is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`);
  }
  if (!isRecord(parsed)) refuse('The header is JSON, but not an object.');
  return parsed;
}

function parseMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) refuse('"__metadata__" is not an object.');
  const pairs = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') refuse(`"__metadata__" maps "${key}" to something other than text.`, { key });
    return [key, text];
  });
  return Object.fromEntries(pairs);
}

function parseEntry(name: string, value: unknown, dataOffset: number, dataByteLength: number): TensorEntry {
  if (!isRecord(value)) refuse(`Tensor "${name}" is not described by an object.`, { tensor: name });
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesPerElement, dtype)) {
    refuse(`Tensor "${name}" has the unknown type ${JSON.stringify(dtype)}.`, { tensor: name });
  }
  if (!isSizes(shape)) refuse(`Tensor "${name}" has the impossible shape ${JSON.stringify(shape)}.`, { tensor: name });
  if (!isSizes(offsets) || offsets.length !== 2) {
    refuse(`Tensor "${name}" has the impossible offsets ${JSON.stringify(offsets)}.`, { tensor: name });
  }
  const [begin = 0, end = 0] = offsets;
  if (begin > end || end > dataByteLength) {
    refuse(`Tensor "${name}" lies at bytes ${begin} to ${end} of ${dataByteLength}.`, { tensor: name, begin, end });
  }
  const type = dtype as SafetensorsType;
  const expected = shape.reduce((product, size) => product * size, bytesPerElement[type]);
  if (end - begin !== expected) {
    refuse(`Tensor "${name}" (${type} [${shape.join(', ')}]) needs ${expected} bytes; it has ${end - begin}.`, {
      tensor: name,
      expected,
      actual: end - begin,
    });
  }
  return { name, type, shape, offset: dataOffset + begin, byteLength: expected };
}

function refuseOverlapsAndHoles(entries: readonly TensorEntry[], dataOffset: number, dataByteLength: number): void {
  const byOffset = entries.toSorted((a, b) => a.offset - b.offset || a.byteLength - b.byteLength);
  let end = dataOffset;
  for (const entry of byOffset) {
    if (entry.offset !== end) {
      const what = entry.offset < end ? 'overlaps the tensor before it' : 'leaves a hole before it';
      refuse(`Tensor "${entry.name}" starts at byte ${entry.offset} and ${what}, which ends at byte ${end}.`, {
        tensor: entry.name,
        expected: end,
        actual: entry.offset,
      });
    }
    end = entry.offset + entry.byteLength;
  }
  if (end !== dataOffset + dataByteLength) {
    refuse(`The tensors end at byte ${end}; the file ends at byte ${dataOffset + dataByteLength}.`, {
      expected: end,
      actual: dataOffset + dataByteLength,
    });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
