/**
 * The fast encoder's normaliser against the library's, for every code point: alone, after `(`, between marks of other orders, and,
 * for those that NFC composes, in parts. Where the two engines' versions of Unicode differ, fast/unicode-versions.ts must say so.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { explainNormalisation } from '../../../main/tokenizer/index.ts';
import { folders, openPair, type Pair } from './tokenizers.ts';

const [, demo = ''] = folders[0] ?? [];
const surrogates = { first: 0xd800, last: 0xdfff };

describe('the normaliser on every character', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await openPair(demo);
  });

  const ours = (text: string) =>
    explainNormalisation(pair.fast, text)
      .map((part) => (part.kind === 'text' ? part.normalised : part.content))
      .join('');

  /** The characters whose text, made by `write`, is normalised differently; texts are compared many at a time. */
  const differing = (codePoints: readonly number[], write: (character: string) => string): string[] => {
    const found: string[] = [];
    for (let i = 0; i < codePoints.length; i += 512) {
      const texts = codePoints.slice(i, i + 512).map((codePoint) => write(String.fromCodePoint(codePoint)));
      const joined = texts.join('|');
      if (ours(joined) === pair.normalise(joined)) continue;
      found.push(...texts.filter((text) => ours(text) !== pair.normalise(text)));
    }
    return found;
  };

  const all = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint).filter(
    (codePoint) => codePoint < surrogates.first || codePoint > surrogates.last,
  );

  it.each([
    ['alone, and after a bracket', (character: string) => `${character}(${character}`],
    ['between marks of a higher and a lower order', (character: string) => `q\u0345${character}\u0334`],
    ['after a mark of a middle order', (character: string) => `q\u0316${character}`],
  ])('%s', (_, write) => {
    expect(differing(all, write)).toEqual([]);
  });

  it('composed from its parts, in one and in two steps', () => {
    const composed = all.filter((codePoint) => {
      const character = String.fromCodePoint(codePoint);
      return character.normalize('NFD') !== character;
    });
    expect(composed.length).toBeGreaterThan(13_000);
    expect(differing(composed, (character) => character.normalize('NFD'))).toEqual([]);
    const inTwo = (character: string) => {
      const parts = [...character.normalize('NFD')];
      return `${parts.slice(0, -1).join('').normalize('NFC')}${parts.at(-1) ?? ''}`;
    };
    expect(differing(composed, inTwo)).toEqual([]);
    expect(differing(composed, (character) => `${character}\u0323\u0301`)).toEqual([]);
  });
});
