import { beforeAll, describe, expect, it } from 'vitest';
import {
  explainChunks,
  explainMerges,
  explainNormalisation,
  longestReplayedChunk,
  VocabularyFacts,
  type FastEncoder,
} from '../../../../main/tokenizer/index.ts';
import { demoEncoder } from './demo-encoder.ts';

describe('the steps of the fast encoder', () => {
  let encoder: FastEncoder;
  beforeAll(() => {
    encoder = demoEncoder();
  });

  it('shows what normalisation makes of each part, and where each unit comes from', () => {
    const parts = explainNormalisation(encoder, "l'e\u0301té\r<s>(x", { controlTokens: 'parse' });
    expect(parts.map((part) => (part.kind === 'text' ? part.normalised : part.content))).toEqual([
      "▁l'▁été",
      '<s>',
      '▁(▁x',
    ]);
    const [first] = parts;
    expect(first?.kind === 'text' && Array.from(first.from)).toEqual([0, 0, 1, 2, 2, 4, 5]);
    expect(first?.kind === 'text' && Array.from(first.to)).toEqual([0, 1, 2, 2, 4, 5, 6]);
    expect(parts.map(({ start, end }) => [start, end])).toEqual([
      [0, 7],
      [7, 10],
      [10, 12],
    ]);
  });

  it('cuts chunks whose tokens are those of the whole', () => {
    const text = "L'été, à 12 h 30 :\n\t« (ici) »";
    const [part] = explainNormalisation(encoder, text);
    const normalised = part?.kind === 'text' ? part.normalised : '';
    const chunks = explainChunks(encoder, normalised);
    expect(chunks.join('')).toBe(normalised);
    expect(chunks.length).toBeGreaterThan(10);
    const ids = chunks.flatMap((chunk) => {
      const replay = explainMerges(encoder, chunk);
      return (replay?.merges.at(-1)?.symbols ?? replay?.initial ?? []).map(({ id }) => id);
    });
    expect(ids).toEqual(Array.from(encoder.encodeIds(text)));
  });

  it('replays merges in order, each of a rank that the table has', () => {
    const replay = explainMerges(encoder, '▁enfants');
    expect(replay?.initial.map(({ piece }) => piece).join('')).toBe('▁enfants');
    const facts = new VocabularyFacts(encoder);
    for (const { rank, left, right, at, symbols } of replay?.merges ?? []) {
      const merged = symbols[at];
      expect(merged?.piece).toBe(left + right);
      expect(facts.mergeRankOf(merged?.id ?? -1)).toBeLessThanOrEqual(rank);
      expect(symbols.map(({ piece }) => piece).join('')).toBe('▁enfants');
    }
    expect(replay?.merges.length).toBeGreaterThan(3);
  });

  it('shows the bytes of a character that has no token', () => {
    const replay = explainMerges(encoder, '😀');
    expect(replay?.initial.map(({ piece }) => piece)).toEqual(['<0xF0>', '<0x9F>', '<0x98>', '<0x80>']);
    expect(replay?.initial.every(({ start, end }) => start === 0 && end === 2)).toBe(true);
  });

  it('replays no chunk that nobody could read', () => {
    expect(explainMerges(encoder, 'a'.repeat(longestReplayedChunk))).not.toBeNull();
    expect(explainMerges(encoder, 'a'.repeat(longestReplayedChunk + 1))).toBeNull();
  });
});
