/** Calls the WebAssembly kernel (`kernel/quantize.as.ts`): puts rows into its memory, and takes out what it makes of them. */
import { sourceTypeByteLengths, type SourceType } from '../source-tensor.ts';
import { blockLayout } from './block-format.ts';
import kernel from './kernel/quantize-kernel.json' with { type: 'json' };
import { notFinite, type QuantizedRows, type RowsRequest } from './rows-request.ts';

/** What is used of https://webassembly.github.io/spec/js-api/; TypeScript knows it only with a browser's types. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  heapBase(): number;
  /** See the source; sizes are of elements, addresses of bytes. */
  quantize(
    source: number,
    type: number,
    rows: number,
    columns: number,
    bits: number,
    blockSize: number,
    importance: number,
    halfScales: boolean,
    codes: number,
    scales: number,
    rowErrors: number,
    rowNorms: number,
  ): number;
}

const typeCodes: Record<SourceType, number> = { F32: 0, F16: 1, BF16: 2 };
const pageByteLength = 65_536;
const alignment = 16;
/** Of the kernel's own buffers. */
const largestBlock = 256;

let loaded: KernelExports | null = null;

/** Throws `safetensors.invalid` for a weight that is not finite. */
export function quantizeSymmetric(request: RowsRequest): QuantizedRows {
  const { bytes, type, rows, columns, format, scaleType, importance } = request;
  const { bits, blockSize } = format;
  requireFitting(request);
  loaded ??= load();
  const { blocksPerRow, blockByteLength } = blockLayout(columns, format);
  const blocks = rows * blocksPerRow;
  const places = new Places(loaded);
  const source = places.take(bytes.byteLength);
  const columnImportance = importance === undefined ? 0 : places.take(importance.byteLength);
  const codes = places.take(blocks * blockByteLength);
  const scales = places.take(4 * blocks);
  const rowErrors = places.take(8 * rows);
  const rowNorms = places.take(8 * rows);
  const memory = places.reserve();
  new Uint8Array(memory, source).set(bytes);
  if (importance !== undefined) new Float32Array(memory, columnImportance).set(importance);
  const wrongRow = loaded.quantize(
    source,
    typeCodes[type],
    rows,
    columns,
    bits,
    blockSize,
    columnImportance,
    scaleType === 'float16',
    codes,
    scales,
    rowErrors,
    rowNorms,
  );
  if (wrongRow > 0) throw notFinite(request, wrongRow - 1);
  return {
    codes: new Uint8Array(memory, codes, blocks * blockByteLength).slice(),
    scales: new Float32Array(memory, scales, blocks).slice(),
    zeroPoints: null,
    rowErrors: new Float64Array(memory, rowErrors, rows).slice(),
    rowNorms: new Float64Array(memory, rowNorms, rows).slice(),
  };
}

function load(): KernelExports {
  const module = new WebAssembly.Module(Buffer.from(kernel.wasm, 'base64'));
  return new WebAssembly.Instance(module, {}).exports as KernelExports;
}

/** Addresses one after the other in the kernel's memory, which grows and never shrinks. */
class Places {
  readonly #exports: KernelExports;
  #end: number;

  constructor(exports: KernelExports) {
    this.#exports = exports;
    this.#end = exports.heapBase();
  }

  take(byteLength: number): number {
    const begin = Math.ceil(this.#end / alignment) * alignment;
    this.#end = begin + byteLength;
    return begin;
  }

  /** The buffer that holds all that was taken, and what wide loads may read beyond it. */
  reserve(): ArrayBuffer {
    const { memory } = this.#exports;
    const missing = this.#end + alignment - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageByteLength));
    return memory.buffer;
  }
}

function requireFitting({ bytes, type, rows, columns, format, importance }: RowsRequest): void {
  const { blockSize } = format;
  const fits =
    bytes.byteLength === rows * columns * sourceTypeByteLengths[type] &&
    blockSize >= 16 &&
    blockSize <= largestBlock &&
    blockSize % 16 === 0 &&
    (importance === undefined || importance.length === columns);
  if (!fits) throw new RangeError(`${rows} x ${columns} ${type}, block ${blockSize}: ${bytes.byteLength} bytes.`);
}
