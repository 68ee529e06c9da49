/** The tokenizers that are compared. Nothing is measured but encoding; loading is not in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer as NativeTokenizer } from 'tokenizers';
import { FastEncoder } from '../../../main/tokenizer/index.ts';
import { loadTokenizers } from '../../peers/peer-packages.ts';

export interface Contestant {
  name: string;
  encode: (text: string) => unknown;
  /** Of a text, the part that is encoded: the slow ones would take minutes. */
  share: number;
  /** Rounds that are measured. */
  times: number;
}

/** Ours first. The third is left out, with a notice, where the peers are not installed. */
export function contestants(folder: string): Contestant[] {
  const json = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as object;
  const fast = FastEncoder.from(json);
  if (fast === null) throw new Error(`${folder} has no tokenizer of Lucie's family.`);
  const native = NativeTokenizer.fromString(JSON.stringify({ ...json, added_tokens: [] }));
  const options = { addSpecialTokens: false };
  const often = { share: 1, times: 5 };
  const seldom = { share: 1, times: 2 };
  return [
    { name: 'ours, ids, spans and alterations', encode: (text) => fast.encode(text), ...often },
    { name: 'ours, ids alone', encode: (text) => fast.encodeIds(text), ...often },
    {
      name: 'native tokenizers, one text',
      encode: async (text) => (await native.encode(text, null, options)).getIds(),
      ...seldom,
    },
    {
      name: 'native tokenizers, a batch of paragraphs',
      encode: async (text) => (await native.encodeBatch(paragraphsOf(text), options)).map((one) => one.getIds()),
      ...seldom,
    },
    ...javaScriptContestants(json),
  ];
}

function javaScriptContestants(json: object): Contestant[] {
  let constructor: ReturnType<typeof loadTokenizers>;
  try {
    constructor = loadTokenizers();
  } catch (cause) {
    console.error(`@huggingface/tokenizers is left out (npm run peers:install): ${String(cause)}`);
    return [];
  }
  const tokenizer = new constructor({ ...json, added_tokens: [] }, {});
  return [
    {
      name: '@huggingface/tokenizers',
      encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
      share: 0.02,
      times: 2,
    },
  ];
}

function paragraphsOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
