/**
 * What it saves that nothing is copied out of the runtime (`main/engine/model-session.ts`), and what the second row of a run costs, on
 * Lucie-7B's shape: one session, the kinds of runs in turns. A row alone is not what the engine runs (`row-plan.ts`).
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { KvCache } from '../../main/engine/kv-cache.ts';
import { readModelConfig } from '../../main/engine/model-config.ts';
import { findModelFile } from '../../main/engine/model-files.ts';
import { ModelSession } from '../../main/engine/model-session.ts';
import { sensibleThreadCount } from '../../main/engine/threads.ts';
import type { BenchOptions } from './bench-options.ts';
import { markdownTable, summarise, type Row } from './measure.ts';
import { benchModel } from './peers/bench-models.ts';

const kinds = [
  { what: 'one row, outputs copied', rows: 1, copiesNothing: false },
  { what: 'two rows, outputs copied', rows: 2, copiesNothing: false },
  { what: 'two rows, nothing copied', rows: 2, copiesNothing: true },
  { what: 'four rows, nothing copied', rows: 4, copiesNothing: true },
  { what: 'eight rows, nothing copied', rows: 8, copiesNothing: true },
];

export async function copiesBench({ models, layers = 8, rounds = 9 }: BenchOptions): Promise<string> {
  const { block128 } = await benchModel(models ?? join(tmpdir(), 'lucie-bench-models'), layers, [128]);
  const config = await readModelConfig(block128);
  const session = await ModelSession.open(await findModelFile(block128), {
    device: 'cpu',
    threads: sensibleThreadCount(),
  });
  const table: Row[] = [];
  for (const context of [128, 1_024, 4_096]) {
    const cache = new KvCache(config, 'int8');
    await cache.reserve(context + 8);
    const run = async (rows: number, copiesNothing: boolean): Promise<number> => {
      session.copiesNothing = copiesNothing;
      const begun = performance.now();
      await session.run({
        inputs: {
          input_ids: new Tensor(
            'int64',
            BigInt64Array.from({ length: rows }, (_, i) => BigInt(300 + i)),
            [1, rows],
          ),
          attention_mask: new Tensor('int64', new BigInt64Array(context + rows).fill(1n), [1, context + rows]),
          num_logits_to_keep: new Tensor('int64', [BigInt(rows)], []),
          ...cache.past(),
        },
        present: cache.present(),
        logitsShape: [1, rows, config.vocabularySize],
      });
      return performance.now() - begun;
    };
    const times = kinds.map(() => [] as number[]);
    for (let round = -1; round < rounds; round++) {
      for (const [i, { rows, copiesNothing }] of kinds.entries()) {
        const ms = await run(rows, copiesNothing);
        if (round >= 0) times[i]?.push(ms);
      }
    }
    table.push(...kinds.map(({ what }, i) => summarise(`context ${context}: ${what}`, 'ms', times[i] ?? [])));
  }
  await session.release();
  return markdownTable(table);
}
