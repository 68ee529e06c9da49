/** The real search behind the store, in memory, over the demo model's vocabulary. */
import { createRouterClient } from '@orpc/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tokenizerRouter } from '../../../../../main/tokenizer/router.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { TokenDetails } from '../../../../../renderer/tokens/vocabulary/token-details.svelte.ts';
import { VocabularyState } from '../../../../../renderer/tokens/vocabulary/vocabulary-state.svelte.ts';
import { demoFolder } from '../../../tokenizer/demo-folder.ts';

const path = `${demoFolder}/tokenizer.json`;
const tokenizer = createRouterClient(tokenizerRouter());
const search = vi.fn((input: object, options?: object) =>
  tokenizer.vocabulary({ ...input, path } as Parameters<typeof tokenizer.vocabulary>[0], options),
);
const neighbours = vi.fn(async () => [{ id: 5, piece: 'é', cosine: 0.5 }]);
const vocabularyEntry = ({ id }: { id: number }) => tokenizer.vocabularyEntry({ path, id });
const connection = {
  client: { tokens: { vocabulary: search, vocabularyEntry, neighbours } },
} as unknown as Connection;

let state: VocabularyState;
const settled = () => vi.waitFor(() => expect(state.searching).toBe(false), { timeout: 10_000 });
beforeEach(async () => {
  search.mockClear();
  state = new VocabularyState(connection, () => ({ kind: 'chosen' }));
  state.open('demo');
  await settled();
});

describe('VocabularyState', () => {
  it('opens a vocabulary once, and another when it is another', async () => {
    expect(state.found).toMatchObject({ size: 6_144, total: 6_144 });
    expect(state.rowAt(0)?.piece).toBe('<s>');
    state.open('demo');
    expect(search).toHaveBeenCalledTimes(1);
    state.open('another');
    expect(state.found).toBeNull();
    await settled();
    expect(search).toHaveBeenCalledTimes(2);
  });

  it('loads the rows of a window once', async () => {
    state.want(390, 410);
    state.want(395, 415);
    await vi.waitFor(() => expect(state.rowAt(405)?.id).toBe(405));
    expect(state.rowAt(399)?.id).toBe(399);
    expect(state.rowAt(600)).toBeUndefined();
    expect(search).toHaveBeenCalledTimes(3);
  });

  it('keeps the chosen token through searches, and knows its place in each', async () => {
    state.choose(458);
    await vi.waitFor(() => expect(state.chosenId).toBe(458));
    state.change({ text: 'est' });
    await settled();
    const place = state.chosenPlace ?? -1;
    expect(state.rowAt(place)?.id).toBe(458);
    state.change({ text: 'zzzz' });
    await settled();
    expect([state.found?.total, state.chosenPlace, state.chosenId]).toEqual([0, null, 458]);
    state.show(700);
    await settled();
    expect([state.found?.total, state.chosenPlace, state.terms.text]).toEqual([6_144, 700, '']);
  });

  it('asks once for what is typed quickly, and never for what is no id', async () => {
    for (const text of ['e', 'es', 'est']) state.change({ text });
    await settled();
    expect(search).toHaveBeenCalledTimes(2);
    expect(search.mock.lastCall?.[0]).toMatchObject({ query: { form: 'text', text: 'est' } });
    state.change({ form: 'id' });
    expect(state.isMalformed).toBe(true);
    expect(search).toHaveBeenCalledTimes(2);
  });

  it('sorts by a column, then the other way round', async () => {
    state.sort('characters');
    state.sort('characters');
    await settled();
    expect(state.terms.sort).toEqual({ by: 'characters', descending: true });
    expect(state.rowAt(0)?.characterCount).toBeGreaterThan(10);
  });

  it('says what is wrong with an expression, and goes on after it', async () => {
    state.change({ form: 'regex', text: '(' });
    await settled();
    expect(state.error).toMatchObject({ code: 'SEARCH_INVALID', details: { reason: 'expression' } });
    state.change({ text: '^a' });
    await settled();
    expect(state.error).toBeNull();
    expect(state.found?.total).toBeGreaterThan(0);
  });

  it('gives all hits to be saved', async () => {
    state.filter({ kinds: ['normal'] });
    await settled();
    const done: number[] = [];
    const rows = await state.allRows(new AbortController().signal, (count) => done.push(count));
    expect(rows).toHaveLength(state.found?.total ?? -1);
    expect(done).toEqual([5_000, rows.length]);
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['normal']));
  });

  it('gives no hits of two searches where one is changed while they are gathered', async () => {
    const saving = state.allRows(new AbortController().signal, () => {});
    const refused = expect(saving).rejects.toMatchObject({ code: 'CANCELLED' });
    state.filter({ kinds: ['byte'] });
    await refused;
    await settled();
    expect(state.found?.total).toBe(256);
  });
});

describe('TokenDetails', () => {
  it('shows the last token that was chosen, and near tokens when they are asked for', async () => {
    const details = new TokenDetails(connection, () => ({ kind: 'chosen' }));
    void details.show(458);
    await details.show(459);
    expect(details.entry?.id).toBe(459);
    expect(neighbours).not.toHaveBeenCalled();
    await details.findNeighbours();
    expect(details.neighbours).toHaveLength(1);
    await details.show(99_999);
    expect(details.entry).toBeNull();
    expect(details.error).toMatchObject({ code: 'INVALID_INPUT' });
    expect(details.neighbours).toBeNull();
    await details.show(null);
    expect(details.error).toBeNull();
  });
});
