/** Columns of numbers as text, the way `main/contract/packed-numbers.ts` reads them: with Node's own base64, ten times as fast as `btoa`. */

/** 8 bits each. */
export function packBytes({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Whole numbers from 0 to 2^16 - 1. */
export function packUint16({ buffer, byteOffset, byteLength }: Uint16Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** Whole numbers from 0 to 2^32 - 1, little-endian as every machine that the workbench runs on. */
export function packUint32({ buffer, byteOffset, byteLength }: Uint32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
