/** Typed arrays with more room: at least `wanted` elements, and at least half as many again as before. */
export function grownInt32(array: Int32Array<ArrayBuffer>, wanted: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(roomFor(array.length, wanted));
  grown.set(array);
  return grown;
}

export function grownUint16(array: Uint16Array<ArrayBuffer>, wanted: number): Uint16Array<ArrayBuffer> {
  const grown = new Uint16Array(roomFor(array.length, wanted));
  grown.set(array);
  return grown;
}

export function grownUint8(array: Uint8Array<ArrayBuffer>, wanted: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(roomFor(array.length, wanted));
  grown.set(array);
  return grown;
}

function roomFor(now: number, wanted: number): number {
  return Math.max(wanted, now + (now >>> 1));
}
