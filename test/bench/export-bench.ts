/**
 * Converting a whole checkpoint of Lucie-7B's shape, beside plain reading of the same files. Needs 20 GB of disk, which are free
 * again afterwards; `LUCIE_BENCH_LAYERS=4` makes it a matter of seconds.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readSync, closeSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lucieLayers, writeSyntheticCheckpoint } from './export/synthetic-checkpoint.ts';
import { summarise, type Row } from './measure.ts';

interface Cost {
  seconds: number;
  verifySeconds: number;
  peakBytes: number;
  cpuSeconds: number;
}

/** How often each target is measured. */
const rounds = { cpu: 3, both: 1 } as const;

export async function exportBench(): Promise<Row[]> {
  const layers = Number(process.env.LUCIE_BENCH_LAYERS ?? lucieLayers);
  const folder = mkdtempSync(join(process.env.LUCIE_BENCH_FOLDER ?? tmpdir(), 'lucie-export-'));
  process.once('SIGINT', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
  try {
    const source = join(folder, 'source');
    const bytes = await writeSyntheticCheckpoint(source, layers);
    const rows: Row[] = [];
    for (const target of ['cpu', 'both'] as const) {
      const reading: number[] = [];
      const converting: Cost[] = [];
      for (let round = 0; round < rounds[target]; round++) {
        reading.push(readAll(source));
        converting.push(convert(source, join(folder, 'output'), target));
      }
      const of = (pick: (cost: Cost) => number) => converting.map(pick);
      const name = `${layers} layers, ${(bytes / 1e9).toFixed(1)} GB, ${target}`;
      rows.push(
        summarise(
          `${name}: conversion`,
          's',
          of(({ seconds }) => seconds),
        ),
        summarise(
          `${name}: input`,
          'MB/s',
          of(({ seconds }) => bytes / 1e6 / seconds),
        ),
        summarise(
          `${name}: verification after it`,
          's',
          of(({ verifySeconds }) => verifySeconds),
        ),
        summarise(
          `${name}: processor time`,
          's',
          of(({ cpuSeconds }) => cpuSeconds),
        ),
        summarise(
          `${name}: peak memory`,
          'MB',
          of(({ peakBytes }) => peakBytes / 1e6),
        ),
        summarise(`${name}: plain reading`, 's', reading),
        summarise(
          `${name}: conversion / plain reading`,
          '',
          converting.map(({ seconds }, round) => seconds / (reading[round] as number)),
        ),
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function convert(source: string, output: string, target: string): Cost {
  const child = join(import.meta.dirname, 'export', 'convert-child.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, source, output, target], { encoding: 'utf8' });
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) throw new Error(`The conversion ended with code ${status}: ${stderr}`);
  return JSON.parse(stdout) as Cost;
}

/** Seconds. */
function readAll(folder: string): number {
  const buffer = Buffer.allocUnsafe(8 << 20);
  const begun = performance.now();
  for (const name of readdirSync(folder)) {
    const file = openSync(join(folder, name), 'r');
    for (let left = statSync(join(folder, name)).size; left > 0;) left -= readSync(file, buffer);
    closeSync(file);
  }
  return (performance.now() - begun) / 1_000;
}
