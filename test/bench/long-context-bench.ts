/**
 * Long prompts: 32,000 tokens on the embedded model with its positions extended to Lucie's context (what it says there means nothing;
 * what it costs does), and 8,192 on layers of Lucie-7B's shape. Prefilling in chunks, the longest of them (how long a
 * cancellation waits), decoding at the end, and opening the sequence again from the disk.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../main/engine/engine.ts';
import { defaultSampling } from '../../main/contract/sampling.ts';
import { conversationSequences, demoModelFolder } from '../../native-models/demo/sequences.ts';
import { exportForTarget } from '../../native-models/export-target.ts';
import type { BenchOptions } from './bench-options.ts';
import { markdownTable, type Row } from './measure.ts';
import { benchModel } from './peers/bench-models.ts';

const generated = 16;

const lucieLength = 8_192;

export async function longContextBench({ models, model, layers = 8 }: BenchOptions): Promise<string> {
  const rows = model === 'lucie' ? [] : await longDemo();
  if (model !== 'demo') {
    const { block128 } = await benchModel(models ?? join(tmpdir(), 'lucie-bench-models'), layers, [128]);
    rows.push(...(await measured(`Lucie-7B's shape, ${layers} layers`, block128, lucieLength)));
  }
  return markdownTable(rows);
}

async function longDemo(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lucie-long-'));
  try {
    const source = join(folder, 'source');
    await cp(demoModelFolder, source, { recursive: true, filter: (path) => !path.endsWith('onnx') });
    const config = JSON.parse(await readFile(join(source, 'config.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(source, 'config.json'), JSON.stringify({ ...config, max_position_embeddings: 32_000 }));
    await exportForTarget({
      sourceFolder: source,
      outputFolder: join(folder, 'model'),
      target: 'cpu',
      calibrationSequences: conversationSequences,
      verification: 'skip',
    });
    return await measured('demo shape', join(folder, 'model'), 32_000 - generated - 1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(name: string, modelFolder: string, length: number): Promise<Row[]> {
  const caches = await mkdtemp(join(tmpdir(), 'lucie-caches-'));
  try {
    const engine = new Engine();
    await engine.keepCaches(caches);
    const { vocabularySize } = await engine.load(modelFolder, 'cpu');
    const promptIds = Array.from({ length }, (_, i) => 300 + ((i * 7_919) % (vocabularySize - 300)));
    const first = await run(engine, promptIds);
    await engine.unload();
    await engine.load(modelFolder, 'cpu');
    const again = await run(engine, promptIds);
    await engine.unload();
    const figure = (what: string, value: number, unit: string): Row => {
      return { what: `${name}, ${length} tokens: ${what}`, median: value, minimum: value, maximum: value, unit };
    };
    return [
      figure('prefill', first.prefillMs / 1_000, 's'),
      figure('longest run of the prefill', first.longestRunMs, 'ms'),
      figure('decode after it', first.decodeMs / (generated - 1), 'ms/token'),
      figure('first token when opened again from the disk', again.firstTokenMs, 'ms'),
      figure('tokens reused then', again.reusedTokens, 'tokens'),
      figure('memory at its peak', process.resourceUsage().maxRSS / 2 ** 20, 'GB'),
    ];
  } finally {
    await rm(caches, { recursive: true, force: true });
  }
}

async function run(engine: Engine, promptIds: number[]) {
  const sampling = { ...defaultSampling, temperature: 0, maxTokens: generated };
  let longestRunMs = 0;
  let before = performance.now();
  for await (const event of await engine.generate({ generationId: 'long', promptIds, sampling, drafts: false })) {
    const now = performance.now();
    if (event.type === 'prefill' && event.progress.done > 0) longestRunMs = Math.max(longestRunMs, now - before);
    before = now;
    if (event.type !== 'end') continue;
    const { prefillMs, decodeMs, timeToFirstTokenMs: firstTokenMs, reusedTokens } = event.statistics;
    return { prefillMs, decodeMs, firstTokenMs, reusedTokens, longestRunMs };
  }
  throw new Error('The generation ended without statistics.');
}
