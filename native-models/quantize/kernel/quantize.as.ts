/**
 * AssemblyScript: rows of a matrix in symmetric blocks of 4 or 8 bits, with 128-bit SIMD. What is computed, to the last bit, is
 * said by the slow reference in the tests; why, in `../../../docs/quantisation.md`. In short, for each block:
 *
 * its weights are divided by the one of largest magnitude; 18 candidate scales, nine for either sign, round them to codes c; the
 * candidate with the largest (Σmwc)² / Σmc² wins; its least squares scale Σmwc / Σmc² is what is stored, and the weights are
 * rounded once more to it. Sums have four lanes in float32, added as (0 + 1) + (2 + 3).
 */
const gridSteps: i32 = 4;
const gridStep: f32 = 0.3125;

/** One block in float32, as published and divided by its extreme, and the importance of its columns. */
const block: usize = memory.data(1024);
const normalised: usize = memory.data(1024);
const counted: usize = memory.data(1024);

/** Where the caller's buffers may begin. */
export function heapBase(): usize {
  return __heap_base;
}

/**
 * `type` is 0 for float32, 1 for float16, 2 for bfloat16. `importance` is 0 where all columns count alike. `codes` has rows of
 * blocks of blockSize * bits / 8 bytes; `scales` a float32 a block; `rowErrors` and `rowNorms` a float64 a row, squared.
 * Returns 0, or the number, from 1 on, of the first row with a weight that is not finite.
 */
export function quantize(
  source: usize,
  type: i32,
  rows: i32,
  columns: i32,
  bits: i32,
  blockSize: i32,
  importance: usize,
  halfScales: bool,
  codes: usize,
  scales: usize,
  rowErrors: usize,
  rowNorms: usize,
): i32 {
  const elementBytes: usize = type == 0 ? 4 : 2;
  const middle: f32 = bits == 4 ? 8 : 128;
  const blockBytes: usize = ((blockSize * bits) >> 3) as usize;
  for (let row = 0; row < rows; row++) {
    let error: f64 = 0;
    let norm: f64 = 0;
    for (let column = 0; column < columns; column += blockSize) {
      const length = min(blockSize, columns - column);
      if (!loadBlock(source, type, length, blockSize)) return row + 1;
      source += (length as usize) * elementBytes;
      if (importance != 0) copyImportance(importance + ((column as usize) << 2), length, blockSize);
      const extreme = extremeOf(blockSize);
      const magnitude = abs(extreme) as f64;
      let scale: f32 = 0;
      let reach: f32 = 0;
      if (extreme != 0) {
        normalise(extreme, blockSize);
        scale = storedScale(bestScale(middle, blockSize, importance != 0), extreme, halfScales);
        if (scale != 0) reach = extreme / scale;
      }
      store<f32>(scales, scale);
      scales += 4;
      if (bits == 4) pack4(codes, reach, blockSize);
      else pack8(codes, reach, blockSize);
      codes += blockBytes;
      if (extreme != 0) {
        error += (squaredError(reach, middle, blockSize) as f64) * magnitude * magnitude;
        norm += (squaredNorm(blockSize) as f64) * magnitude * magnitude;
      }
    }
    store<f64>(rowErrors, error);
    store<f64>(rowNorms, norm);
    rowErrors += 8;
    rowNorms += 8;
  }
  return 0;
}

/** Widens a block and fills it up with zeros. False where a weight is not finite. */
function loadBlock(source: usize, type: i32, length: i32, blockSize: i32): bool {
  const whole = length & ~3;
  const exponent = i32x4.splat(0x7f800000);
  let special = i32x4.splat(0);
  for (let i = 0; i < whole; i += 4) {
    const bits = widen(source + ((i as usize) << (type == 0 ? 2 : 1)), type);
    special = v128.or(special, i32x4.eq(v128.and(bits, exponent), exponent));
    v128.store(block + ((i as usize) << 2), bits);
  }
  for (let i = whole; i < length; i++) {
    const bits = widenOne(source + ((i as usize) << (type == 0 ? 2 : 1)), type);
    if ((bits & 0x7f800000) == 0x7f800000) return false;
    store<i32>(block + ((i as usize) << 2), bits);
  }
  for (let i = length; i < blockSize; i++) store<f32>(block + ((i as usize) << 2), 0);
  return !v128.any_true(special);
}

