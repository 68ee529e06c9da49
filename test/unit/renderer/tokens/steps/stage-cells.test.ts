import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../../main/contract/pipeline.ts';
import { Tokenizer } from '../../../../../main/tokenizer/index.ts';
import { explain } from '../../../../../main/tokenizer/steps/explain.ts';
import {
  chunkCells,
  decodedCells,
  firstChunkToShow,
  idCells,
  isLit,
  normalisedCells,
  rawCells,
  reasonCounts,
} from '../../../../../renderer/tokens/steps/stage-cells.ts';
import { demoFolder } from '../../../tokenizer/demo-folder.ts';

const text = "L'été «\u00A0ici 😀\r fin<s>";

describe('cells of the stages', () => {
  let explanation: Explanation;
  beforeAll(async () => {
    explanation = await explain(await Tokenizer.load(demoFolder), text);
  });

  it('shows every character of the text, the lost ones marked', () => {
    const cells = rawCells(explanation, text);
    expect(cells.map((cell) => cell.text).join('')).toBe("L'été·«␣ici·😀␍·fin<s>");
    expect(cells.filter(({ tone }) => tone === 'lost').map((cell) => cell.text)).toEqual(['␣', '␍']);
    expect(cells.at(-1)?.tone).toBe('control');
  });

  it('marks what normalisation inserted, changed, deleted', () => {
    const tones = (normalisedCells(explanation, text) ?? []).map(({ tone }) => tone);
    expect(tones).toEqual(expect.arrayContaining(['inserted', 'changed', 'deleted', 'control']));
  });

  it('strikes what does not come back', () => {
    const lost = (decodedCells(explanation, text) ?? []).filter(({ why }) => why !== null);
    expect(lost.map((cell) => [cell.text, cell.tone, cell.why])).toEqual([
      ['␣', 'deleted', 'swallowed-space'],
      ['␍', 'deleted', 'carriage-return'],
    ]);
  });

  it('lights up the counterparts of a token in every stage, and only these', () => {
    const rows = [
      rawCells(explanation, text),
      normalisedCells(explanation, text) ?? [],
      chunkCells(explanation) ?? [],
      idCells(explanation),
      decodedCells(explanation, text) ?? [],
    ];
    const summer = idCells(explanation).find((cell) => cell.text === '▁été') ?? null;
    expect(rows.map((cells) => cells.filter((cell) => isLit(cell, summer)).map((cell) => cell.text))).toEqual([
      ['été'],
      ['▁', 'été'],
      ['▁été'],
      ['▁été'],
      ['été'],
    ]);
    const bytes = rawCells(explanation, text).find((cell) => cell.text === '😀') ?? null;
    expect(idCells(explanation).filter((cell) => isLit(cell, bytes))).toHaveLength(4);
    const deleted = rawCells(explanation, text).find((cell) => cell.text === '␍') ?? null;
    expect(rows.map((cells) => cells.filter((cell) => isLit(cell, deleted)).length)).toEqual([1, 1, 0, 0, 1]);
  });

  it('begins with a chunk that has something to merge', () => {
    const chunk = firstChunkToShow(explanation);
    expect((chunkCells(explanation) ?? [])[chunk ?? -1]?.text).toBe('▁été');
  });

  it('shows nothing part by part that is not known part by part', () => {
    const atoms = explanation.atoms.map((atom) => ({ ...atom, normalised: null, decoded: null }));
    const unknown = { ...explanation, atoms, chunks: null };
    expect([normalisedCells(unknown, text), chunkCells(unknown), decodedCells(unknown, text)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(rawCells(unknown, text).length).toBeGreaterThan(5);
  });
});

it('counts reasons, the most frequent first', () => {
  expect(reasonCounts(['nul', null, 'other', 'other'])).toEqual([
    ['other', 2],
    ['nul', 1],
  ]);
});
