/** The whole vocabulary of Lucie, against the file itself and against what the native library makes of each token's text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer as NativeTokenizer } from 'tokenizers';
import { expect, it } from 'vitest';
import { vocabularyInputSchema } from '../../../main/contract/vocabulary.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { describeEntry, searchVocabulary, VocabularyTable } from '../../../main/tokenizer/browse/index.ts';
import { VocabularyFacts } from '../../../main/tokenizer/fast/index.ts';
import { reachabilityOf } from '../../../main/tokenizer/reachability-of.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';

interface File {
  model: { vocab: Record<string, number>; merges: string[] };
}

describeWithShared('Lucie’s vocabulary', (shared) => {
  const path = join(shared, 'lucie/tokenizer_pretrained/tokenizer.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as File;
  const opened = Tokenizer.open(path);
  const made = opened.then((tokenizer) => VocabularyTable.of(tokenizer, file, reachabilityOf(tokenizer)));
  const search = async (input: object) =>
    searchVocabulary(await made, vocabularyInputSchema.parse({ limit: 5_000, ...input }));
  const pieces = Object.entries(file.model.vocab);

  it('has all 65,024 tokens, with the kinds that are known', async () => {
    const { rows } = await made;
    expect(rows).toHaveLength(65_024);
    for (const [piece, id] of pieces) expect(rows[id]?.piece).toBe(piece);
    const idsOf = (kind: string) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
    const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
    expect(idsOf('special')).toEqual([0, 1, 2, 3]);
    expect(idsOf('byte')).toEqual(range(4, 259));
    expect(idsOf('unused')).toEqual(range(265, 299));
    const digits = await search({ query: { form: 'regex', pattern: '^[0-9]$' }, filters: { kinds: ['normal'] } });
    expect(digits.rows.map(({ id }) => id)).toEqual(range(314, 323));
  });

  it('finds the 578 tokens with a no-break space and the space as never normalised so', async () => {
    const unreachable = await search({ filters: { reachability: ['never-normalised'] } });
    const wanted = pieces.filter(([piece]) => piece.includes('\u00A0')).map(([, id]) => id);
    expect(wanted).toHaveLength(578);
    expect(unreachable.rows.map(({ id }) => id)).toEqual([...wanted, 324].sort((a, b) => a - b));
  });

  it('finds by text, bytes and expression what a loop over the file finds', async () => {
    const bytesOf = (piece: string) => Buffer.from(piece.replaceAll('▁', ' ')).toString('hex');
    const loop = (finds: (piece: string, id: number) => boolean) =>
      pieces
        .filter(([piece, id]) => finds(piece, id))
        .map(([, id]) => id)
        .sort((a, b) => a - b);
    const ids = async (query: object) => (await search({ query })).rows.map(({ id }) => id);
    const isPlain = (id: number) => id >= 260;
    const exact = { matchCase: true, matchAccents: true };
    expect(await ids({ form: 'text', text: 'été', ...exact })).toEqual(loop((piece) => piece.includes('été')));
    expect(await ids({ form: 'text', text: ' pré', place: 'start', ...exact })).toEqual(
      loop((piece) => piece.startsWith('▁pré')),
    );
    expect(await ids({ form: 'bytes', hexadecimal: 'e2 80', place: 'start' })).toEqual(
      loop((piece, id) => isPlain(id) && bytesOf(piece).startsWith('e280')),
    );
    expect(await ids({ form: 'regex', pattern: 'eaux$', matchCase: true })).toEqual(
      loop((piece) => piece.endsWith('eaux')),
    );
  });

  it('takes each token apart into the characters that it is written with, by merges of the file', async () => {
    const table = await made;
    const rank = new Map(file.model.merges.map((merge, place) => [merge, place]));
    for (const [piece, id] of pieces.filter((_, place) => place % 97 === 0)) {
      const { tree } = describeEntry(table, id);
      const leaves = tree.filter(({ parts }) => parts === null).map((node) => node.piece);
      expect(leaves.join('')).toBe(piece);
      for (const { parts, mergeRank } of tree) {
        if (parts === null) continue;
        const [left, right] = parts.map((place) => tree[place]?.piece);
        expect(rank.get(`${left} ${right}`)).toBe(mergeRank);
      }
    }
  });

  it('calls reachable what the native library gives for some text, and nothing else that it was asked about', async () => {
    const { rows } = await made;
    const native = NativeTokenizer.fromFile(path);
    const { fast } = await opened;
    if (fast === null) throw new Error('Lucie’s tokenizer is not taken for one of its family.');
    const facts = new VocabularyFacts(fast);
    expect(rows.filter(({ id, reachability }) => reachability !== facts.reachabilityOf(id))).toEqual([]);
    for (const row of rows.filter(({ id }, place) => id >= 260 && place % 41 === 0)) {
      const ids = (await native.encode(`1${row.text}1`, null, { addSpecialTokens: false })).getIds();
      expect([row.piece, ids.includes(row.id)]).toEqual([row.piece, row.reachability === 'reachable']);
    }
  });
});
