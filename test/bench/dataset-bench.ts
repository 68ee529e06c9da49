/** Opening, paging and searching a generated JSON-lines file and the shipped parquet sample, in this process. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenDatasets } from '../../main/dataset/open-datasets.ts';
import { embedded } from '../fixtures/workbench.ts';
import { summarise, timed, type Row } from './measure.ts';

const rounds = 5;
const lineCount = 100_000;

export async function datasetBench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-bench-'));
  try {
    const lines = await writeLines(join(folder, 'lines.jsonl'));
    return [
      ...(await measure('sample parquet', embedded.sampleDataset)),
      ...(await measure(`${lineCount} JSON lines`, lines)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(name: string, path: string): Promise<Row[]> {
  const datasets = new OpenDatasets();
  const opening = await timed(rounds, async () => datasets.close((await datasets.open(path)).id));
  const { id, rowCount } = await datasets.open(path);
  const offset = Math.floor(rowCount / 2);
  const paging = await timed(rounds, () => datasets.page(id, offset, 50, 160));
  const finding = await timed(rounds, () => findNothing(datasets, id));
  await datasets.close(id);
  return [
    summarise(`${name}: open`, 'ms', opening),
    summarise(`${name}: 50 rows in the middle`, 'ms', paging),
    summarise(`${name}: find a word that is nowhere`, 'ms', finding),
  ];
}

/** Reads and folds every text of the file. */
async function findNothing(datasets: OpenDatasets, datasetId: string): Promise<void> {
  const input = { datasetId, text: 'nulle part', column: 'text', from: 0, limit: 1 };
  for await (const event of await datasets.find(input)) {
    if (event.type === 'hit') throw new Error(`Row ${event.hit.row} holds a word that is nowhere.`);
  }
}

async function writeLines(path: string): Promise<string> {
  const stream = createWriteStream(path);
  for (let row = 0; row < lineCount; row++) {
    const line = JSON.stringify({
      id: String(row),
      language: 'fr',
      text: `Ligne ${row} : la mer est très haute. `.repeat(10),
    });
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return path;
}
