/** The tokenizers of Lucie's family that the fast encoder is compared on, each beside the native library. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Tokenizer as NativeTokenizer, type Encoding } from 'tokenizers';
import { FastEncoder, Tokenizer } from '../../../main/tokenizer/index.ts';
import { sharedFolder } from '../../fixtures/shared-path.ts';

const demo = resolve(import.meta.dirname, '../../../native-models/demo/lucie-demo');

/** Folders by name: the demo's tokenizer always, Lucie's two where the research material is. */
export const folders: [string, string][] = [
  ['demo', demo],
  ...(sharedFolder === null
    ? []
    : (['pretrained', 'instruct'] as const).map((kind): [string, string] => [
        kind,
        join(sharedFolder ?? '', `lucie/tokenizer_${kind}`),
      ])),
];

export type ControlTokens = 'parse' | 'as-text';

export interface Pair {
  fast: FastEncoder;
  tokenizer: Tokenizer;
  native: (text: string, controlTokens: ControlTokens) => Promise<Encoding>;
  /** The same for many texts at once, which costs half as much for short ones. */
  nativeBatch: (texts: string[], controlTokens: ControlTokens) => Promise<Encoding[]>;
  /** The native library's normaliser. */
  normalise: (text: string) => string;
}

export async function openPair(folder: string): Promise<Pair> {
  const json = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as object;
  const fast = FastEncoder.from(json);
  if (fast === null) throw new Error(`${folder} is not of the family`);
  const parsing = NativeTokenizer.fromString(JSON.stringify(json));
  const plain = NativeTokenizer.fromString(JSON.stringify({ ...json, added_tokens: [] }));
  const normaliser = parsing.getNormalizer();
  return {
    fast,
    tokenizer: await Tokenizer.load(folder),
    native: (text, controlTokens) =>
      (controlTokens === 'parse' ? parsing : plain).encode(text, null, { addSpecialTokens: false }),
    nativeBatch: (texts, controlTokens) =>
      (controlTokens === 'parse' ? parsing : plain).encodeBatch(texts, { addSpecialTokens: false }),
    normalise: (text) => normaliser?.normalizeString(text) ?? text,
  };
}
