/**
 * What a look inside a model costs beside the model, on layers of Lucie-7B's shape: the time of each kind of look, and how far the
 * resident memory of the process rises above that of the loaded model (Linux; pages of mapped weights included).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../main/engine/engine.ts';
import type { BenchOptions } from './bench-options.ts';
import { markdownTable, type Row } from './measure.ts';
import { benchModel } from './peers/bench-models.ts';
import { randomIds } from './peers/random-ids.ts';

export async function inspectionBench({ models, layers = 8 }: BenchOptions): Promise<string> {
  const { block128 } = await benchModel(models ?? join(tmpdir(), 'lucie-bench-models'), layers, [128]);
  const engine = new Engine();
  const { vocabularySize } = await engine.load(block128, 'cpu');
  const { inspections } = engine;
  const rows: Row[] = [];
  const look = async (what: string, events: () => Promise<AsyncIterable<{ type: string }>>): Promise<void> => {
    const before = residentBytes('VmRSS');
    // Resets the peak: proc(5), clear_refs.
    writeFileSync('/proc/self/clear_refs', '5');
    const begun = performance.now();
    let last = '';
    for await (const event of await events()) last = event.type;
    if (last !== 'end') throw new Error(`The look ended with ${last}.`);
    rows.push(row(what, (performance.now() - begun) / 1_000, 's'));
    rows.push(row(`${what}: memory above the model`, (residentBytes('VmHWM') - before) / 2 ** 20, 'MiB'));
  };
  rows.push(row('the loaded model', residentBytes('VmRSS') / 2 ** 20, 'MiB'));
  for (const length of [64, 512]) {
    const ids = randomIds(1, length, vocabularySize);
    const asked = { inspectionId: 'bench', ids };
    await look(`attention of the last layer, ${length} tokens`, () =>
      inspections.attention({ ...asked, layer: layers - 1 }),
    );
    await look(`attention of another layer of it, ${length} tokens`, () =>
      inspections.attention({ ...asked, layer: 0 }),
    );
    if (length === 64)
      await look(`lens of all states, ${length} tokens`, () => inspections.lens({ ...asked, topK: 5 }));
  }
  await look('near tokens', () => inspections.neighbours({ inspectionId: 'bench', id: 300, count: 20 }));
  await look('near tokens again', () => inspections.neighbours({ inspectionId: 'bench', id: 301, count: 20 }));
  return markdownTable(rows);
}

function row(what: string, value: number, unit: string): Row {
  return { what, median: value, minimum: value, maximum: value, unit };
}

function residentBytes(name: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
