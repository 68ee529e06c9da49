import { describe, expect, it } from 'vitest';
import { vocabularyInputSchema } from '../../../../main/contract/vocabulary.ts';
import { searchVocabulary } from '../../../../main/tokenizer/browse/index.ts';
import { aVocabulary, pieces } from './a-vocabulary.ts';

const search = async (input: object) => searchVocabulary(await aVocabulary(), vocabularyInputSchema.parse(input));
const ids = async (input: object) => (await search(input)).rows.map(({ id }) => id);
const text = (wanted: string, options: object = {}) => ids({ query: { form: 'text', text: wanted, ...options } });

describe('queries', () => {
  it('finds text without case and accents, or with them', async () => {
    expect(await text('ET')).toEqual([15, 16, 18]);
    expect(await text('ÉT', { matchAccents: true })).toEqual([15, 18]);
    expect(await text('Et', { matchCase: true })).toEqual([16]);
    expect(await text('été', { matchAccents: true, matchCase: true, place: 'start' })).toEqual([]);
    expect(await text(' été', { place: 'start' })).toEqual([15, 18]);
    expect(await text('té', { place: 'whole' })).toEqual([14]);
  });

  it('finds control tokens and bytes by their names', async () => {
    expect(await text('<s>')).toEqual([0]);
    expect(await text('0xc3')).toEqual([2]);
  });

  it('finds whole bytes only', async () => {
    const bytes = (hexadecimal: string, place = 'anywhere') => ids({ query: { form: 'bytes', hexadecimal, place } });
    expect(await bytes('C3 A9')).toEqual([5, 13, 14, 15, 18]);
    expect(await bytes('0xc3,a9', 'start')).toEqual([5]);
    expect(await bytes('c3', 'whole')).toEqual([2]);
    // 0c is in "20 c3", across the border of two bytes.
    expect(await bytes('0c')).toEqual([]);
    await expect(bytes('c3 a')).rejects.toMatchObject({ code: 'SEARCH_INVALID', details: { reason: 'bytes' } });
    await expect(bytes('zz')).rejects.toMatchObject({ code: 'SEARCH_INVALID' });
  });

  it('finds ids and expressions', async () => {
    expect(await ids({ query: { form: 'id', first: 4, last: 6 } })).toEqual([4, 5, 6]);
    expect(await ids({ query: { form: 'regex', pattern: '^ é.*t$' } })).toEqual([18]);
  });
});

describe('filters', () => {
  it('keeps what passes all of them', async () => {
    expect(await ids({ filters: { kinds: ['byte', 'unused'] } })).toEqual([1, 2, 3]);
    expect(await ids({ filters: { scripts: ['Greek', 'mixed'] } })).toEqual([8, 17]);
    expect(await ids({ filters: { reachability: ['never-normalised'] } })).toEqual([19]);
    expect(await ids({ filters: { beginsWithSpace: true } })).toEqual([4, 13, 15, 18]);
    expect(await ids({ filters: { characters: { least: 4, most: 4 } } })).toEqual([15]);
    expect(await ids({ filters: { bytes: { least: 4 }, beginsWithSpace: false, kinds: ['normal'] } })).toEqual([11]);
  });

  it('counts what each choice would leave, the other filters as they are', async () => {
    const { facets, total } = await search({
      query: { form: 'text', text: 't' },
      filters: { scripts: ['Latin'], kinds: ['byte'] },
    });
    expect(total).toBe(0);
    expect(facets.kinds).toEqual({ normal: 5 });
    expect(facets.scripts).toEqual({});
    const all = await search({ filters: { beginsWithSpace: true } });
    expect(all.facets).toEqual({
      kinds: { normal: 4 },
      scripts: { spaces: 1, Latin: 3 },
      reachability: { reachable: 4 },
      withSpace: 4,
      withoutSpace: 16,
    });
  });
});

describe('order and pages', () => {
  it('sorts by code points, beyond U+FFFF after U+FB01', async () => {
    const sorted = await ids({ sort: { by: 'text' } });
    const codePoints = ({ text: shown, piece }: { text: string; piece: string }) =>
      [...(shown === '' ? piece : shown)].map((character) => character.codePointAt(0) ?? 0);
    const { rows } = await search({});
    const expected = rows
      .map((row) => ({ id: row.id, points: codePoints(row) }))
      .sort((a, b) => {
        const at = a.points.findIndex((point, i) => point !== b.points[i]);
        return at < 0 ? a.points.length - b.points.length : (a.points[at] ?? -1) - (b.points[at] ?? -1);
      });
    expect(sorted).toEqual(expected.map(({ id }) => id));
    expect(sorted.slice(-2)).toEqual([12, 11]);
  });

  it('sorts by length and rank, those without a rank last', async () => {
    expect(
      (await ids({ sort: { by: 'characters', descending: true }, filters: { kinds: ['normal'] } })).slice(0, 2),
    ).toEqual([18, 15]);
    expect((await ids({ sort: { by: 'mergeRank' } })).slice(0, 7)).toEqual([13, 14, 15, 16, 17, 18, 0]);
    expect((await ids({ sort: { by: 'mergeRank', descending: true } })).slice(0, 7)).toEqual([
      18, 17, 16, 15, 14, 13, 0,
    ]);
    expect(await ids({ sort: { by: 'id', descending: true } })).toEqual(pieces.map((_, id) => 19 - id));
  });

  it('gives pages, the size of everything, and the place of a token', async () => {
    const page = await search({ sort: { by: 'id', descending: true }, offset: 18, limit: 5, locate: 3 });
    expect(page.rows.map(({ id }) => id)).toEqual([1, 0]);
    expect(page).toMatchObject({ total: 20, size: 20, located: 16, tokenizerHash: 'a hash' });
    expect((await search({ query: { form: 'text', text: 'zz' }, locate: 3 })).located).toBeNull();
  });

  it('answers the same search again from memory, and other searches rightly', async () => {
    const table = await aVocabulary();
    const input = vocabularyInputSchema.parse({ query: { form: 'text', text: 'té' } });
    const first = await searchVocabulary(table, input);
    for (let least = 0; least < 6; least++) {
      await searchVocabulary(table, vocabularyInputSchema.parse({ filters: { bytes: { least } } }));
    }
    expect(await searchVocabulary(table, input)).toEqual(first);
    expect(first.total).toBe(3);
  });
});
