/** Decoding and prefilling with the embedded model, in the engine process's own code but without the process. */
import { Engine } from '../../main/engine/engine.ts';
import type { GenerationStatistics } from '../../main/contract/engine.ts';
import { defaultSampling } from '../../main/contract/sampling.ts';
import { embedded } from '../fixtures/workbench.ts';
import { summarise, timed, type Row } from './measure.ts';

const rounds = 7;

export async function engineBench(): Promise<Row[]> {
  const engine = new Engine();
  const loads = await timed(rounds, () => engine.load(embedded.modelFolder, 'cpu'));
  const question = 'Qui es-tu ?';
  const { ids } = await engine.encodeChat([{ role: 'user', text: question }], true);
  const filler = 'Je vous écris une longue lettre au sujet de la mer et du ciel. '.repeat(40);
  const { ids: longIds } = await engine.encodeChat([{ role: 'user', text: filler }], true);
  const decoding: number[] = [];
  const prefilling: number[] = [];
  const firstTokens: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const short = await statistics(engine, ids);
    decoding.push((short.generatedTokens * 1_000) / short.decodeMs);
    firstTokens.push(short.timeToFirstTokenMs);
    const long = await statistics(engine, [...longIds.slice(0, 1), 300 + round, ...longIds.slice(1)]);
    prefilling.push((long.prefilledTokens * 1_000) / long.prefillMs);
  }
  await engine.unload();
  return [
    summarise('load the demo model', 'ms', loads),
    summarise(`first token, ${ids.length} prompt tokens`, 'ms', firstTokens),
    summarise('decode, batch 1', 'tokens/s', decoding),
    summarise(`prefill, ${longIds.length} tokens`, 'tokens/s', prefilling),
  ];
}

async function statistics(engine: Engine, promptIds: number[]): Promise<GenerationStatistics> {
  const sampling = { ...defaultSampling, temperature: 0, maxTokens: 32 };
  for await (const event of await engine.generate({ generationId: 'bench', promptIds, sampling })) {
    if (event.type === 'end') return event.statistics;
  }
  throw new Error('The generation ended without statistics.');
}