/** Infinities and no-numbers of float16 keep an exponent of ones. */
function widen(at: usize, type: i32): v128 {
  if (type == 0) return v128.load(at);
  const halves = v128.load64_zero(at);
  const words = i32x4.extend_low_i16x8_u(halves);
  if (type == 2) return i32x4.shl(words, 16);
  const sign = i32x4.shl(v128.and(words, i32x4.splat(0x8000)), 16);
  const rest = v128.and(words, i32x4.splat(0x7fff));
  const special = i32x4.ge_s(rest, i32x4.splat(0x7c00));
  const value = f32x4.mul(i32x4.shl(rest, 13), f32x4.splat(reinterpret<f32>(0x77800000)));
  return v128.or(sign, v128.or(value, v128.and(special, i32x4.splat(0x7f800000))));
}

function widenOne(at: usize, type: i32): i32 {
  if (type == 0) return load<i32>(at);
  const half = load<u16>(at) as i32;
  if (type == 2) return half << 16;
  const rest = half & 0x7fff;
  const value = reinterpret<i32>(reinterpret<f32>(rest << 13) * reinterpret<f32>(0x77800000));
  return ((half & 0x8000) << 16) | value | (rest >= 0x7c00 ? 0x7f800000 : 0);
}

function copyImportance(importance: usize, length: i32, blockSize: i32): void {
  memory.copy(counted, importance, (length as usize) << 2);
  for (let i = length; i < blockSize; i++) store<f32>(counted + ((i as usize) << 2), 0);
}

/** The weight of largest magnitude; of two opposite ones the positive. */
function extremeOf(blockSize: i32): f32 {
  let highest = f32x4.splat(0);
  let lowest = f32x4.splat(0);
  for (let i = 0; i < blockSize; i += 4) {
    const value = v128.load(block + ((i as usize) << 2));
    highest = f32x4.max(highest, value);
    lowest = f32x4.min(lowest, value);
  }
  const high = max(
    max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
    max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
  );
  const low = min(
    min(f32x4.extract_lane(lowest, 0), f32x4.extract_lane(lowest, 1)),
    min(f32x4.extract_lane(lowest, 2), f32x4.extract_lane(lowest, 3)),
  );
  return high >= -low ? high : low;
}

/** By division, not by a reciprocal: that of a denormal would be infinite. */
function normalise(extreme: f32, blockSize: i32): void {
  const divisor = f32x4.splat(extreme);
  for (let i = 0; i < blockSize; i += 4) {
    const at = (i as usize) << 2;
    v128.store(normalised + at, f32x4.div(v128.load(block + at), divisor));
  }
}

function bestScale(middle: f32, blockSize: i32, weighted: bool): f32 {
  const lowest = f32x4.splat(-middle);
  const highest = f32x4.splat(middle - 1);
  let best: f32 = 0;
  let scale: f32 = 0;
  for (let step = -gridSteps; step <= gridSteps; step++) {
    const shift = (step as f32) * gridStep;
    for (let side = 0; side < 2; side++) {
      const reach = f32x4.splat(side == 0 ? -middle - shift : middle - 1 + shift);
      let sums = f32x4.splat(0);
      let squares = f32x4.splat(0);
      for (let at: usize = 0; at < (blockSize as usize) << 2; at += 16) {
        const value = v128.load(normalised + at);
        const code = f32x4.pmin(f32x4.pmax(f32x4.nearest(f32x4.mul(value, reach)), lowest), highest);
        const count = weighted ? f32x4.mul(v128.load(counted + at), code) : code;
        sums = f32x4.add(sums, f32x4.mul(value, count));
        squares = f32x4.add(squares, f32x4.mul(code, count));
      }
      const sum = total(sums);
      const square = total(squares);
      const score: f32 = square > 0 ? (sum * sum) / square : 0;
      if (score > best) {
        best = score;
        scale = sum / square;
      }
    }
  }
  return scale;
}

