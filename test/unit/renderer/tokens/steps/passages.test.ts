import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passagesOf } from '../../../../../renderer/tokens/steps/passages.ts';

const parts = (text: string) => passagesOf(text).map(({ start, end }) => text.slice(start, end));

it('cuts after lines, else at a space that belongs to neither side, else anywhere but in a surrogate pair', () => {
  const line = `${'a'.repeat(150)}\n`;
  expect(parts(line.repeat(2))).toEqual([line, line]);
  const words = 'mot '.repeat(300).trimEnd();
  expect(parts(words).join(' ')).toBe(words);
  for (const part of parts(words)) expect(part).toBe(part.trim());
  expect(parts(`a${'😀'.repeat(300)}`)[0]).toBe(`a${'😀'.repeat(139)}`);
});

it('covers any text but for single spaces, in passages of a bounded length', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀'), maxLength: 3_000 }), (text) => {
      let covered = 0;
      for (const { start, end } of passagesOf(text)) {
        expect(['', ' ']).toContain(text.slice(covered, start));
        expect(end - start).toBeLessThanOrEqual(280);
        expect(end > start || text === '').toBe(true);
        covered = end;
      }
      expect(['', ' ']).toContain(text.slice(covered));
    }),
  );
});
