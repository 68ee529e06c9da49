import { describe, expect, it } from 'vitest';
import { BannedStrings } from '../../../../main/engine/sampling/banned-strings.ts';
import { Random } from '../../../../main/engine/sampling/random.ts';
import { allowAll } from '../../../../main/engine/sampling/token-constraint.ts';
import { StreamingDecoder, TokenBytes, Tokenizer } from '../../../../main/tokenizer/index.ts';
import { demoFolder } from '../../tokenizer/demo-folder.ts';

const tokenizer = await Tokenizer.load(demoFolder);
const tokens = new TokenBytes(tokenizer);
const { vocabularySize } = tokenizer;

function allowedAfter(ids: readonly number[], strings: readonly string[]): boolean[] {
  const banned = new BannedStrings(tokens, strings);
  for (const id of ids) banned.accept(id);
  const mask = new Uint32Array(Math.ceil(vocabularySize / 32));
  allowAll(mask, vocabularySize);
  banned.restrict(mask);
  return Array.from({ length: vocabularySize }, (_, id) => (((mask[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1);
}

/** By the definition: a token may come unless a banned string would then end within what it adds. */
function allowedSlowly(ids: readonly number[], strings: readonly string[]): boolean[] {
  let place = tokens.start;
  let text = '';
  for (const id of ids) {
    text += tokens.at(place, id);
    place = tokens.after(place, id);
  }
  const before = Buffer.from(text, 'latin1');
  return Array.from({ length: vocabularySize }, (_, id) => {
    const after = Buffer.concat([before, Buffer.from(tokens.at(place, id), 'latin1')]);
    return strings.every((string) => {
      const found = after.lastIndexOf(string);
      return found < 0 || found + Buffer.byteLength(string) <= before.length;
    });
  });
}

describe('BannedStrings', () => {
  it('forbids exactly the tokens that would complete a banned string, over the whole vocabulary', async () => {
    const random = new Random(5);
    const below = (limit: number) => Math.floor(random.nextFloat() * limit);
    const texts = [
      'L’été dernier, il a dit : « (bonjour) » à l’école.',
      "def f(x):\n\treturn {'a': [1, 2]}\n\n",
      'Ça coûte 12 € — pas 13 ! 日本',
    ];
    for (let round = 0; round < 60; round++) {
      const all = await tokenizer.encode(texts[round % texts.length] ?? '');
      const end = below(all.length + 1);
      const ids = all.slice(0, end);
      const decoded = tokenizer.decode(all);
      // Substrings that are about to come, and others.
      const at = Math.max(0, tokenizer.decode(ids).length - below(6));
      const strings = [decoded.slice(at, at + 1 + below(8)), decoded.slice(below(20), 24), 'e', ' d', 'é']
        .filter((string) => string !== '' && string.isWellFormed())
        .slice(round % 3);
      expect(allowedAfter(ids, strings), `after ${ids.length} tokens, ${JSON.stringify(strings)}`).toEqual(
        allowedSlowly(ids, strings),
      );
    }
  });

  it('keeps a string out of random texts, which are shown without it', () => {
    const strings = ['e', ' la', 'été', "d'a"];
    for (let seed = 0; seed < 20; seed++) {
      const random = new Random(seed);
      const banned = new BannedStrings(tokens, strings);
      const decoder = new StreamingDecoder(tokenizer);
      let text = '';
      for (let step = 0; step < 60; step++) {
        const mask = new Uint32Array(Math.ceil(vocabularySize / 32));
        allowAll(mask, vocabularySize);
        banned.restrict(mask);
        let id = Math.floor(random.nextFloat() * vocabularySize);
        while ((((mask[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 0) id = (id + 1) % vocabularySize;
        banned.accept(id);
        text += decoder.push(id);
      }
      for (const string of strings) expect(text).not.toContain(string);
    }
  });

  it('forbids nothing but what the strings need', () => {
    expect(allowedAfter([], ['zzzzzzzzz']).every(Boolean)).toBe(true);
  });
});
