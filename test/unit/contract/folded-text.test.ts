import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, foldWithPlaces, sourceRange } from '../../../main/contract/folded-text.ts';
import { oddText } from '../../fixtures/odd-texts.ts';
import { SeededRandom } from '../../fixtures/seeded-random.ts';

describe('foldText', () => {
  it.each([
    ['Élève', 'eleve'],
    ['cœur', 'coeur'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['l’été', "l'ete"],
    ['10\u202F000\u00A0€', '10 000 €'],
    ['ﬁn', 'fin'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İ', 'i'],
    ['हिन्दी', 'हिन्दी'],
  ])('%s is %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });
});

describe('foldWithPlaces', () => {
  it('folds as foldText does, character by character', () => {
    const odd = fc.integer().map((seed) => oddText(new SeededRandom(seed), 8));
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), odd);
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldWithPlaces(text).text).toBe(foldText(text));
      }),
    );
  });

  it('leads back to whole characters, with the marks that follow them', () => {
    const source = 'Un cœur e\u0301mu 😀';
    const folded = foldWithPlaces(source);
    const back = (word: string) => {
      const start = folded.text.indexOf(word);
      const range = sourceRange(folded, start, start + word.length);
      return source.slice(range.start, range.end);
    };
    expect(back('coeur')).toBe('cœur');
    expect(back('emu')).toBe('e\u0301mu');
    expect(back('😀')).toBe('😀');
  });
});
