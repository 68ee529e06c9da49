/** `lucie tokens`: how a text is cut, one token a line, as JSON lines, or the ids alone. A long text is read and told piece by piece. */
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import type { TokenizedText } from '../contract/tokens.ts';
import { textPieces, Tokenizer, tokenizeWithSpans } from '../tokenizer/index.ts';
import { dataOption, UsageError } from './arguments.ts';
import { interruptible } from './interruptible.ts';
import { tokenizerFinder } from './named-tokenizer.ts';
import { textChunks } from './text-chunks.ts';
import { write, writeLines } from './write-lines.ts';

const options = {
  ...dataOption,
  tokenizer: { type: 'string' },
  model: { type: 'string' },
  file: { type: 'string' },
  json: { type: 'boolean' },
  ids: { type: 'boolean' },
} as const;

export async function tokens(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (values.json && values.ids) throw new UsageError('Give --json or --ids, not both.');
  if (values.model !== undefined && values.tokenizer !== undefined) {
    throw new UsageError('--model and --tokenizer say the same: give one of them.');
  }
  const input = textChunks(positionals, values.file);
  const find = await tokenizerFinder(values.data, entry);
  return interruptible(async ({ signal }) => {
    const { path } = await find(values.tokenizer ?? values.model, signal);
    const tokenizer = await Tokenizer.open(path);
    const sum = { tokens: 0, words: 0, characters: 0, bytes: 0, pieces: 0, exact: true };
    let offset = 0;
    for await (const text of textPieces(input.chunks, input.name)) {
      signal.throwIfAborted();
      const piece = await tokenizeWithSpans(tokenizer, text);
      if (values.ids) await write(`${sum.pieces > 0 ? ' ' : ''}${piece.ids.join(' ')}`);
      else await writeLines(linesOf(piece, offset, values.json ? jsonLine : plainLine));
      offset += text.length;
      sum.tokens += piece.ids.length;
      sum.words += piece.wordCount;
      sum.characters += piece.characterCount;
      sum.bytes += piece.utf8ByteCount;
      sum.pieces++;
      sum.exact &&= piece.decoded === text;
    }
    if (values.ids) await write('\n');
    if (values.json) await write(`${JSON.stringify(sum)}\n`);
    else process.stderr.write(`${summaryLine(sum)}\n`);
    return 0;
  });
}

interface Line {
  id: number;
  piece: string;
  /** UTF-16 units of the whole text. */
  start: number;
  end: number;
  bytes: string;
  insertedSpace: boolean;
}

function* linesOf(text: TokenizedText, offset: number, format: (line: Line) => string): Generator<string> {
  const entries = new Map(text.vocabulary.map((entry) => [entry.id, entry]));
  for (const [index, id] of text.ids.entries()) {
    const { piece = '', bytes = '' } = entries.get(id) ?? {};
    const start = offset + (text.starts[index] ?? 0);
    const end = offset + (text.ends[index] ?? 0);
    yield format({ id, piece, start, end, bytes, insertedSpace: text.insertedSpace[index] ?? false });
  }
}

function jsonLine(line: Line): string {
  return JSON.stringify(line);
}

function plainLine({ id, piece, start, end, bytes }: Line): string {
  return `${id}\t${JSON.stringify(piece)}\t${start}-${end}\t${bytes}`;
}

function summaryLine(sum: { tokens: number; words: number; bytes: number; pieces: number }): string {
  const perWord = sum.words > 0 ? (sum.tokens / sum.words).toFixed(3) : '–';
  const pieces = sum.pieces > 1 ? `, read in ${sum.pieces} pieces` : '';
  return `${sum.tokens} tokens, ${sum.words} words, ${perWord} tokens/word, ${sum.bytes} bytes${pieces}`;
}
