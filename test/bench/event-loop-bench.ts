/**
 * How long the main process is held up while answers stream into it from the engine process: the windows, the history and the
 * command line wait for its event loop. Every token is a message with its alternatives; the embedded model sends them fastest.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { entryFiles } from '../../main/app/index.ts';
import { defaultSampling } from '../../main/contract/sampling.ts';
import { silentLogger } from '../../main/logger/index.ts';
import { ModelService, type EngineClient } from '../../main/models/index.ts';
import { launchNodeProcess } from '../../main/process/index.ts';
import { embedded, sourceEntry } from '../fixtures/workbench.ts';
import { summarise, type Row } from './measure.ts';

const rounds = 5;
const roundMs = 3_000;

interface Delays {
  readonly mean: number;
  readonly p99: number;
  readonly max: number;
}

export async function eventLoopBench(): Promise<Row[]> {
  const launch = launchNodeProcess(entryFiles(sourceEntry).serviceModules, silentLogger);
  const models = new ModelService({
    embeddedFolder: embedded.modelFolder,
    userFolders: () => [],
    launch,
    logger: silentLogger,
  });
  try {
    const { engine } = await models.ready();
    const { ids } = await engine.encodeChat({
      turns: [{ role: 'user', text: 'Raconte-moi la mer. '.repeat(60) }],
      addGenerationPrompt: true,
    });
    const idle: Delays[] = [];
    const streaming: Delays[] = [];
    const rates: number[] = [];
    await stream(engine, ids, 500);
    for (let round = 0; round < rounds; round++) {
      idle.push(await delays(() => wait(roundMs)));
      streaming.push(await delays(async () => rates.push(await stream(engine, ids, roundMs))));
    }
    return [
      summarise('tokens through the process port', 'tokens/s', rates),
      ...rowsOf('idle', idle),
      ...rowsOf('streaming', streaming),
    ];
  } finally {
    await models.stop();
  }
}

/** Answers one after another, prefilled and decoded, for so long. Tokens a second. */
async function stream(engine: EngineClient, ids: readonly number[], forMs: number): Promise<number> {
  const begun = performance.now();
  let tokens = 0;
  for (let answer = 0; performance.now() < begun + forMs; answer++) {
    // Another token near the start: the prompt is read anew.
    const promptIds = [...ids.slice(0, 1), 300 + (answer % 1_000), ...ids.slice(1)];
    const sampling = { ...defaultSampling, temperature: 1, seed: answer };
    for await (const event of await engine.generate({ generationId: `answer-${answer}`, promptIds, sampling })) {
      if (event.type === 'token') tokens++;
    }
  }
  return (tokens * 1_000) / (performance.now() - begun);
}

/** Milliseconds. The histogram holds the interval between two looks, the resolution included: it is taken off. */
async function delays(during: () => Promise<unknown>): Promise<Delays> {
  const resolution = 1;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  await during();
  histogram.disable();
  const beyond = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
  return { mean: beyond(histogram.mean), p99: beyond(histogram.percentile(99)), max: beyond(histogram.max) };
}

function rowsOf(name: string, found: readonly Delays[]): Row[] {
  return (['mean', 'p99', 'max'] as const).map((which) =>
    summarise(
      `event loop delay of the main process, ${name}: ${which}`,
      'ms',
      found.map((each) => each[which]),
    ),
  );
}
