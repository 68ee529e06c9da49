import fc from 'fast-check';
import { expect, it } from 'vitest';
import { passagesOf } from '../../../../../renderer/tokens/steps/passages.ts';

const parts = (text: string) => passagesOf(text).map(({ start, end }) => text.slice(start, end));

it('cuts after lines, else before a space, else anywhere but in a surrogate pair', () => {
  const line = `${'a'.repeat(299)}\n`;
  expect(parts(line.repeat(2))).toEqual([line, line]);
  const words = 'mot '.repeat(300);
  for (const part of parts(words).slice(1)) expect(part.startsWith(' ')).toBe(true);
  expect(parts(`a${'😀'.repeat(300)}`)[0]).toBe(`a${'😀'.repeat(249)}`);
});

it('covers any text without gaps, in passages of a bounded length', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀'), maxLength: 3_000 }), (text) => {
      expect(parts(text).join('')).toBe(text);
      for (const part of parts(text)) expect(part.length).toBeLessThanOrEqual(500);
      expect(parts(text).every((part) => part !== '' || text === '')).toBe(true);
    }),
  );
});
