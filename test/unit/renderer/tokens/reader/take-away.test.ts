import { describe, expect, it } from 'vitest';
import { mostFileBytes, readTextFile } from '../../../../../renderer/tokens/reader/read-text-file.ts';
import { surprisalColumns } from '../../../../../renderer/tokens/reader/surprisal-columns.ts';
import { isNextTokenKey, isPreviousTokenKey, tokenKeys } from '../../../../../renderer/tokens/reader/token-keys.ts';
import { tokensAsJson } from '../../../../../renderer/tokens/reader/tokens-as-json.ts';
import { cutText } from './cut-text.ts';

it('tokensAsJson gives ids, pieces and spans of the tokens that are asked for', async () => {
  const tokenisation = cutText('un deux trois');
  const parsed: unknown = JSON.parse(await tokensAsJson(tokenisation, 1, 3));
  expect(parsed).toMatchObject([
    { index: 1, id: tokenisation.tokens.ids[1], piece: '▁deux', start: 2, end: 7, text: ' deux', insertedSpace: false },
    { index: 2, start: 7, end: 13 },
  ]);
  expect(JSON.parse(await tokensAsJson(tokenisation, 0, 0))).toEqual([]);
});

describe('readTextFile', () => {
  it('reads UTF-8 and says why it does not', async () => {
    expect(await readTextFile(new File(['été\r\n'], 'a.txt'))).toEqual({ text: 'été\r\n', problem: null });
    expect(await readTextFile(new File([Uint8Array.of(0xe9, 0x74)], 'a.txt'))).toEqual({
      text: null,
      problem: 'not-text',
    });
    const large = { size: mostFileBytes + 1, arrayBuffer: () => Promise.reject(new Error('is not read')) };
    expect(await readTextFile(large)).toEqual({ text: null, problem: 'too-large', limit: mostFileBytes });
  });
});

describe('token keys', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
    key,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...held,
  });

  it('are Alt and an arrow, on a Mac with Control', () => {
    expect(isNextTokenKey(press('ArrowRight', { altKey: true }), false)).toBe(true);
    expect(isPreviousTokenKey(press('ArrowLeft', { altKey: true }), false)).toBe(true);
    expect(isNextTokenKey(press('ArrowRight', { altKey: true }), true)).toBe(false);
    expect(isNextTokenKey(press('ArrowRight', { altKey: true, ctrlKey: true }), true)).toBe(true);
    expect(tokenKeys(true)).not.toBe(tokenKeys(false));
  });

  it('are nothing else', () => {
    expect(isNextTokenKey(press('ArrowRight'), false)).toBe(false);
    expect(isNextTokenKey(press('ArrowRight', { altKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPreviousTokenKey(press('ArrowRight', { altKey: true }), false)).toBe(false);
  });
});

describe('surprisalColumns', () => {
  const scoreOf = (index: number) => (index < 6 ? { logProbability: -index * Math.LN2, rank: 1, entropy: 0 } : null);

  it('are the means of equal parts, in bits', () => {
    expect(surprisalColumns(8, 4, scoreOf).map((value) => value?.toFixed(6))).toEqual([
      '0.500000',
      '2.500000',
      '4.500000',
      undefined,
    ]);
  });

  it('are no more than there are tokens', () => {
    expect(surprisalColumns(2, 100, scoreOf)).toEqual([0, 1]);
    expect(surprisalColumns(0, 100, scoreOf)).toEqual([]);
  });
});
