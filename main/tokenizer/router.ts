/** The contract of the tokenizer process; nothing but forwarding. */
import { implement } from '@orpc/server';
import { tokenizerContract } from '../contract/tokenizer-process.ts';
import { compareFiles } from './compare/compare-files.ts';
import { compareText } from './compare/compare-text.ts';
import { encodeEvents } from './encode-events.ts';
import { OpenTokenizers } from './open-tokenizers.ts';

export function tokenizerRouter(tokenizers = new OpenTokenizers()) {
  const contract = implement(tokenizerContract);
  const open = (path: string) => tokenizers.get(path);
  return contract.router({
    encode: contract.encode.handler(async ({ input, signal }) =>
      encodeEvents(await tokenizers.get(input.path), input.text, signal),
    ),
    describe: contract.describe.handler(async ({ input }) => {
      const { vocabularySize, hash } = await tokenizers.get(input.path);
      return { vocabularySize, hash };
    }),
    compare: contract.compare.handler(({ input, signal }) => compareText(open, input.paths, input.text, signal)),
    compareFiles: contract.compareFiles.handler(({ input, signal }) =>
      compareFiles(open, input.paths, [input.place], signal),
    ),
  });
}
