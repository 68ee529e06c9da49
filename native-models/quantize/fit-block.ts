/**
 * The scale (and zero point) of one block, chosen to minimise the squared error of its weights, each counted by its importance
 * m: how strongly its input channel is driven (1 where that was not measured).
 *
 * For fixed integer codes c the best scale is the least squares solution s = Σmwc / Σmc², and it leaves the error
 * Σmw² - (Σmwc)² / Σmc². So each candidate scale on a small grid is used only to round the weights to codes, candidates are
 * compared by (Σmwc)² / Σmc², the best one's least squares scale is kept (rounded to float32, as it is stored), and the weights
 * are rounded once more to it: the stored codes are the nearest ones to the stored scale.
 */
import { middleCode } from './block-format.ts';

export interface BlockFit {
  scale: number;
  zeroPoint: number;
}

/** The weights `values[begin]` to `values[end - 1]`; the importance of the first one is `importance[column]`. */
export interface Block {
  readonly values: Float32Array;
  readonly importance: Float32Array;
  begin: number;
  end: number;
  column: number;
}

/** How far below and above the range's own scale the grid reaches, in code units, and its steps. */
const gridReach = 1.25;
const gridSteps = 4;

/**
 * Symmetric: codes from -2^(bits-1) to 2^(bits-1)-1. The scale may be negative, so that the weight of largest magnitude
 * can use the longer, negative side.
 */
export function fitSymmetric({ values, importance, begin, end, column }: Block, bits: 4 | 8, fit: BlockFit): void {
  const shift = column - begin;
  const middle = middleCode(bits);
  let extreme = 0;
  for (let i = begin; i < end; i++) {
    const value = values[i] as number;
    if (Math.abs(value) > Math.abs(extreme)) extreme = value;
  }
  fit.scale = 0;
  fit.zeroPoint = middle;
  if (extreme === 0) return;
  let bestScore = 0;
  for (let side = 0; side < 2; side++) {
    const codeOfExtreme = side === 0 ? -middle : middle - 1;
    for (let step = -gridSteps; step <= gridSteps; step++) {
      const reach = codeOfExtreme + (Math.sign(codeOfExtreme) * step * gridReach) / gridSteps;
      const inverseScale = reach / extreme;
      let weighted = 0;
      let squares = 0;
      for (let i = begin; i < end; i++) {
        const value = values[i] as number;
        let code = Math.floor(value * inverseScale + 0.5);
        if (code < -middle) code = -middle;
        else if (code > middle - 1) code = middle - 1;
        const counted = (importance[i + shift] as number) * code;
        weighted += value * counted;
        squares += code * counted;
      }
      const score = squares > 0 ? (weighted * weighted) / squares : 0;
      if (score > bestScore) {
        bestScore = score;
        fit.scale = Math.fround(weighted / squares);
      }
    }
  }
}

/** Asymmetric: codes from 0 to 2^bits-1 and a zero point among them; the grid shrinks the range of the block around its middle. */
export function fitAsymmetric({ values, importance, begin, end, column }: Block, bits: 4 | 8, fit: BlockFit): void {
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
