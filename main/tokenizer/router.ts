/** The contract of the tokenizer process; nothing but forwarding. */
import { dirname } from 'node:path';
import { implement } from '@orpc/server';
import { WorkbenchError } from '../contract/errors.ts';
import { tokenizerContract } from '../contract/tokenizer-process.ts';
import { describeEntry, searchVocabulary, VocabularyTables } from './browse/index.ts';
import { compareFiles } from './compare/compare-files.ts';
import { compareText } from './compare/compare-text.ts';
import { encodeEvents } from './encode-events.ts';
import { readChatTemplate } from './chat-template.ts';
import { OpenTokenizers } from './open-tokenizers.ts';
import { reachabilityOf } from './reachability-of.ts';
import { explain } from './steps/explain.ts';
import { replayMerges } from './steps/replay-merges.ts';
import { textsAfter } from './texts-after.ts';
import { renderTemplate } from './template-lens/render-template.ts';

export function tokenizerRouter(tokenizers = new OpenTokenizers()) {
  const contract = implement(tokenizerContract);
  const tables = new VocabularyTables(reachabilityOf);
  const tableOf = async (path: string) => tables.get(await tokenizers.get(path), path);
  const open = (path: string) => tokenizers.get(path);
  return contract.router({
    encode: contract.encode.handler(async ({ input, signal }) =>
      encodeEvents(await tokenizers.get(input.path), input.text, signal),
    ),
    vocabulary: contract.vocabulary.handler(async ({ input, signal }) =>
      searchVocabulary(await tableOf(input.path), input, signal),
    ),
    vocabularyEntry: contract.vocabularyEntry.handler(async ({ input }) =>
      describeEntry(await tableOf(input.path), input.id),
    ),
    explain: contract.explain.handler(async ({ input }) => explain(await tokenizers.get(input.path), input.text)),
    template: contract.template.handler(async ({ input }) => ({
      source: (await readChatTemplate(dirname(input.path))).source,
    })),
    renderTemplate: contract.renderTemplate.handler(async ({ input }) => {
      return renderTemplate(await tokenizers.get(input.path), await variablesBeside(input.path), input);
    }),
    merges: contract.merges.handler(async ({ input }) => replayMerges(await tokenizers.get(input.path), input.ids)),
    describe: contract.describe.handler(async ({ input }) => {
      const { vocabularySize, hash } = await tokenizers.get(input.path);
      return { vocabularySize, hash };
    }),
    compare: contract.compare.handler(({ input, signal }) => compareText(open, input.paths, input.text, signal)),
    compareFiles: contract.compareFiles.handler(({ input, signal }) =>
      compareFiles(open, input.paths, [input.place], signal),
    ),
    textsAfter: contract.textsAfter.handler(async ({ input }) => ({
      texts: textsAfter(await tokenizers.get(input.path), input.contextIds, input.ids),
    })),
  });
}

/** The control tokens that a template may name; none where the tokenizer stands alone: a template may still be written for it. */
async function variablesBeside(path: string): Promise<Record<string, string>> {
  try {
    return (await readChatTemplate(dirname(path))).variables;
  } catch (thrown) {
    if (thrown instanceof WorkbenchError && thrown.code === 'CHAT_TEMPLATE_INVALID') return {};
    throw thrown;
  }
}
