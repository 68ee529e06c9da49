/**
 * Blocks with a zero point each, in TypeScript: no shipped format uses them (docs/quantisation.md), so they have no fast path.
 *
 * For fixed integer codes c, counted from the zero point, and importances m of the columns (1 where they were not measured) the
 * best scale is the least squares solution s = Σmwc / Σmc², and it leaves the error Σmw² - (Σmwc)² / Σmc². So each candidate
 * scale on a small grid is used only to round the weights to codes, candidates are compared by (Σmwc)² / Σmc², the best one's
 * least squares scale is kept, and the weights are rounded once more to it.
 */
import { roundTo } from '../onnx/float-type.ts';
import { widen } from '../safetensors/float-conversion.ts';
import { blockLayout, middleCode } from './block-format.ts';
import { notFinite, type QuantizedRows, type RowsRequest } from './rows-request.ts';

interface BlockFit {
  scale: number;
  zeroPoint: number;
}

/** The weights `values[begin]` to `values[end - 1]`; the importance of the first one is `importance[column]`. */
interface Block {
  readonly values: Float32Array;
  readonly importance: Float32Array;
  begin: number;
  end: number;
  column: number;
}

/** How far above the range's own scale the grid reaches, in code units, and its steps. */
const gridReach = 1.25;
const gridSteps = 4;

/** Throws `safetensors.invalid` for a weight that is not finite. */
export function quantizeAsymmetric(request: RowsRequest): QuantizedRows {
  const { bytes, type, rows, columns, format, scaleType } = request;
  const { bits, blockSize } = format;
  const values = widen(type, bytes);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw notFinite(request, Math.floor(wrong / columns));
  const { blocksPerRow, blockByteLength, zeroPointsByteLength } = blockLayout(columns, format);
  const codes = new Uint8Array(rows * blocksPerRow * blockByteLength);
  const scales = new Float32Array(rows * blocksPerRow);
  const zeroPoints = new Uint8Array(rows * zeroPointsByteLength);
  const rowErrors = new Float64Array(rows);
  const rowNorms = new Float64Array(rows);
  const importance = request.importance ?? new Float32Array(columns).fill(1);
  const roundScale = roundTo(scaleType);
  const weights: Block = { values, importance, begin: 0, end: 0, column: 0 };
  const fit: BlockFit = { scale: 0, zeroPoint: 0 };
  const top = (1 << bits) - 1;
  const codesPerByte = 8 / bits;
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocksPerRow; block++) {
      const index = row * blocksPerRow + block;
      const begin = row * columns + block * blockSize;
      const end = Math.min(begin + blockSize, (row + 1) * columns);
      weights.begin = begin;
      weights.end = end;
      weights.column = block * blockSize;
      fitAsymmetric(weights, bits, fit);
      const scale = roundScale(fit.scale);
      const { zeroPoint } = fit;
      scales[index] = scale;
      const zeroAt = row * zeroPointsByteLength + Math.floor(block / codesPerByte);
      zeroPoints[zeroAt] = (zeroPoints[zeroAt] as number) | (zeroPoint << (bits * (block % codesPerByte)));
      const inverseScale = scale === 0 ? 0 : 1 / scale;
      const blockAt = index * blockByteLength;
      for (let i = 0; i < blockSize; i++) {
        let code = zeroPoint;
        if (begin + i < end) {
          const value = values[begin + i] as number;
          code = Math.floor(value * inverseScale + 0.5) + zeroPoint;
          if (code < 0) code = 0;
          else if (code > top) code = top;
          rowErrors[row] = (rowErrors[row] as number) + (value - scale * (code - zeroPoint)) ** 2;
          rowNorms[row] = (rowNorms[row] as number) + value ** 2;
        }
        const at = blockAt + Math.floor(i / codesPerByte);
        codes[at] = (codes[at] as number) | (code << (bits * (i % codesPerByte)));
      }
    }
  }
  return { codes, scales, zeroPoints, rowErrors, rowNorms };
}

/** Asymmetric: codes from 0 to 2^bits-1 and a zero point among them; the grid shrinks the range of the block around its middle. */
function fitAsymmetric({ values, importance, begin, end, column }: Block, bits: 4 | 8, fit: BlockFit): void {
  const shift = column - begin;
  const top = (1 << bits) - 1;
  let low = 0;
  let high = 0;
  for (let i = begin; i < end; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  fit.scale = 0;
  fit.zeroPoint = middleCode(bits);
  if (low === high) return;
  let bestScore = 0;
  for (let step = 0; step <= 2 * gridSteps; step++) {
    const inverseScale = (top - 1 + (step * gridReach) / gridSteps) / (high - low);
    const centre = Math.floor(-low * inverseScale + 0.5);
    for (let zeroPoint = Math.max(0, centre - 1); zeroPoint <= Math.min(top, centre + 1); zeroPoint++) {
      let weighted = 0;
      let squares = 0;
      for (let i = begin; i < end; i++) {
        const value = values[i] as number;
        let code = Math.floor(value * inverseScale + 0.5);
        if (code < -zeroPoint) code = -zeroPoint;
        else if (code > top - zeroPoint) code = top - zeroPoint;
        const counted = (importance[i + shift] as number) * code;
        weighted += value * counted;
        squares += code * counted;
      }
      const score = squares > 0 ? (weighted * weighted) / squares : 0;
      if (score > bestScore) {
        bestScore = score;
        fit.scale = Math.fround(weighted / squares);
        fit.zeroPoint = zeroPoint;
      }
    }
  }
}
