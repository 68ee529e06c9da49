/** Resident memory over many loads and many answers, with our code and without it, each in a fresh process. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { summarise, type Row } from './measure.ts';

const child = join(import.meta.dirname, 'leak/leak-child.ts');
const runs = [
  { kind: 'plain-load', cycles: 200, what: '200 loads and releases, ONNX Runtime alone' },
  { kind: 'engine-load', cycles: 200, what: '200 loads and unloads, engine' },
  { kind: 'plain-generation', cycles: 2_000, what: '2,000 answers of 16 tokens, ONNX Runtime alone' },
  { kind: 'engine-generation', cycles: 2_000, what: '2,000 answers of 16 tokens, engine' },
];

/**
 * V8's young generation grows with the garbage that each cycle leaves, here from 24 to 150 MB, and stays so: memory that is resident
 * but not lost. Held small, it leaves what would really grow.
 */
const nodeOptions = ['--max-semi-space-size=2'];

/** Three rows a run: the memory along the way, and how much more there is at the end than after a warm-up of 10, and than early on. */
export async function leakBench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { kind, cycles, what } of runs) {
    const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, child, kind, String(cycles)]);
    const megabytes = z
      .array(z.number())
      .parse(JSON.parse(stdout))
      .map((bytes) => bytes / 1e6);
    const growth = (from: number) => ((megabytes.at(-1) ?? Number.NaN) / (megabytes[from] ?? Number.NaN) - 1) * 100;
    rows.push(summarise(`${what}: resident`, 'MB', megabytes));
    rows.push(summarise(`${what}: growth after 10`, '%', [growth(0)]));
    rows.push(summarise(`${what}: growth after a tenth`, '%', [growth(1)]));
    console.log(`${what}: ${megabytes.map((value) => value.toFixed(0)).join(' ')} MB`);
  }
  return rows;
}
