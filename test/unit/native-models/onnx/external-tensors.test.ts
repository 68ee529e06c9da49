import { closeSync, openSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { demoModelFolder } from '../../../../native-models/demo/sequences.ts';
import { ExportError } from '../../../../native-models/export-error.ts';
import { externalTensorsOf } from '../../../../native-models/onnx/external-tensors.ts';
import { fileBytes, memoryBytes, type GraphBytes } from '../../../../native-models/onnx/graph-bytes.ts';
import { ModelProtoSchema } from '../../../../native-models/onnx/schema/onnx_pb.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { externalTensor, graphWith, message, varint } from '../../engine/onnx-bytes.ts';

const walk = (bytes: ArrayLike<number>) => externalTensorsOf(memoryBytes(Uint8Array.from(bytes)));
const entry = (key: string, value: string) => message(13, [...message(1, key), ...message(2, value)]);
const codeOf = (bytes: ArrayLike<number>) => {
  try {
    return `${walk(bytes).length} tensors`;
  } catch (error) {
    return error instanceof ExportError ? error.code : error;
  }
};
const model = (graph: number[]) => message(7, graph);
const node = (attribute: number[]) => message(1, message(5, attribute));

/** A graph inside an attribute of a node, `depth` times, with a tensor at the bottom. */
function nested(depth: number, tensor: number[]): number[] {
  let graph = message(5, tensor);
  for (let level = 0; level < depth; level++) graph = node(message(6, graph));
  return model(graph);
}

describe('externalTensorsOf', () => {
  const tensor = externalTensor('data.bin', 64, 128);
  it.each<[string, number[]]>([
    ['an initializer', model(message(5, tensor))],
    ['the values of a sparse initializer', model(message(15, message(1, tensor)))],
    ['the indices of a sparse initializer', model(message(15, message(2, tensor)))],
    ['an attribute', model(node(message(5, tensor)))],
    ['a list of an attribute', model(node(message(10, tensor)))],
    ['a sparse attribute', model(node(message(22, message(1, tensor))))],
    ['a list of sparse attributes', model(node(message(23, message(2, tensor))))],
    ['a subgraph', model(node(message(6, message(5, tensor))))],
    ['a list of subgraphs', model(node(message(11, message(5, tensor))))],
    ['a subgraph of a subgraph', nested(5, tensor)],
    ['a function', message(25, message(7, message(5, message(5, tensor))))],
    ['a default attribute of a function', message(25, message(11, message(5, tensor)))],
    ['a training graph', message(20, message(2, message(5, tensor)))],
    ['a second graph, which parsers join to the first', [...model(message(2, 'main')), ...model(message(5, tensor))]],
  ])('finds a tensor in %s', (_, bytes) => {
    expect(walk(bytes)).toEqual([{ name: '', location: 'data.bin', offset: 64, byteLength: 128 }]);
  });

  it('finds every weight of the demo model, from memory as from the file', async () => {
    const path = join(demoModelFolder, 'onnx', 'model_q4.onnx');
    const bytes = await readFile(path);
    const found = walk(bytes);
    const { graph } = fromBinary(ModelProtoSchema, bytes);
    const stored = graph?.initializer.filter(({ dataLocation }) => dataLocation === 1) ?? [];
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(stored.map(({ name }) => name)));
    const descriptor = openSync(path, 'r');
    expect(externalTensorsOf(fileBytes(descriptor, bytes.length))).toEqual(found);
    closeSync(descriptor);
  });

  it('reads a file larger than its window, and says where one ends early', () => {
    const path = join(temporaryFolder(), 'large.onnx');
    const inside = [...varint(9 * 8 + 2), ...varint(300_000)];
    const bytes = Buffer.concat([
      Buffer.from(message(5, tensor)),
      Buffer.from([...varint(5 * 8 + 2), ...varint(inside.length + 300_000), ...inside]),
      Buffer.alloc(300_000, 255),
      Buffer.from(message(5, externalTensor('more.bin', 0, 5))),
    ]);
    writeFileSync(path, Buffer.concat([Buffer.from([...varint(7 * 8 + 2), ...varint(bytes.length)]), bytes]));
    const descriptor = openSync(path, 'r');
    const length = bytes.length + 4;
    expect(
      externalTensorsOf(fileBytes(descriptor, length))
        .map(({ location }) => location)
        .sort(),
    ).toEqual(['data.bin', 'more.bin']);
    expect(() => externalTensorsOf(fileBytes(descriptor, length + 10))).toThrow(RangeError);
    closeSync(descriptor);
  });

  it('takes the length of a tensor from its shape where that is more, or where none is given', () => {
    const float32 = [...varint(2 * 8), 1];
    const shaped = [...varint(8), ...varint(300), ...varint(8), ...varint(2), ...float32];
    const of = (more: number[]) =>
      walk(model(message(5, [...shaped, ...entry('location', 'd'), ...more])))[0]?.byteLength;
    expect(of([])).toBe(2400);
    expect(of(entry('length', '17'))).toBe(2400);
    expect(of(entry('length', '4000'))).toBe(4000);
    const packed = [...message(1, [...varint(300), ...varint(2)]), ...float32, ...entry('location', 'd')];
    expect(walk(model(message(5, packed)))[0]?.byteLength).toBe(2400);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['an absolute path', '/etc/passwd'],
    ['a parent', '../model.onnx_data'],
    ['a parent further on', 'a/../../b'],
    ['backslashes', 'a\\b'],
    ['a drive', 'C:data'],
    ['a network path', '//server/share'],
    ['a stream of a file', 'data:stream'],
    ['a NUL', 'data\0.bin'],
    ['a line end', 'data\n'],
    ['an address in memory', '*/_ORT_MEM_ADDR_/*'],
    ['a device of Windows', 'sub/NUL.bin'],
    ['a dot that Windows drops', 'data.'],
    ['an empty part', 'a//b'],
  ])('refuses %s as a location', (_, location) => {
    expect(codeOf(graphWith([externalTensor(location, 0, 1)]))).toBe('graph.unsafe');
  });

  it.each(['data.bin', './data.bin', 'sub/data.bin', 'poids é.bin', '..data', 'a..b'])('takes %j', (location) => {
    expect(codeOf(graphWith([externalTensor(location, 0, 1)]))).toBe('1 tensors');
  });

  const other = (...fields: number[][]) => model(message(5, fields.flat()));
  it.each<[string, number[], string]>([
    ['no location', other([...varint(14 * 8), 1]), 'graph.unsafe'],
    ['a place that parsers cut to "external"', other([...varint(14 * 8), ...varint(2 ** 32 + 1)]), 'graph.unsafe'],
    ['two locations', other(entry('location', 'a'), entry('location', '../b')), 'graph.unsafe'],
    [
      'a key that comes twice in its entry',
      other(message(13, [...message(1, 'x'), ...message(1, 'location'), ...message(2, '../b')])),
      'graph.unsafe',
    ],
    ['a negative offset', other(entry('location', 'a'), entry('offset', '-1')), 'graph.unsafe'],
    ['an offset in words', other(entry('location', 'a'), entry('offset', 'many')), 'graph.unsafe'],
    ['an offset beyond all numbers', other(entry('location', 'a'), entry('offset', '9'.repeat(16))), 'graph.unsafe'],
    ['a hexadecimal length', other(entry('location', 'a'), entry('length', '0x10')), 'graph.unsafe'],
    [
      'a sum beyond all numbers',
      other(entry('location', 'a'), entry('offset', String(2 ** 53 - 1)), entry('length', '1')),
      'graph.unsafe',
    ],
    [
      'a shape beyond all numbers',
      other(
        [...varint(8), ...varint(2 ** 52), ...varint(8), ...varint(2 ** 52), ...varint(16), 1],
        entry('location', 'a'),
      ),
      'graph.unsafe',
    ],
    ['a location without end', other(entry('location', 'a'.repeat(5000))), 'graph.unsafe'],
    [
      'a location that is not UTF-8',
      other(message(13, [...message(1, 'location'), ...message(2, [0xff])])),
      'graph.invalid',
    ],
    ['subgraphs without end', nested(40, tensor), 'graph.unsafe'],
    ['a field that one parser reads and another skips', [10, 1, ...model(message(5, tensor))], 'graph.invalid'],
    ['field 0', [0, 0], 'graph.invalid'],
    ['a group', [...varint(7 * 8 + 3)], 'graph.invalid'],
    ['a number without end', [8, ...Array.from({ length: 12 }, () => 0x80), 0], 'graph.invalid'],
  ])('refuses %s', (_, bytes, code) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('refuses more fields than any model has, in bounded time', () => {
    const bytes = new Uint8Array(24_000_000);
    for (let at = 0; at < bytes.length; at += 2) bytes[at] = 8;
    expect(() => externalTensorsOf(memoryBytes(bytes))).toThrow(/more than 10000000 fields/);
  }, 20_000);
});

describe('a damaged graph', () => {
  it('is refused, or read as a parser reads it; nothing is asked for outside the file, nor more than the file', async () => {
    const whole = await readFile(join(demoModelFolder, 'onnx', 'model_q4.onnx'));
    const small = Uint8Array.from(
      graphWith([externalTensor('model.onnx_data', 4096, 1000), externalTensor('other.bin', 5, 7)]),
    );
    const random = seededRandom(20261124);
    const upTo = (limit: number) => Math.floor(random() * limit);
    let refused = 0;
    let parsed = 0;
    for (let run = 0; run < 6000; run++) {
      const original = run % 20 === 0 ? whole : small;
      const bytes = Uint8Array.from(random() < 0.2 ? original.subarray(0, upTo(original.length)) : original);
      if (bytes.length === 0) continue;
      for (let change = 0; change <= upTo(4); change++) bytes[upTo(bytes.length)] = upTo(256);
      const { source, copied } = counted(bytes);
      let found: string[] | null = null;
      try {
        found = externalTensorsOf(source).map(({ location, offset, byteLength }) => {
          expect(Number.isSafeInteger(offset + byteLength)).toBe(true);
          return location;
        });
      } catch (error) {
        expect(error).toBeInstanceOf(ExportError);
        refused++;
      }
      expect(copied()).toBeLessThanOrEqual(bytes.length);
      const locations = found === null ? null : locationsOf(bytes);
      if (locations === null) continue;
      parsed++;
      expect(found).toEqual(expect.arrayContaining(locations));
    }
    expect(refused).toBeGreaterThan(1000);
    expect(parsed).toBeGreaterThan(300);
  }, 60_000);
});

/** Throws where anything outside is read; counts what is copied. */
function counted(bytes: Uint8Array): { source: GraphBytes; copied: () => number } {
  let copied = 0;
  const inside = (at: number) => {
    if (!Number.isSafeInteger(at) || at < 0 || at > bytes.length) throw new Error(`Byte ${at} of ${bytes.length}.`);
    return at;
  };
  const source: GraphBytes = {
    length: bytes.length,
    byte: (at) => bytes[inside(at + 1) - 1] as number,
    slice: (start, end) => {
      copied += inside(end) - inside(start);
      return bytes.slice(start, end);
    },
  };
  return { source, copied: () => copied };
}

/** By another parser; `null` where it refuses. */
function locationsOf(bytes: Uint8Array): string[] | null {
  try {
    const initializers = fromBinary(ModelProtoSchema, bytes).graph?.initializer ?? [];
    return initializers.flatMap(({ externalData }) =>
      externalData.filter(({ key }) => key === 'location').map(({ value }) => value),
    );
  } catch {
    return null;
  }
}