function total(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/** In the type that the graph stores it in; what float16 cannot hold becomes its largest value. */
function storedScale(scale: f32, extreme: f32, half: bool): f32 {
  const exact = scale * extreme;
  if (!half) return exact;
  return copysign(min(halfPrecision(abs(exact)), 65504), exact);
}

/** A positive value rounded to float16, ties to even, and widened again. */
function halfPrecision(value: f32): f32 {
  // Below the smallest normal float16 the spacing is 2^-24: adding 0.5 puts it at the end of the fraction.
  if (value < reinterpret<f32>(0x38800000)) return value + 0.5 - 0.5;
  const bits = reinterpret<i32>(value);
  return reinterpret<f32>((bits + 0xfff + ((bits >> 13) & 1)) & ~0x1fff);
}

function codesAt(i: i32, reach: v128, lowest: v128, highest: v128): v128 {
  const value = v128.load(normalised + ((i as usize) << 2));
  return f32x4.pmin(f32x4.pmax(f32x4.nearest(f32x4.mul(value, reach)), lowest), highest);
}

/** Codes of a block whose scale is zero are all zero: its normalised weights are multiplied with a reach of zero. */
function pack4(codes: usize, reach: f32, blockSize: i32): void {
  const factor = f32x4.splat(reach);
  const lowest = f32x4.splat(-8);
  const highest = f32x4.splat(7);
  const middle = i32x4.splat(8);
  for (let i = 0; i < blockSize; i += 8) {
    const first = i32x4.add(i32x4.trunc_sat_f32x4_s(codesAt(i, factor, lowest, highest)), middle);
    const second = i32x4.add(i32x4.trunc_sat_f32x4_s(codesAt(i + 4, factor, lowest, highest)), middle);
    const pairs = i16x8.narrow_i32x4_s(first, second);
    const bytes = v128.and(v128.or(pairs, i32x4.shr_u(pairs, 12)), i32x4.splat(0xff));
    const halves = i16x8.narrow_i32x4_s(bytes, bytes);
    v128.store32_lane(codes + ((i as usize) >> 1), i8x16.narrow_i16x8_u(halves, halves), 0);
  }
}

function pack8(codes: usize, reach: f32, blockSize: i32): void {
  const factor = f32x4.splat(reach);
  const lowest = f32x4.splat(-128);
  const highest = f32x4.splat(127);
  const middle = i32x4.splat(128);
  for (let i = 0; i < blockSize; i += 8) {
    const first = i32x4.add(i32x4.trunc_sat_f32x4_s(codesAt(i, factor, lowest, highest)), middle);
    const second = i32x4.add(i32x4.trunc_sat_f32x4_s(codesAt(i + 4, factor, lowest, highest)), middle);
    const halves = i16x8.narrow_i32x4_s(first, second);
    v128.store64_lane(codes + (i as usize), i8x16.narrow_i16x8_u(halves, halves), 0);
  }
}

/** Of the normalised weights: those restored from their codes have a step of 1 / reach. */
function squaredError(reach: f32, middle: f32, blockSize: i32): f32 {
  const factor = f32x4.splat(reach);
  const step = f32x4.splat(reach == 0 ? 0 : 1 / reach);
  const lowest = f32x4.splat(-middle);
  const highest = f32x4.splat(middle - 1);
  let sums = f32x4.splat(0);
  for (let i = 0; i < blockSize; i += 4) {
    const restored = f32x4.mul(codesAt(i, factor, lowest, highest), step);
    const error = f32x4.sub(v128.load(normalised + ((i as usize) << 2)), restored);
    sums = f32x4.add(sums, f32x4.mul(error, error));
  }
  return total(sums);
}

function squaredNorm(blockSize: i32): f32 {
  let sums = f32x4.splat(0);
  for (let i = 0; i < blockSize; i += 4) {
    const value = v128.load(normalised + ((i as usize) << 2));
    sums = f32x4.add(sums, f32x4.mul(value, value));
  }
  return total(sums);
}
