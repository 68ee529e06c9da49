import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignAnswers, type Alignment } from '../../../../../renderer/chat/side-by-side/aligned-rows.ts';
import { unitsOf, type AnswerText } from '../../../../../renderer/chat/side-by-side/answer-units.ts';
import { token } from '../../../../fixtures/messages.ts';

/** Words are tokens; a word has the same id wherever it is. */
function answer(text: string, tokenizerHash = 'one'): AnswerText {
  const words = text.match(/\s*\S+|\s+/g) ?? [];
  return { text, tokens: words.map((word) => token(idOf(word), word)), tokenizerHash };
}

function idOf(word: string): number {
  return [...word].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003, 7);
}

const textOf = ({ rows }: Alignment, column: number) =>
  rows.map((row) => row[column]?.map(({ text }) => text).join('') ?? '').join('');

describe('alignAnswers', () => {
  it('begins a row after a sentence that all share, and marks what differs', () => {
    const answers = [
      answer('Paris est grande. Elle a un fleuve. Voilà.'),
      answer('Paris est belle. Elle a un fleuve. Voilà.'),
    ];
    const { rows, divergences, similarity } = alignAnswers(answers, 0);
    expect(rows.map((row) => row.map((runs) => runs.map(({ text }) => text).join('')))).toEqual([
      ['Paris est grande. Elle a un fleuve.', 'Paris est belle. Elle a un fleuve.'],
      [' Voilà.', ' Voilà.'],
    ]);
    expect(rows[0]?.[1]).toEqual([
      { text: 'Paris est', kind: 'same', missing: '', isDivergence: false },
      { text: ' belle.', kind: 'other', missing: '', isDivergence: true },
      { text: ' Elle a un fleuve.', kind: 'same', missing: '', isDivergence: false },
    ]);
    expect(rows[0]?.[0]?.[1]).toMatchObject({ text: ' grande.', kind: 'other', isDivergence: true });
    expect(divergences).toMatchObject([null, { by: 'ids', left: { index: 2 }, right: { index: 2, offset: 9 } }]);
    expect(similarity[1]).toBeCloseTo(7 / 8);
  });

  it('says what an answer lacks, also at its end', () => {
    const [whole, cut] = ['Un deux trois quatre cinq', 'Un deux quatre'].map((text) => answer(text));
    if (whole === undefined || cut === undefined) throw new Error('There are two.');
    const [row] = alignAnswers([whole, cut], 0).rows;
    expect(row?.[1]?.map(({ text, kind, missing, isDivergence }) => [text, kind, missing, isDivergence])).toEqual([
      ['Un deux', 'same', '', false],
      ['', 'absent', ' trois', false],
      [' quatre', 'same', '', true],
      ['', 'absent', ' cinq', false],
    ]);
    const short = alignAnswers([answer('Un deux trois'), answer('Un deux')], 0);
    expect(short.rows[0]?.[1]?.at(-1)).toMatchObject({ kind: 'absent', missing: ' trois', isDivergence: true });
  });

  it('leaves the reference plain beside several others, with the first of their divergences marked', () => {
    const { rows } = alignAnswers([answer('a b c d'), answer('a b x d'), answer('a y c d')], 0);
    expect(rows[0]?.[0]).toMatchObject([
      { text: 'a', kind: 'same', isDivergence: false },
      { text: ' b c d', kind: 'same', isDivergence: true },
    ]);
  });

  it('compares answers of different tokenizers by their texts', () => {
    const [left, right] = [answer('Il fait beau, dit-il.'), answer('Il fait chaud, dit-il.', 'other')];
    const { left: units } = unitsOf(left, right);
    expect(units.ends.map((end, at) => left.text.slice(units.ends[at - 1] ?? 0, end))).toEqual([
      ...['Il', ' fait', ' beau', ',', ' dit', '-', 'il', '.'],
    ]);
    const { rows, divergences } = alignAnswers([left, right], 0);
    expect(rows[0]?.[1]?.map(({ text, kind }) => [text, kind])).toEqual([
      ['Il fait', 'same'],
      [' chaud', 'other'],
      [', dit-il.', 'same'],
    ]);
    expect(divergences[1]).toMatchObject({ by: 'text', right: { index: 2, other: null } });
  });

  it('keeps every answer whole, whatever they are', () => {
    const word = fc.constantFrom('le', ' chat', ' dort.', '\n', ' « oui »', ' 😀', '!', ' ');
    const text = fc.array(word, { maxLength: 25 }).map((words) => words.join(''));
    const one = fc.tuple(text, fc.constantFrom('one', 'other'));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), fc.nat(3), (texts, chosen) => {
        const answers = texts.map(([content, tokenizer]) => answer(content, tokenizer));
        const alignment = alignAnswers(answers, chosen % answers.length);
        for (const [column, { text: whole }] of answers.entries()) expect(textOf(alignment, column)).toBe(whole);
        for (const row of alignment.rows) expect(row).toHaveLength(answers.length);
      }),
      { numRuns: 300 },
    );
  });
});
