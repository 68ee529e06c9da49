/**
 * That what is said of tokens out of reach is so: a proof for each of them, and a text for each of the others. The pretrained tokenizer
 * has the vocabulary of the instruct one.
 */
import { describe, expect, it } from 'vitest';
import { VocabularyFacts } from '../../../main/tokenizer/index.ts';
import { folders, openPair } from './tokenizers.ts';

describe.each(folders.filter(([name]) => name !== 'pretrained'))('reachability (%s)', (name, folder) => {
  it('finds a text for every token, or why there is none', async () => {
    const { fast, native, normalise } = await openPair(folder);
    const facts = new VocabularyFacts(fast);
    const { pieces, normaliser } = fast.family;
    const byteIds = new Set(fast.family.byteIds);
    const words: string[] = [];
    const wanted = new Set<number>();
    const reachabilities = pieces.map((_, id) => facts.reachabilityOf(id));
    for (const [id, piece] of pieces.entries()) {
      const reachability = reachabilities[id];
      if (reachability === 'reachable' && !byteIds.has(id)) {
        wanted.add(id);
        words.push(piece.replaceAll('▁', ' '));
      }
      // What no normalised text contains: a blank other than `▁`, or what NFC and deletion do not leave alone.
      if (reachability === 'never-normalised') {
        const text = piece.replaceAll('▁', ' ');
        expect(normalise(`1${text}1`).includes(piece), piece).toBe(false);
        expect(
          Array.from(piece).some((one) => normaliser.blanks.includes(one.charCodeAt(0))),
          piece,
        ).toBe(true);
      }
    }
    const found = new Set((await native(`1${words.join('1')}1`, 'as-text')).getIds());
    expect([...wanted].filter((id) => !found.has(id)).map((id) => pieces[id])).toEqual([]);
    const counts = (kind: string) => reachabilities.filter((one) => one === kind).length;
    if (name !== 'demo') {
      expect(counts('never-normalised')).toBe(579);
      expect(facts.reachabilityOf(324)).toBe('never-normalised');
    }
    expect(counts('control')).toBe(fast.family.controlTokens.length);
  });

  it('finds every byte that any character of any plane gives', async () => {
    const { fast, native } = await openPair(folder);
    const facts = new VocabularyFacts(fast);
    const found = new Set<number>();
    for (let plane = 0; plane < 17; plane++) {
      let text = '';
      for (let codePoint = plane << 16; codePoint < (plane + 1) << 16; codePoint++) {
        const isRare = codePoint >= 0x20000 && codePoint % 64 > 0 && (codePoint & 0xfff) > 0x40;
        if (!isRare && (codePoint < 0xd800 || codePoint > 0xdfff)) text += `1${String.fromCodePoint(codePoint)}`;
      }
      for (const id of (await native(text, 'as-text')).getIds()) found.add(id);
    }
    const bytes = Array.from(fast.family.byteIds);
    expect(bytes.filter((id) => facts.reachabilityOf(id) === 'reachable')).toEqual(bytes.filter((id) => found.has(id)));
  });
});
