/** `lucie compare`: what the same text costs with several tokenizers. Files are read piece by piece, in this process. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { mostComparedTokenizers, type CompareFilesEvent, type LanguageTotals } from '../contract/comparison.ts';
import { WorkbenchError, type ErrorReport } from '../contract/errors.ts';
import { publishedFertility } from '../contract/published-fertility.ts';
import { compareFiles, countPieces, OpenTokenizers, textPieces, type Tokenizer } from '../tokenizer/index.ts';
import { dataOption, UsageError } from './arguments.ts';
import { languageTable, referenceTable, tokenizerTable, type ComparedTokenizer } from './comparison-tables.ts';
import { interruptible, type Work } from './interruptible.ts';
import { tokenizerFinder } from './named-tokenizer.ts';
import { standardInput } from './text-chunks.ts';
import { write, writeLines } from './write-lines.ts';

const options = {
  ...dataOption,
  tokenizer: { type: 'string', multiple: true },
  reference: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export async function compare(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const names: (string | undefined)[] = values.tokenizer ?? [undefined];
  if (names.length > mostComparedTokenizers) {
    throw new UsageError(`At most ${mostComparedTokenizers} tokenizers are compared at once, not ${names.length}.`);
  }
  const readsInput = positionals.length === 0 || positionals.includes('-');
  if (readsInput && positionals.length > 1) throw new UsageError('Give - or files, not both.');
  const input = readsInput ? standardInput(positionals.length === 0) : null;
  const find = await tokenizerFinder(values.data, entry);
  return interruptible(async (work) => {
    const opened = new OpenTokenizers();
    const paths: string[] = [];
    const tokenizers: ComparedTokenizer[] = [];
    const failures: ErrorReport[] = [];
    for (const name of names) {
      // A path that leads nowhere fails again when it is opened, with the reason.
      const found = await find(name, work.signal).catch(failureTo(failures, work.signal));
      const tokenizer = found === null ? null : await opened.get(found.path).catch(failureTo(failures, work.signal));
      if (found !== null && tokenizer !== null) paths.push(found.path);
      const described = { name: found?.name ?? name ?? '', vocabularySize: tokenizer?.vocabularySize ?? null };
      tokenizers.push(described);
      const column = tokenizer === null ? null : paths.length - 1;
      if (values.json) await write(`${JSON.stringify({ type: 'tokenizer', column, ...described })}\n`);
    }
    const usable = tokenizers.filter(({ vocabularySize }) => vocabularySize !== null);
    const open = (path: string): Promise<Tokenizer> => opened.get(path);
    const onFailed = (error: ErrorReport): void => void failures.push(error);
    if (usable.length > 0) {
      const counted =
        input === null
          ? await countFiles(open, paths, positionals, { ...work, isJson: values.json ?? false, onFailed })
          : { languages: [], total: await countInput(open, paths, input, work.signal, onFailed) };
      if (values.json) {
        for (const totals of counted.languages) await write(`${JSON.stringify({ type: 'language', ...totals })}\n`);
        await write(`${JSON.stringify({ type: 'total', ...counted.total })}\n`);
      } else {
        await writeLines(tokenizerTable(usable, counted.total));
        if (counted.languages.length > 0) {
          await writeLines(['', ...languageTable(usable, counted.languages, counted.total)]);
        }
      }
    }
    if (values.reference && values.json) {
      await write(`${JSON.stringify({ type: 'reference', ...publishedFertility })}\n`);
    } else if (values.reference) await writeLines(['', ...referenceTable()]);
    for (const { message, action } of failures) process.stderr.write(`${message}\n${action}\n`);
    return failures.length > 0 ? 1 : 0;
  });
}

interface Counted {
  languages: LanguageTotals[];
  total: LanguageTotals;
}

interface FileWork extends Work {
  isJson: boolean;
  onFailed: (error: ErrorReport) => void;
}

async function countFiles(
  open: (path: string) => Promise<Tokenizer>,
  paths: readonly string[],
  places: readonly string[],
  { signal, onProgress, isJson, onFailed }: FileWork,
): Promise<Counted> {
  const absolute = places.map((place) => resolve(place));
  let end: Extract<CompareFilesEvent, { type: 'end' }> | null = null;
  for await (const event of compareFiles(open, paths, absolute, signal)) {
    if (event.type === 'progress') onProgress(event.progress);
    if (event.type === 'failed') onFailed(event.error);
    if (event.type === 'skipped') process.stderr.write(`left out: ${event.path} (${event.reason})\n`);
    if (event.type === 'file' && isJson) await write(`${JSON.stringify({ type: 'file', ...event.file })}\n`);
    if (event.type === 'end') end = event;
  }
  if (end === null || end.total.fileCount === 0) {
    throw new WorkbenchError('FILE_NOT_FOUND', `There is no text to count in ${places.join(', ')}.`, {
      action: 'Name text files in UTF-8, or a folder with files that end with .txt or .md.',
      details: { name: places.join(', ') },
    });
  }
  return end;
}

async function countInput(
  open: (path: string) => Promise<Tokenizer>,
  paths: readonly string[],
  { name, chunks }: { name: string; chunks: AsyncIterable<Uint8Array> },
  signal: AbortSignal,
  onFailed: (error: ErrorReport) => void,
): Promise<LanguageTotals> {
  const tokenizers = await Promise.all(paths.map(open));
  const { counts, tokens } = await countPieces(tokenizers, textPieces(chunks, name), {
    signal,
    onFailed: (_, error) => onFailed(error),
  });
  return { language: null, fileCount: 1, counts, tokens };
}

function failureTo(failures: ErrorReport[], signal: AbortSignal) {
  return (thrown: unknown): null => {
    if (signal.aborted) throw thrown;
    failures.push(WorkbenchError.from(thrown).toReport());
    return null;
  };
}
