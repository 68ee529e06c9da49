/**
 * Our engine beside llama.cpp and transformers.js, on this machine's processor: the same shape, the same number of threads, each with
 * the file that its own tools make of the same weights. Needs `npm run peers:install`, and for all 32 layers 25 GB of disk and memory.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sensibleThreadCount } from '../../../main/engine/threads.ts';
import type { BenchOptions } from '../bench-options.ts';
import { benchModel, type BlockSize } from './bench-models.ts';
import { contestantNames, contestantOf, type ContestantName } from './contestants.ts';
import { measurePeers, type Stage } from './measure-peers.ts';
import { memoryBandwidth } from './memory-bandwidth.ts';
import { limitTable, peersTable } from './peers-table.ts';

const stages = {
  lucie: [
    { prompt: 128, context: 128 },
    { prompt: 512, context: 1024 },
    { prompt: 2048, context: 4096 },
  ],
  demo: [
    { prompt: 128, context: 128 },
    { prompt: 512, context: 896 },
  ],
} satisfies Record<string, Stage[]>;

export async function peersBench(options: BenchOptions): Promise<string> {
  const threads = sensibleThreadCount();
  const asked = chosen(options.runtimes);
  const before = await memoryBandwidth(threads);
  const sections: string[] = [];
  for (const what of chosenModels(options)) {
    const names =
      asked ?? (what === 'demo' ? contestantNames : contestantNames.filter((name) => name !== 'llama.cpp-1'));
    const folder = options.models ?? join(tmpdir(), 'lucie-bench-models');
    const model = await benchModel(folder, what, blockSizesOf(names));
    const contestants = await Promise.all(names.map((name) => contestantOf(name, model, threads)));
    const modelStages = what === 'demo' ? stages.demo : stages.lucie;
    const figures = await measurePeers(contestants, {
      stages: modelStages,
      vocabularySize: model.shape.vocabularySize,
      contextSize: Math.min(model.shape.contextLength, 4608),
      rounds: options.rounds ?? 3,
      onProgress: (message) =>
        process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${model.name}: ${message}\n`),
    });
    const bandwidth = Math.max(before, await memoryBandwidth(threads));
    sections.push(
      `### ${model.name}`,
      peersTable(contestants, modelStages, figures),
      `Memory read by ${threads} threads: ${(bandwidth / 1e9).toPrecision(3)} GB/s.`,
      limitTable(contestants, modelStages, figures, bandwidth),
    );
  }
  return sections.join('\n\n');
}

function chosenModels({ layers = 8, model }: BenchOptions): ('demo' | number)[] {
  if (model === undefined) return [layers, 'demo'];
  return [model === 'demo' ? 'demo' : layers];
}

function chosen(asked: string | undefined): ContestantName[] | null {
  if (asked === undefined) return null;
  const names = asked.split(',');
  const unknown = names.filter((name) => !contestantNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}; there are ${contestantNames.join(', ')}.`);
  return contestantNames.filter((name) => names.includes(name));
}

/** Blocks of 128 are transformers.js's too, and where the shape is read. */
function blockSizesOf(names: readonly ContestantName[]): BlockSize[] {
  return names.includes('lucie-32') ? [128, 32] : [128];
}
