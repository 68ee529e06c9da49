import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from '../../../../../renderer/shell/palette/fuzzy-match.ts';

function marked(query: string, name: string): string | null {
  const found = fuzzyMatch(query, name);
  if (found === null) return null;
  return found.ranges.map(({ start, end }) => name.slice(start, end)).join('|');
}

function best(query: string, names: readonly string[]): string | undefined {
  return names
    .flatMap((name) => {
      const found = fuzzyMatch(query, name);
      return found === null ? [] : [{ name, score: found.score }];
    })
    .sort((a, b) => b.score - a.score)[0]?.name;
}

describe('fuzzyMatch', () => {
  it('finds without accents and case, and marks the letters as they are written', () => {
    expect(marked('deplier', 'Tout déplier')).toBe('déplier');
    expect(marked('ÉCRIRE', 'Écrire un message')).toBe('Écrire');
    expect(marked('oeuvre', 'Une œuvre')).toBe('œuvre');
    expect(marked('e', 'e\u0301tude')).toBe('e\u0301');
  });

  it('takes words in any order, each letter in its order', () => {
    expect(marked('conversation nouvelle', 'Nouvelle conversation')).toBe('Nouvelle|conversation');
    expect(marked('nc', 'Nouvelle conversation')).toBe('N|c');
    expect(fuzzyMatch('vn', 'Nouveau')).toBeNull();
  });

  it('wants every word', () => {
    expect(fuzzyMatch('nouvelle table', 'Nouvelle conversation')).toBeNull();
  });

  it('prefers letters together, then the starts of words', () => {
    expect(marked('at', 'a chat at tea')).toBe('at');
    expect(best('set', ['Stop the answer', 'Theme: system', 'Settings'])).toBe('Settings');
    expect(best('mod', ['Mode sombre', 'Charger un modèle', 'Mon document'])).toBe('Mode sombre');
    expect(best('data', ['Open the dataset sample.parquet', 'Data'])).toBe('Data');
  });

  it('fits everything where nothing is asked', () => {
    expect(fuzzyMatch('  ', 'Chat')).toEqual({ score: 0, ranges: [] });
  });

  it('finds the best of all placings: as good as trying every one', () => {
    const name = 'abcab_cab bca';
    for (const query of ['ab', 'abc', 'cab', 'bca', 'aab', 'cc']) {
      const found = fuzzyMatch(query, name);
      expect(found?.score, query).toBeCloseTo(bestOfAll(query, name), 9);
    }
  });
});

/** The scoring as it is described, over every way to place the letters: slow, and short. */
function bestOfAll(query: string, name: string): number {
  const placings = (from: number, rest: string): number[][] =>
    rest === ''
      ? [[]]
      : [...name].flatMap((letter, place) =>
          place < from || letter !== rest[0]
            ? []
            : placings(place + 1, rest.slice(1)).map((others) => [place, ...others]),
        );
  const scores = placings(0, query).map((places) =>
    places.reduce((sum, place, index) => {
      const start = place === 0 ? 7 : /[a-z]/.test(name[place - 1] ?? '') ? 0 : 4;
      const previous = places[index - 1];
      const gap = previous === undefined ? null : place - previous - 1;
      return sum + 1 + start + (gap === null ? 0 : gap === 0 ? 7 : -0.15 * Math.min(gap, 12));
    }, -0.01 * name.length),
  );
  return Math.max(...scores);
}
