import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../main/contract/pipeline.ts';
import { explainMerges } from '../../../../main/tokenizer/fast/index.ts';
import { Tokenizer } from '../../../../main/tokenizer/index.ts';
import { explain } from '../../../../main/tokenizer/steps/explain.ts';
import { replayMerges } from '../../../../main/tokenizer/steps/replay-merges.ts';
import { demoFolder } from '../demo-folder.ts';

const texts = [
  "L'été, « Paris » 😀 est-il là ?",
  '«\u00A0Bonjour\u00A0» (\u00A0oui)',
  '  deux espaces',
  '(\u00A0\u00A0oui (\u00A0\u00A0\u00A0',
  'a\r\nb\0c\r',
  'e\u0301te\u0301 \u0958 \u212B',
  'avant <|eot_id|> après<s>',
  '▁typed ▁ \uD83D seul',
  '\r',
  'x'.repeat(90),
  '🏳️‍🌈 日本語 \u202F!\t\t\n\n\n  fin  ',
];

describe('explain, for the family of Lucie', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await Tokenizer.load(demoFolder);
  });

  it.each(texts)('follows %j through every stage', async (text) => {
    const result = await explain(tokenizer, text);
    expect(result.detail).toBe('exact');
    expect(result.ids).toEqual((await tokenizer.encoding(text, { controlTokens: 'parse' })).getIds());
    expect(covers(result, text)).toBe(text);
    expect(result.atoms.map(({ normalised }) => normalised).join('')).toBe(result.normalised);
    expect(result.atoms.map(({ decoded }) => decoded).join('')).toBe(result.decoded);
    for (const { start, end, decoded, loss } of result.atoms) {
      if (loss === null) expect(start === end ? '' : text.slice(start, end)).toBe(decoded);
    }
    expect(tokensOfChunks(result)).toEqual(result.ids.map((_, token) => token));
    expect(tokensOfAtoms(result)).toEqual(result.ids.map((_, token) => token));
  });

  it('follows any text without a gap', async () => {
    const nasty = [..."aeéL'«»(\u00A0\u202F\u0301\u0327 ▁\r\0\n\t<s>1😀\uD83D\uDE00\uFFFD가각\u11A8\u0958"];
    const units = fc.string({ unit: fc.constantFrom(...nasty, '<s>', '<|eot_id|>', '  ', 'été'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(units, async (text) => {
        const result = await explain(tokenizer, text);
        expect(covers(result, text)).toBe(text);
        expect(result.ids).toEqual(await tokenizer.encode(text, { controlTokens: 'parse' }));
        expect(result.atoms.map(({ normalised }) => normalised).join('')).toBe(result.normalised);
        for (const { decoded } of result.atoms) expect(decoded).not.toBeNull();
        expect(result.atoms.map(({ decoded }) => decoded).join('')).toBe(result.decoded);
        expect(tokensOfAtoms(result)).toEqual(result.ids.map((_, token) => token));
      }),
      { numRuns: 1_000 },
    );
  });

  it('normalises as the native library does', async () => {
    for (const text of texts.filter((one) => !/<\|eot|<s>/.test(one))) {
      expect((await explain(tokenizer, text)).normalised).toBe(tokenizer.normalise(text));
    }
  });

  it('says why a space was put in, and why one is lost', async () => {
    const { atoms } = await explain(tokenizer, "l'été «\u00A0oui\u00A0»");
    expect(atoms.map(({ reason }) => reason)).toContain('space-in-front');
    expect(atoms.map(({ reason }) => reason)).toContain('space-after-mark');
    const blanks = atoms.filter(({ reason }) => reason === 'no-break-space');
    expect(blanks.map(({ loss, decoded }) => [loss, decoded])).toEqual([
      ['swallowed-space', ''],
      ['no-break-space', ' '],
    ]);
  });

  it('tells each deleted character with its reason', async () => {
    const { atoms } = await explain(tokenizer, 'a\r\0b');
    const deleted = atoms.filter(({ change }) => change === 'deleted');
    expect(deleted.map(({ reason, loss, decoded }) => [reason, loss, decoded])).toEqual([
      ['carriage-return', 'carriage-return', ''],
      ['nul', 'nul', ''],
    ]);
  });

  it('replays the merges of every chunk, as they happen', async () => {
    const { ids, chunks, atoms } = await explain(tokenizer, texts[0] ?? '');
    for (const [index, { token, tokenCount, isControl }] of (chunks ?? []).entries()) {
      if (isControl) continue;
      const replay = replayMerges(tokenizer, ids.slice(token, token + tokenCount));
      if (replay.kind !== 'merges') throw new Error(replay.reason);
      const chunk = atoms.filter((atom) => atom.chunk === index).map(({ normalised }) => normalised);
      const expected = tokenizer.fast === null ? null : explainMerges(tokenizer.fast, chunk.join(''));
      expect(replay.initial.map(({ id }) => id)).toEqual(expected?.initial.map(({ id }) => id));
      expect(replay.merges.map(({ rank, at }) => [rank, at])).toEqual(
        expected?.merges.map(({ rank, at }) => [rank, at]),
      );
    }
  });

  it('refuses a chunk of pieces so long that its merges would take minutes', () => {
    const long = {
      fast: tokenizer.fast,
      hasByteFallback: true,
      isSpecial: () => false,
      pieceOf: () => 'a'.repeat(100),
      idOf: (piece: string) => tokenizer.idOf(piece),
    } as unknown as Tokenizer;
    expect(() => replayMerges(long, new Array<number>(1_000).fill(300))).toThrow(/100000 characters/);
  });

  it('does not invent merges for ids that merging does not give', () => {
    const letters = [...'été'].map((letter) => tokenizer.idOf(letter) ?? -1);
    expect(replayMerges(tokenizer, letters)).toEqual({ kind: 'none', reason: 'not-reproduced' });
  });
});

function covers({ atoms }: Explanation, text: string): string {
  for (const [index, atom] of atoms.entries()) expect(atom.start).toBe(atoms[index - 1]?.end ?? 0);
  return atoms.map(({ start, end }) => text.slice(start, end)).join('');
}

function tokensOfChunks({ chunks }: Explanation): number[] {
  return (chunks ?? []).flatMap(({ token, tokenCount }) => Array.from({ length: tokenCount }, (_, i) => token + i));
}

function tokensOfAtoms({ atoms }: Explanation): number[] {
  const all = atoms.flatMap(({ token, tokenCount }) => Array.from({ length: tokenCount }, (_, i) => token + i));
  return [...new Set(all)];
}
