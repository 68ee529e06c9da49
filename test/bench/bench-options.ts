/** What can be said to the benches on the command line; each takes what concerns it. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Of the synthetic model. */
  readonly layers?: number;
  /** Only this model: `lucie` or `demo`. */
  readonly model?: 'lucie' | 'demo';
  /** The folder in which models are kept for later runs. */
  readonly models?: string;
  readonly rounds?: number;
  /** Only these, with commas between them. */
  readonly runtimes?: string;
}

/** Throws where a value is none. */
export function parseBenchArguments(values: readonly string[]): { names: string[]; options: BenchOptions } {
  const { values: found, positionals } = parseArgs({
    args: [...values],
    allowPositionals: true,
    options: {
      layers: { type: 'string' },
      model: { type: 'string' },
      models: { type: 'string' },
      rounds: { type: 'string' },
      runtimes: { type: 'string' },
    },
  });
  const { layers, model, models, rounds, runtimes } = found;
  if (model !== undefined && model !== 'lucie' && model !== 'demo') throw new Error('--model is lucie or demo.');
  return {
    names: positionals,
    options: {
      ...(layers === undefined ? {} : { layers: count('--layers', layers) }),
      ...(rounds === undefined ? {} : { rounds: count('--rounds', rounds) }),
      ...(model === undefined ? {} : { model }),
      ...(models === undefined ? {} : { models }),
      ...(runtimes === undefined ? {} : { runtimes }),
    },
  };
}

function count(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${name} takes a whole number above 0, not "${value}".`);
}
