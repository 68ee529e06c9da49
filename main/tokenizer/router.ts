/** The contract of the tokenizer process; nothing but forwarding. */
import { dirname } from 'node:path';
import { implement } from '@orpc/server';
import { WorkbenchError } from '../contract/errors.ts';
import { tokenizerContract } from '../contract/tokenizer-process.ts';
import { encodeEvents } from './encode-events.ts';
import { readChatTemplate } from './chat-template.ts';
import { OpenTokenizers } from './open-tokenizers.ts';
import { explain } from './steps/explain.ts';
import { replayMerges } from './steps/replay-merges.ts';
import { renderTemplate } from './template-lens/render-template.ts';

export function tokenizerRouter(tokenizers = new OpenTokenizers()) {
  const contract = implement(tokenizerContract);
  return contract.router({
    encode: contract.encode.handler(async ({ input, signal }) =>
      encodeEvents(await tokenizers.get(input.path), input.text, signal),
    ),
    explain: contract.explain.handler(async ({ input }) => explain(await tokenizers.get(input.path), input.text)),
    template: contract.template.handler(async ({ input }) => ({
      source: (await readChatTemplate(dirname(input.path))).source,
    })),
    renderTemplate: contract.renderTemplate.handler(async ({ input }) => {
      return renderTemplate(await tokenizers.get(input.path), await variablesBeside(input.path), input);
    }),
    merges: contract.merges.handler(async ({ input }) => replayMerges(await tokenizers.get(input.path), input.ids)),
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
