import { describe, expect, it } from 'vitest';
import type { TokenKind } from '../../../main/contract/tokens.ts';
import { alignSpans } from '../../../main/tokenizer/align-spans.ts';

type Row = [piece: string, start: number, end: number, kind?: TokenKind];

function align(text: string, rows: Row[]): [slice: string, insertedSpace: boolean][] {
  const spans = alignSpans(text, rows.length, (i) => {
    const [piece, start, end, kind = 'normal'] = rows[i] as Row;
    return { piece, start, end, kind };
  });
  return spans.starts.map((start, i) => [text.slice(start, spans.ends[i]), spans.insertedSpace[i] ?? false]);
}

// The offsets are those that the library gives for these texts with Lucie's tokenizer.
describe('alignSpans', () => {
  it('takes the inserted space off the apostrophe before it', () => {
    expect(
      align("l'été", [
        ['▁l', 0, 1],
        ["'", 1, 2],
        ['▁été', 1, 5],
      ]),
    ).toEqual([
      ['l', true],
      ["'", false],
      ['été', true],
    ]);
  });

  it('gives an inserted space that is a token of its own an empty span', () => {
    expect(
      align("'1", [
        ["▁'", 0, 1],
        ['▁', 0, 1],
        ['1', 1, 2],
      ]),
    ).toEqual([
      ["'", true],
      ['', true],
      ['1', false],
    ]);
    expect(
      align('\n\nx', [
        ['▁', 0, 1],
        ['\n\n', 0, 2],
        ['▁x', 1, 3],
      ]),
    ).toEqual([
      ['', true],
      ['\n\n', false],
      ['x', true],
    ]);
  });

  it('counts the spaces of a run that are really there', () => {
    expect(
      align("'  x", [
        ["▁'", 0, 1],
        ['▁▁', 0, 2],
        ['▁x', 2, 4],
      ]),
    ).toEqual([
      ["'", true],
      [' ', true],
      [' x', false],
    ]);
    expect(
      align('a b', [
        ['▁a', 0, 1],
        ['▁b', 1, 3],
      ]),
    ).toEqual([
      ['a', true],
      [' b', false],
    ]);
  });

  it('gives the bytes of one character its span, and those of the next one the next', () => {
    const bytes = (at: number): Row[] => Array.from({ length: 4 }, () => ['<0xF0>', at, at + 2, 'byte'] as Row);
    const spans = align('😀😀', [...bytes(0), ...bytes(2)]);
    expect(spans).toEqual(Array.from({ length: 8 }, () => ['😀', false]));
  });

  it('gives composed characters to the token before the hole, deleted ones to nobody', () => {
    expect(
      align('e\u0301a', [
        ['▁é', 0, 1],
        ['a', 2, 3],
      ]),
    ).toEqual([
      ['e\u0301', true],
      ['a', false],
    ]);
    expect(
      align('a\rb', [
        ['▁a', 0, 1],
        ['b', 2, 3],
      ]),
    ).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(
      align('e\u0301', [
        ['<0xC3>', 0, 1, 'byte'],
        ['<0xA9>', 0, 1, 'byte'],
      ]),
    ).toEqual([
      ['e\u0301', false],
      ['e\u0301', false],
    ]);
  });
});
