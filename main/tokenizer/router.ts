/** The contract of the tokenizer process; nothing but forwarding. */
import { implement } from '@orpc/server';
import { tokenizerContract } from '../contract/tokenizer-process.ts';
import { encodeEvents } from './encode-events.ts';
import { OpenTokenizers } from './open-tokenizers.ts';
import { explain } from './steps/explain.ts';
import { replayMerges } from './steps/replay-merges.ts';

export function tokenizerRouter(tokenizers = new OpenTokenizers()) {
  const contract = implement(tokenizerContract);
  return contract.router({
    encode: contract.encode.handler(async ({ input, signal }) =>
      encodeEvents(await tokenizers.get(input.path), input.text, signal),
    ),
    explain: contract.explain.handler(async ({ input }) => explain(await tokenizers.get(input.path), input.text)),
    merges: contract.merges.handler(async ({ input }) => replayMerges(await tokenizers.get(input.path), input.ids)),
  });
}
