/**
 * Columns of numbers as text: a text of a megabyte has 300,000 tokens, and checking as many numbers one by one at every border costs
 * more than cutting the text. Little-endian, in base64 (RFC 4648, section 4).
 */
import { z } from 'zod';

export const packedNumbersSchema = z.base64();

const bytesPerCall = 32_768;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += bytesPerCall) {
    binary += String.fromCharCode(...bytes.subarray(start, start + bytesPerCall));
  }
  return btoa(binary);
}

function toBytes(packed: string): Uint8Array<ArrayBuffer> {
  const binary = atob(packed);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function packBytes(values: Uint8Array): string {
  return toBase64(values);
}

export function unpackBytes(packed: string): Uint8Array<ArrayBuffer> {
  return toBytes(packed);
}

/** Whole numbers from 0 to 2^16 - 1. */
export function packUint16(values: Uint16Array): string {
  return toBase64(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function unpackUint16(packed: string): Uint16Array<ArrayBuffer> {
  return new Uint16Array(toBytes(packed).buffer);
}

/** Whole numbers from 0 to 2^32 - 1. */
export function packUint32(values: Uint32Array): string {
  return toBase64(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function unpackUint32(packed: string): Uint32Array<ArrayBuffer> {
  return new Uint32Array(toBytes(packed).buffer);
}
