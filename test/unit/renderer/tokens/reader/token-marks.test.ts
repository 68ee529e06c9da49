import { describe, expect, it } from 'vitest';
import type { Alteration } from '../../../../../main/contract/tokenisation.ts';
import { alterationCounts } from '../../../../../renderer/tokens/reader/alteration-counts.ts';
import { alterationsIn, tokenMarks } from '../../../../../renderer/tokens/reader/token-marks.ts';
import { ShownTokens } from '../../../../../renderer/tokens/reader/shown-tokens.ts';
import { cutText } from './cut-text.ts';

function marksOf(text: string, flags: number[] = [], alterations: Alteration[] = []) {
  const tokenisation = cutText(text);
  tokenisation.tokens.flags.set(flags);
  const shown = new ShownTokens();
  shown.take(tokenisation, text);
  const options = { text, colouring: 'alternation', alterations, scoreOf: () => null } as const;
  return tokenMarks(shown.in(0, text.length), options, 0, text.length);
}

const lost = (start: number): Alteration => ({ start, end: start + 1, reason: 'no-break-space', becomes: ' ' });

describe('tokenMarks', () => {
  it('give neighbours other colours and mark where each begins', () => {
    const marks = marksOf('un deux', [1, 0]);
    expect(marks.filter(({ className }) => className.startsWith('tk '))).toMatchObject([
      { start: 0, end: 2, className: 'tk tk-hue-0' },
      { start: 2, end: 7, className: 'tk tk-hue-1' },
    ]);
    expect(marks.filter(({ className }) => className.startsWith('tk-first'))).toMatchObject([
      { start: 0, end: 1, className: 'tk-first tk-inserted' },
      { start: 2, end: 3, className: 'tk-first tk-space' },
    ]);
  });

  it('show the bytes of one character as one', () => {
    const { tokens } = cutText('😀');
    const shown = [0, 1, 2, 3].map((index) => ({ text: '😀', tokens, index, start: 0, end: 2, isSettled: true }));
    const options = { text: '😀', colouring: 'alternation', alterations: [], scoreOf: () => null } as const;
    const marks = tokenMarks(shown, options, 0, 2);
    expect(marks.map(({ className }) => className)).toEqual(['tk tk-hue-0 tk-many', 'tk-first']);
  });

  it('show what gets lost, and spaces that look like others', () => {
    const marks = marksOf('un\u00A0deux', [], [lost(2)]);
    const at2 = marks.filter(({ start }) => start === 2).map(({ className }) => className);
    expect(at2).toEqual(['tk-altered', 'tk-odd-space']);
    expect(marks.map(({ start }) => start)).toEqual(marks.map(({ start }) => start).sort((a, b) => a - b));
  });
});

it('alterationsIn finds those that touch a part, as a walk does', () => {
  const all = [0, 3, 4, 9].map(lost);
  for (let from = 0; from < 10; from++) {
    for (let to = from; to <= 11; to++) {
      expect(alterationsIn(all, from, to)).toEqual(all.filter(({ start, end }) => end > from && start < to));
    }
  }
});

it('alterationCounts counts each reason', () => {
  const nul = { ...lost(5), reason: 'nul' as const };
  expect(alterationCounts([lost(1), nul, lost(7)])).toEqual([
    { reason: 'no-break-space', count: 2 },
    { reason: 'nul', count: 1 },
  ]);
});
