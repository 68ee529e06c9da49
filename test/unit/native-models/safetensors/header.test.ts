import { describe, expect, it } from 'vitest';
import { ExportError } from '../../../../native-models/export-error.ts';
import {
  maximumHeaderByteLength,
  parseHeader,
  parseHeaderLength,
} from '../../../../native-models/safetensors/header.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** Parses `header` as the head of a file with `dataByteLength` bytes of tensors. */
function parse(header: unknown, dataByteLength: number) {
  const json = encode(header);
  return parseHeader(json, 8 + json.byteLength + dataByteLength);
}

const valid = {
  __metadata__: { format: 'pt' },
  a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
  b: { dtype: 'BF16', shape: [], data_offsets: [24, 26] },
  c: { dtype: 'I64', shape: [0, 7], data_offsets: [26, 26] },
};

function lengthPrefix(length: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
}

describe('parseHeader', () => {
  it('gives every tensor its type, shape and place in the file', () => {
    const { metadata, tensors } = parse(valid, 26);
    const start = 8 + encode(valid).byteLength;
    expect(metadata).toEqual({ format: 'pt' });
    expect([...tensors.values()]).toEqual([
      { name: 'a', type: 'F32', shape: [2, 3], offset: start, byteLength: 24 },
      { name: 'b', type: 'BF16', shape: [], offset: start + 24, byteLength: 2 },
      { name: 'c', type: 'I64', shape: [0, 7], offset: start + 26, byteLength: 0 },
    ]);
  });

  it('accepts tensors described in another order than they lie in', () => {
    const { tensors } = parse({ b: valid.b, a: valid.a }, 26);
    expect([...tensors.keys()]).toEqual(['b', 'a']);
  });

  const tensor = (change: object) => ({ a: { ...valid.a, ...change } });
  it.each<[string, unknown, number, RegExp]>([
    ['text that is not JSON', '{"a": ', 0, /not JSON/],
    ['bytes that are not UTF-8', '\uD800'.padStart(4), 0, /not JSON/],
    ['an array', [], 0, /not an object/],
    ['metadata that is not text', { __metadata__: { step: 3 } }, 0, /"__metadata__" maps "step"/],
    ['a tensor that is not an object', { a: null }, 0, /Tensor "a" is not described/],
    ['an unknown type', tensor({ dtype: 'Q4' }), 24, /unknown type "Q4"/],
    ['a type from the object prototype', tensor({ dtype: 'constructor' }), 24, /unknown type "constructor"/],
    ['a negative size', tensor({ shape: [-2, -3] }), 24, /impossible shape/],
    ['a fractional size', tensor({ shape: [2.5] }), 24, /impossible shape/],
    ['three offsets', tensor({ data_offsets: [0, 12, 24] }), 24, /impossible offsets/],
    ['offsets in the wrong order', tensor({ data_offsets: [24, 0] }), 24, /lies at bytes 24 to 0/],
    ['an end outside the file', tensor({ data_offsets: [0, 24] }), 20, /lies at bytes 0 to 24 of 20/],
    ['a length that contradicts the shape', tensor({ shape: [2, 2] }), 24, /needs 16 bytes; it has 24/],
    ['a shape whose product overflows', tensor({ shape: [2 ** 52, 2 ** 52] }), 24, /needs .* bytes; it has 24/],
    ['overlapping tensors', { a: valid.a, b: { ...valid.b, data_offsets: [22, 24] } }, 24, /"b" starts .* overlaps/],
    ['a hole', { a: valid.a, b: { ...valid.b, data_offsets: [26, 28] } }, 28, /"b" starts .* hole/],
    ['bytes after the last tensor', { a: valid.a }, 30, /file ends at byte/],
  ])('refuses %s', (_, header, dataByteLength, message) => {
    expect(() => parse(header, dataByteLength)).toThrow(message);
    expect(() => parse(header, dataByteLength)).toThrow(ExportError);
  });
});

describe('parseHeaderLength', () => {
  it('reads the little-endian length', () => {
    expect(parseHeaderLength(lengthPrefix(258n), 1000)).toBe(258);
  });

  it.each<[string, Uint8Array, number, RegExp]>([
    ['a file shorter than the length', new Uint8Array(5), 5, /8 bytes; this one has 5/],
    ['a header longer than the file', lengthPrefix(993n), 1000, /claims 993 bytes; at most 992/],
    [
      'a header longer than the format allows',
      lengthPrefix(2n ** 40n),
      2 ** 41,
      new RegExp(`at most ${maximumHeaderByteLength}`),
    ],
    ['the largest length', lengthPrefix(2n ** 64n - 1n), 1000, /claims 18446744073709551615/],
    ['an empty header', lengthPrefix(0n), 1000, /claims 0 bytes/],
  ])('refuses %s', (_, prefix, fileByteLength, message) => {
    expect(() => parseHeaderLength(prefix, fileByteLength)).toThrow(message);
  });
});
