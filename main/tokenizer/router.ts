/** The contract of the tokenizer process; nothing but forwarding. */
import { implement } from '@orpc/server';
import { tokenizerContract } from '../contract/tokenizer-process.ts';
import { encodeEvents } from './encode-events.ts';
import { OpenTokenizers } from './open-tokenizers.ts';
import { textsAfter } from './texts-after.ts';

export function tokenizerRouter(tokenizers = new OpenTokenizers()) {
  const contract = implement(tokenizerContract);
  return contract.router({
    encode: contract.encode.handler(async ({ input, signal }) =>
      encodeEvents(await tokenizers.get(input.path), input.text, signal),
    ),
    textsAfter: contract.textsAfter.handler(async ({ input }) => ({
      texts: textsAfter(await tokenizers.get(input.path), input.contextIds, input.ids),
    })),
  });
}
