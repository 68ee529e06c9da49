/**
 * The bytes of a graph file for a walk over it: in memory, or a window of a file of any size. What is skipped is never read, so a
 * graph with gigabytes of weights inside costs no more memory than one without.
 */
import { readSync } from 'node:fs';

export interface GraphBytes {
  readonly length: number;
  /** `at` is below `length`. */
  byte(at: number): number;
  /** A copy of bytes that lie inside. */
  slice(start: number, end: number): Uint8Array;
}

export function memoryBytes(bytes: Uint8Array): GraphBytes {
  return {
    length: bytes.length,
    byte: (at) => bytes[at] as number,
    slice: (start, end) => bytes.slice(start, end),
  };
}

const windowByteLength = 64 << 10;

/** Reads are synchronous: a walk makes a few, and nothing else of the process waits meanwhile. Throws `RangeError` where the file shrinks. */
export function fileBytes(descriptor: number, length: number): GraphBytes {
  const window = new Uint8Array(windowByteLength);
  let begin = 0;
  let end = 0;
  const read = (target: Uint8Array, at: number): number => readSync(descriptor, target, 0, target.length, at);
  return {
    length,
    byte(at) {
      if (at < begin || at >= end) {
        begin = at;
        end = at + read(window, at);
        if (end === begin) throw new RangeError(`The file ends at byte ${at}.`);
      }
      return window[at - begin] as number;
    },
    slice(start, stop) {
      const bytes = new Uint8Array(stop - start);
      let filled = 0;
      while (filled < bytes.length) {
        const count = read(bytes.subarray(filled), start + filled);
        if (count === 0) throw new RangeError(`The file ends at byte ${start + filled}.`);
        filled += count;
      }
      return bytes;
    },
  };
}
