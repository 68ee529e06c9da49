/** The measurement itself: stages of growing conversations, each contestant in turn, one of them busy at a time. */
import { join } from 'node:path';
import { BenchProcess } from '../bench-process.ts';
import type { Contestant } from './contestants.ts';
import { ForeignLoad } from './foreign-load.ts';
import { randomIds } from './random-ids.ts';
import { Figure } from './rounds.ts';
import type { RuntimeRequest } from './runtime-protocol.ts';
import { undisturbed, untilQuiet } from './undisturbed.ts';

/** A conversation begins with `prompt` tokens, is measured to its first token, and grows to `context`, where decoding is measured. */
export interface Stage {
  readonly prompt: number;
  readonly context: number;
}

export interface PeersPlan {
  readonly stages: readonly Stage[];
  readonly vocabularySize: number;
  readonly contextSize: number;
  /** Of loading and of first tokens. */
  readonly rounds: number;
  readonly onProgress: (what: string) => void;
}

export interface PeersFigures {
  readonly load: Figure;
  /** One for each stage. */
  readonly firstTokens: readonly Figure[];
  readonly decoding: readonly Figure[];
  /** Milliseconds to the first token of a second turn after the longest prompt, and that as a share of the first turn's. */
  readonly secondTurn: Figure;
  readonly secondTurnShare: Figure;
  readonly peakMemory: Figure;
  /** Of one core, over everything that was measured. */
  readonly foreign: Figure;
}

type RuntimeProcess = BenchProcess<RuntimeRequest>;

const childModule = join(import.meta.dirname, 'runtime-child.ts');
const decodeRounds = 5;
const stepsPerRound = 8;
const secondTurnTokens = 32;

export async function measurePeers(contestants: readonly Contestant[], plan: PeersPlan): Promise<PeersFigures> {
  const race = new Race(contestants, plan);
  try {
    for (let round = 0; round < plan.rounds; round++) await race.load();
    for (const [index, stage] of plan.stages.entries()) await race.run(stage, index);
    return await race.finish();
  } finally {
    await race.close();
  }
}

class Race {
  readonly #contestants: readonly Contestant[];
  readonly #plan: PeersPlan;
  readonly #running = new Map<Contestant, RuntimeProcess>();
  readonly #figures: PeersFigures;
  #seed = 0;

  constructor(contestants: readonly Contestant[], plan: PeersPlan) {
    this.#contestants = contestants;
    this.#plan = plan;
    this.#figures = {
      load: new Figure('load', 'ms'),
      firstTokens: plan.stages.map(({ prompt }) => new Figure(`first token after ${prompt} tokens`, 'ms')),
      decoding: plan.stages.map(({ context }) => new Figure(`decode at ${context} tokens`, 'ms/token')),
      secondTurn: new Figure(`second turn of ${secondTurnTokens} tokens: first token`, 'ms'),
      secondTurnShare: new Figure('second turn / first turn', ''),
      peakMemory: new Figure('peak memory of the process', 'GB'),
      foreign: new Figure('used by others meanwhile', 'cores'),
    };
  }

  /** Everyone once, each in a new process; the last ones stay. */
  async load(): Promise<void> {
    const { contextSize } = this.#plan;
    for (const contestant of this.#contestants) {
      const { modelPath, threads } = contestant;
      await this.#running.get(contestant)?.close();
      await untilQuiet(new ForeignLoad([]));
      const runtime = new BenchProcess<RuntimeRequest>(childModule, [contestant.runtime]);
      this.#running.set(contestant, runtime);
      const milliseconds = await runtime.value({ do: 'load', modelPath, threads, contextSize });
      this.#figures.load.add(contestant.name, milliseconds);
    }
  }

  async run({ prompt, context }: Stage, index: number): Promise<void> {
    const { stages, rounds } = this.#plan;
    const isLast = index === stages.length - 1;
    for (let round = 0; round < rounds; round++) {
      for (const contestant of this.#contestants) {
        const { first, second } = await this.#undisturbed(contestant, (runtime) =>
          this.#turns(runtime, prompt, isLast),
        );
        this.#figures.firstTokens[index]?.add(contestant.name, first);
        const turns = second === null ? '' : `, second turn ${second.toFixed(0)} ms`;
        this.#plan.onProgress(`${contestant.title}: ${prompt} tokens ${first.toFixed(0)} ms${turns}`);
        if (second === null) continue;
        this.#figures.secondTurn.add(contestant.name, second);
        this.#figures.secondTurnShare.add(contestant.name, second / first);
      }
    }
    // So that the middle of what is decoded lies at `context`.
    const begun = prompt + 1 + (isLast ? stepsPerRound + 1 + secondTurnTokens + 1 : 0);
    const missing = context - Math.floor((decodeRounds * (stepsPerRound + 1)) / 2) - begun - 1;
    if (missing > 0) {
      for (const contestant of this.#contestants) {
        await this.#runtimeOf(contestant).request({ do: 'turn', ids: this.#ids(missing) });
      }
    }
    for (let round = 0; round < decodeRounds; round++) {
      for (const contestant of this.#contestants) {
        const times = await this.#undisturbed(contestant, (runtime) =>
          runtime.request({ do: 'decode', steps: stepsPerRound }),
        );
        const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
        this.#figures.decoding[index]?.add(contestant.name, mean);
        this.#plan.onProgress(`${contestant.title}: ${mean.toFixed(1)} ms/token at ${context}`);
      }
    }
  }

  async finish(): Promise<PeersFigures> {
    for (const contestant of this.#contestants) {
      const bytes = await this.#runtimeOf(contestant).value({ do: 'peak-memory' });
      this.#figures.peakMemory.add(contestant.name, bytes / 1e9);
    }
    return this.#figures;
  }

  async close(): Promise<void> {
    for (const runtime of this.#running.values()) await runtime.close();
  }

  /** A new conversation, and where it is asked for a second turn of it. */
  async #turns(runtime: RuntimeProcess, prompt: number, both: boolean) {
    const first = await runtime.value({ do: 'begin', ids: this.#ids(prompt) });
    if (!both) return { first, second: null };
    await runtime.request({ do: 'decode', steps: stepsPerRound });
    return { first, second: await runtime.value({ do: 'turn', ids: this.#ids(secondTurnTokens) }) };
  }

  async #undisturbed<Result>(contestant: Contestant, measure: (runtime: RuntimeProcess) => Promise<Result>) {
    const load = new ForeignLoad([...this.#running.values()].map(({ pid }) => pid));
    const { result, foreign } = await undisturbed(load, () => measure(this.#runtimeOf(contestant)));
    this.#figures.foreign.add(contestant.name, foreign);
    return result;
  }

  #runtimeOf(contestant: Contestant): RuntimeProcess {
    const runtime = this.#running.get(contestant);
    if (runtime === undefined) throw new Error(`${contestant.title} is not loaded.`);
    return runtime;
  }

  /** Others every time: nothing of an earlier conversation can be reused. */
  #ids(count: number): number[] {
    return randomIds(++this.#seed, count, this.#plan.vocabularySize);
  }
}
