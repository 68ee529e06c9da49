/**
 * Columns of numbers as text: a text of a megabyte has 300,000 tokens, and checking as many numbers one by one at every border costs
 * more than cutting the text. Little-endian, in base64 (RFC 4648, section 4).
 */
import { z } from 'zod';

/** Not checked letter by letter, which would cost more than all the rest: what is not base64 does not unpack. */
export const packedNumbersSchema = z.string();

function toBytes(packed: string): Uint8Array<ArrayBuffer> {
  const binary = atob(packed);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** 8 bits each. */
export function unpackBytes(packed: string): Uint8Array<ArrayBuffer> {
  return toBytes(packed);
}

/** Whole numbers from 0 to 2^16 - 1. */
export function unpackUint16(packed: string): Uint16Array<ArrayBuffer> {
  return new Uint16Array(toBytes(packed).buffer);
}

/** Whole numbers from 0 to 2^32 - 1. */
export function unpackUint32(packed: string): Uint32Array<ArrayBuffer> {
  return new Uint32Array(toBytes(packed).buffer);
}
