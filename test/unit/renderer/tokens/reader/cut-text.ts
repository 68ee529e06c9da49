/** A text cut at every space, so that tests can count its tokens by eye: token i is the i-th word with the space before it. */
import type { Alteration } from '../../../../../main/contract/tokenisation.ts';
import type { TokenColumns } from '../../../../../renderer/tokens/token-columns.ts';
import type { Tokenisation } from '../../../../../renderer/tokens/tokenised-text.svelte.ts';

const idOf = (word: string): number =>
  [...word].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 60_000;

export function cutText(
  text: string,
  { done = text.length, alterations = [] }: { done?: number; alterations?: Alteration[] } = {},
): Tokenisation {
  const words = [...text.matchAll(/ ?[^ ]+/g)].filter(({ index, 0: word }) => index + word.length <= done);
  const tokens: TokenColumns = {
    count: words.length,
    ids: Uint32Array.from(words, ([word]) => idOf(word)),
    starts: Uint32Array.from(words, ({ index }) => index),
    ends: Uint32Array.from(words, ({ index, 0: word }) => index + word.length),
    flags: new Uint8Array(words.length),
    vocabulary: new Map(
      words.map(([word]) => [
        idOf(word),
        { id: idOf(word), piece: word.replace(' ', '▁'), kind: 'normal', bytes: '00', mergeRank: 5 },
      ]),
    ),
  };
  const isWhole = done === text.length;
  const counts = {
    characterCount: text.length,
    wordCount: words.length,
    utf8ByteCount: text.length,
    alterations,
    alterationCount: alterations.length,
  };
  return { text, tokens, counts: isWhole ? counts : null, done };
}
