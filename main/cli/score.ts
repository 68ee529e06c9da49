/** `lucie score`: how probable a text is, token by token, or which of several continuations of it is the most probable. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { mostAlternatives, type ScoringWindow } from '../contract/scoring.ts';
import { embeddedModelId, scoreContinuations, scoreText } from '../models/index.ts';
import { textFrom, UsageError, wholeNumber } from './arguments.ts';
import { withModels } from './engine-only.ts';
import { interruptible } from './interruptible.ts';
import { scoreFormat, scoreOutput } from './score-output.ts';

/** Where standard output is no terminal. */
const widthOfFiles = 80;

const options = {
  file: { type: 'string' },
  top: { type: 'string' },
  window: { type: 'string' },
  stride: { type: 'string' },
  continuation: { type: 'string', multiple: true },
  format: { type: 'string' },
  json: { type: 'boolean' },
  model: { type: 'string' },
} as const;

export async function score(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const topK = wholeNumber('top', values.top, 0, mostAlternatives) ?? 3;
  const window = windowFrom(values.window, values.stride);
  if (values.file !== undefined && positionals.length > 0) throw new UsageError('Give a text or --file, not both.');
  if (values.continuation !== undefined && window !== null) throw new UsageError('--continuation takes no --window.');
  const format = scoreFormat(values.format, values.json, values.continuation !== undefined);
  const text = values.file === undefined ? await textFrom(positionals) : await readText(values.file);
  const output = scoreOutput(format, {
    out: (line) => void process.stdout.write(`${line}\n`),
    errors: (line) => void process.stderr.write(`${line}\n`),
    width: process.stdout.columns ?? widthOfFiles,
  });
  return withModels(entry, async (models) => {
    await models.load(values.model ?? embeddedModelId);
    return interruptible(async ({ signal, onProgress }) => {
      if (values.continuation !== undefined) {
        const input = { text, continuations: values.continuation, topK };
        for await (const event of await scoreContinuations(models, input, signal)) {
          if (event.type === 'progress') onProgress(event.progress);
          if (event.type === 'continuation') output.continuation(event.score);
          if (event.type === 'end' && !event.isComplete) return 130;
        }
        return 0;
      }
      for await (const event of await scoreText(models, { text, topK, window }, signal)) {
        if (event.type === 'tokens') {
          output.tokens(event.tokens);
          onProgress(event.progress);
          continue;
        }
        output.end(event.summary);
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
