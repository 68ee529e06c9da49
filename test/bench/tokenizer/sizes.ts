/** Texts of 1, 10 and 100 MB through the slices: the cost of a megabyte, the first slice, and the memory that is held meanwhile. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FastEncoder } from '../../../main/tokenizer/index.ts';
import { summarise, type Row } from '../measure.ts';

const megabytes = [1, 10, 100];

/** `sample` is repeated until the text is long enough. */
export function sizeRows(folder: string, sample: string): Row[] {
  const json = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as object;
  const encoder = FastEncoder.from(json);
  if (encoder === null) throw new Error(`${folder} has no tokenizer of Lucie's family.`);
  for (const _ of encoder.encodeInSlices(sample.slice(0, 1_000_000)));
  return [...megabytes.flatMap((size) => rowsOf(encoder, size, sample)), ...withoutBorders(encoder)];
}

function rowsOf(encoder: FastEncoder, size: number, sample: string): Row[] {
  const text = textOf(sample, size * 1e6);
  const speeds: number[] = [];
  const firsts: number[] = [];
  const held: number[] = [];
  for (let round = 0; round < (size > 10 ? 2 : 5); round++) {
    const before = memory();
    let highest = before;
    const begun = performance.now();
    let first: number | null = null;
    for (const slice of encoder.encodeInSlices(text)) {
      first ??= performance.now() - begun;
      if (slice.start % 64 === 0) highest = Math.max(highest, memory());
    }
    speeds.push(Buffer.byteLength(text) / 1e3 / (performance.now() - begun));
    firsts.push(first ?? Number.NaN);
    held.push(Math.max(highest, memory()) - before);
  }
  return [
    summarise(`${size} MB in slices`, 'MB/s', speeds),
    summarise(`${size} MB in slices: first slice`, 'ms', firsts),
    summarise(`${size} MB in slices: memory above that before`, 'MB', held),
  ];
}

/** The worst case for byte pair encoding: one chunk. */
function withoutBorders(encoder: FastEncoder): Row[] {
  return [100_000, 1_000_000].map((length) => {
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(length / 26);
    const times = Array.from({ length: 3 }, () => {
      const begun = performance.now();
      encoder.encodeIds(text);
      return performance.now() - begun;
    });
    return summarise(`${length / 1e6} MB of letters without a space`, 'ms', times);
  });
}

function textOf(sample: string, units: number): string {
  return sample.repeat(Math.ceil(units / sample.length)).slice(0, units);
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
