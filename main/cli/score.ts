/** `lucie score`: how probable a text is, token by token, or which of several continuations of it is the most probable. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { mostAlternatives, type ScoredToken, type ScoreSummary, type ScoringWindow } from '../contract/scoring.ts';
import { embeddedModelId, scoreContinuations, scoreText } from '../models/index.ts';
import { textFrom, UsageError, wholeNumber } from './arguments.ts';
import { withModels } from './engine-only.ts';
import { interruptible } from './interruptible.ts';

const options = {
  file: { type: 'string' },
  top: { type: 'string' },
  window: { type: 'string' },
  stride: { type: 'string' },
  continuation: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  model: { type: 'string' },
} as const;

export async function score(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const topK = wholeNumber('top', values.top, 0, mostAlternatives) ?? 3;
  const window = windowFrom(values.window, values.stride);
  if (values.file !== undefined && positionals.length > 0) throw new UsageError('Give a text or --file, not both.');
  if (values.continuation !== undefined && window !== null) throw new UsageError('--continuation takes no --window.');
  const text = values.file === undefined ? await textFrom(positionals) : await readText(values.file);
  return withModels(entry, async (models) => {
    await models.load(values.model ?? embeddedModelId);
    return interruptible(async ({ signal, onProgress }) => {
      if (values.continuation !== undefined) {
        const input = { text, continuations: values.continuation, topK };
        const events = await scoreContinuations(models, input, signal);
        for await (const event of events) {
          if (event.type === 'progress') onProgress(event.progress);
          if (event.type === 'continuation') write(values.json ? JSON.stringify(event.score) : row(event.score));
          if (event.type === 'end' && !event.isComplete) return 130;
        }
        return 0;
      }
      for await (const event of await scoreText(models, { text, topK, window }, signal)) {
        if (event.type === 'tokens') {
          for (const token of event.tokens) write(values.json ? JSON.stringify(token) : line(token));
          onProgress(event.progress);
          continue;
        }
        if (values.json) write(JSON.stringify(event.summary));
        else process.stderr.write(`${summaryLine(event.summary)}\n`);
        if (!event.isComplete) return 130;
      }
      return 0;
    });
  });
}

function windowFrom(window: string | undefined, stride: string | undefined): ScoringWindow | null {
  const length = wholeNumber('window', window, 2);
  if (length === null) {
    if (stride !== undefined) throw new UsageError('--stride needs --window.');
    return null;
  }
  return { length, stride: wholeNumber('stride', stride, 1, length - 1) ?? Math.floor(length / 2) };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new WorkbenchError('FILE_UNREADABLE', `${path} cannot be read: ${String(cause)}`, {
      action: 'Name a text file in UTF-8.',
      details: { path },
      cause,
    });
  });
}

/** id, piece, log-probability, rank, entropy, and the most probable tokens in its place. */
function line({ id, piece, logProbability, rank, entropy, alternatives }: ScoredToken): string {
  const others = alternatives.map((other) => `${JSON.stringify(other.piece)} ${other.logProbability.toFixed(3)}`);
  const numbers = [number(logProbability), rank ?? '–', number(entropy)];
  return [id, JSON.stringify(piece), ...numbers, others.join(', ')].join('\t');
}

/** Log-probability: in all, for each token, character and byte. */
function row(score: {
  text: string;
  logProbability: number;
  perToken: number;
  perCharacter: number | null;
  perByte: number | null;
}): string {
  const { text, logProbability, perToken, perCharacter, perByte } = score;
  return [...[logProbability, perToken, perCharacter, perByte].map(number), JSON.stringify(text)].join('\t');
}

function summaryLine({ scoredTokens, nats, perplexity, bitsPerByte, utf8ByteCount }: ScoreSummary): string {
  return [
    `${scoredTokens} tokens, ${utf8ByteCount} bytes: ${nats.toFixed(3)} nats`,
    `${number(bitsPerByte)} bits/byte`,
    `perplexity ${number(perplexity)} per token`,
  ].join(', ');
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(4);
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
