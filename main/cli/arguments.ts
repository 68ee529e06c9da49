/** Command-line values, checked before anything is started. */
import { text as readAll } from 'node:stream/consumers';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { defaultSampling, samplingSchema, type Sampling } from '../contract/sampling.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const samplingOptions = {
  temperature: { type: 'string' },
  'top-k': { type: 'string' },
  'top-p': { type: 'string' },
  'min-p': { type: 'string' },
  'repetition-penalty': { type: 'string' },
  seed: { type: 'string' },
  'max-tokens': { type: 'string' },
} as const;

export function samplingFrom(values: Partial<Record<keyof typeof samplingOptions, string>>): Sampling {
  const number = (name: keyof typeof samplingOptions): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    const parsed = Number(value);
    if (value.trim() === '' || Number.isNaN(parsed)) throw new UsageError(`--${name} needs a number, not "${value}".`);
    return parsed;
  };
  const parsed = samplingSchema.safeParse({
    temperature: number('temperature') ?? defaultSampling.temperature,
    topK: number('top-k') ?? defaultSampling.topK,
    topP: number('top-p') ?? defaultSampling.topP,
    minP: number('min-p') ?? defaultSampling.minP,
    repetitionPenalty: number('repetition-penalty') ?? defaultSampling.repetitionPenalty,
    seed: number('seed') ?? defaultSampling.seed,
    maxTokens: number('max-tokens') ?? defaultSampling.maxTokens,
  });
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  return parsed.data;
}

/** Where a workbench keeps its data. */
export const dataOption = { data: { type: 'string' } } as const;

/** The one word that a command needs. */
export function onlyPositional(positionals: readonly string[], needed: string): string {
  const [only] = positionals;
  if (only !== undefined && positionals.length === 1) return only;
  throw new UsageError(needed);
}

export function portFrom(value: string | undefined): number {
  const port = Number(value ?? '0');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(`--port needs a number from 0 to 65535, not "${value}".`);
}

/** `null` where the option is left out. */
export function wholeNumber(name: string, value: string | undefined, least: number, most = Infinity): number | null {
  if (value === undefined) return null;
  const parsed = Number(value);
  if (value.trim() !== '' && Number.isInteger(parsed) && parsed >= least && parsed <= most) return parsed;
  const range = most === Infinity ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} needs a whole number ${range}, not "${value}".`);
}

/** The words of the command line, or standard input where there are none or `-`. */
export async function textFrom(positionals: readonly string[]): Promise<string> {
  const words = positionals.join(' ');
  if (words !== '' && words !== '-') return words;
  if (positionals.length === 0 && process.stdin.isTTY) {
    throw new WorkbenchError('PROMPT_EMPTY', 'There is no text.', {
      action: 'Give it in quotation marks, or pipe it into standard input.',
    });
  }
  return readAll(process.stdin);
}
