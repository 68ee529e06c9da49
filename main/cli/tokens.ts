/** `lucie tokens`: how a text is cut, one token a line, or everything as JSON. */
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { Tokenizer, tokenizeWithSpans } from '../tokenizer/index.ts';
import { textFrom } from './arguments.ts';
import { withModels } from './engine-only.ts';

export async function tokens(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { model: { type: 'string' }, json: { type: 'boolean' } },
  });
  const text = await textFrom(positionals);
  return withModels(entry, async (models) => {
    const folder = await (values.model === undefined ? models.chosenFolder() : models.folderOf(values.model));
    const result = await tokenizeWithSpans(await Tokenizer.load(folder), text);
    if (values.json) {
      process.stdout.write(`${JSON.stringify(result)}\n`);
      return 0;
    }
    const pieces = new Map(result.vocabulary.map((entry) => [entry.id, entry]));
    for (const [index, id] of result.ids.entries()) {
      const { piece = '', bytes = '' } = pieces.get(id) ?? {};
      process.stdout.write(
        `${id}\t${JSON.stringify(piece)}\t${result.starts[index]}-${result.ends[index]}\t${bytes}\n`,
      );
    }
    const perWord = result.wordCount > 0 ? (result.ids.length / result.wordCount).toFixed(3) : '–';
    process.stderr.write(
      `${result.ids.length} tokens, ${result.wordCount} words, ${perWord} tokens/word, ${result.utf8ByteCount} bytes\n`,
    );
    return 0;
  });
}
