/** The options of the command line that say how tokens are chosen, as the contract's sampling values. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { defaultSampling, samplingSchema, type Grammar, type Sampling } from '../contract/sampling.ts';
import { UsageError } from './arguments.ts';

const numberOptions = {
  temperature: 'temperature',
  'top-k': 'topK',
  'top-p': 'topP',
  'min-p': 'minP',
  'typical-p': 'typicalP',
  'repetition-penalty': 'repetitionPenalty',
  'frequency-penalty': 'frequencyPenalty',
  'presence-penalty': 'presencePenalty',
  seed: 'seed',
  'max-tokens': 'maxTokens',
} as const satisfies Record<string, keyof Sampling>;

export const samplingOptions = {
  temperature: { type: 'string' },
  'top-k': { type: 'string' },
  'top-p': { type: 'string' },
  'min-p': { type: 'string' },
  'typical-p': { type: 'string' },
  'repetition-penalty': { type: 'string' },
  'frequency-penalty': { type: 'string' },
  'presence-penalty': { type: 'string' },
  'logit-bias': { type: 'string', multiple: true },
  ban: { type: 'string', multiple: true },
  stop: { type: 'string', multiple: true },
  'json-schema': { type: 'string' },
  regex: { type: 'string' },
  grammar: { type: 'string' },
  seed: { type: 'string' },
  'max-tokens': { type: 'string' },
} as const;

export type SamplingValues = {
  [Name in keyof typeof samplingOptions]?: (typeof samplingOptions)[Name] extends { multiple: true }
    ? string[]
    : string;
};

/** @throws UsageError; reads the files that `--json-schema` and `--grammar` name */
export async function samplingFrom(values: SamplingValues): Promise<Sampling> {
  const numbers: Partial<Record<keyof Sampling, number>> = {};
  for (const [option, name] of Object.entries(numberOptions) as [keyof typeof numberOptions, keyof Sampling][]) {
    const value = values[option];
    if (value !== undefined) numbers[name] = numberFrom(option, value);
  }
  const parsed = samplingSchema.safeParse({
    ...defaultSampling,
    ...numbers,
    logitBias: Object.fromEntries((values['logit-bias'] ?? []).map(biasFrom)),
    bannedStrings: values.ban ?? [],
    stopStrings: values.stop ?? [],
    grammar: await grammarFrom(values),
  });
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  return parsed.data;
}

function numberFrom(option: string, value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || Number.isNaN(parsed)) throw new UsageError(`--${option} needs a number, not "${value}".`);
  return parsed;
}

/** `ID=VALUE`. */
function biasFrom(text: string): [string, number] {
  const [, id, value] = /^(\d+)=(.+)$/.exec(text) ?? [];
  if (id === undefined || value === undefined) throw new UsageError(`--logit-bias needs ID=VALUE, not "${text}".`);
  return [String(Number(id)), numberFrom('logit-bias', value)];
}

async function grammarFrom({ 'json-schema': schema, regex, grammar }: SamplingValues): Promise<Grammar | null> {
  if ([schema, regex, grammar].filter((value) => value !== undefined).length > 1) {
    throw new UsageError('Only one of --json-schema, --regex and --grammar can be given.');
  }
  if (schema !== undefined) {
    const isInline = schema.trimStart().startsWith('{');
    return { type: 'json-schema', source: isInline ? schema : await readNamed('json-schema', schema) };
  }
  if (regex !== undefined) return { type: 'regex', source: regex };
  return grammar === undefined ? null : { type: 'gbnf', source: await readNamed('grammar', grammar) };
}

async function readNamed(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--${option}: ${path} cannot be read.`, { cause });
  }
}
