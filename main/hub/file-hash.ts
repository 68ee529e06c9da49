/**
 * The digest that the hub lists for a file, ready to be fed its bytes. A git blob's SHA-1 covers a header with its length
 * (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).
 */
import { createHash, type Hash } from 'node:crypto';
import type { HubFile } from './list-files.ts';

export function startHash({ byteLength, hash }: HubFile): Hash {
  if (hash.algorithm === 'sha256') return createHash('sha256');
  return createHash('sha1').update(`blob ${byteLength}\0`);
}
