import fc from 'fast-check';
import { expect, test } from 'vitest';
import { turnText } from '../../../main/chat/turn-text.ts';

test('files come first, fenced and named; a text alone stays as it is', () => {
  expect(turnText('Résume.', [])).toBe('Résume.');
  expect(turnText('Résume.', [{ name: 'a.txt', text: 'un\n' }])).toBe('```a.txt\nun\n```\n\nRésume.');
  expect(turnText('', [{ name: 'a.txt', text: 'un' }])).toBe('```a.txt\nun\n```');
  expect(turnText('x', [{ name: 'a\n```b', text: '' }])).toBe('```a    b\n```\n\nx');
});

test('no content closes its fence', () => {
  const text = fc.string({ unit: fc.constantFrom('`', '~', '\n', 'a', ' '), maxLength: 40 });
  fc.assert(
    fc.property(text, (content) => {
      const [first = '', ...lines] = turnText('fin', [{ name: 'n', text: content }]).split('\n');
      const fence = /^`+/.exec(first)?.[0] ?? '';
      // CommonMark: a line of at least as many backticks and nothing else, indented by less than four spaces.
      const closing = lines.findIndex((line) => new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line));
      const body = lines.slice(0, closing).join('\n');
      expect(body).toBe(content.replace(/\n$/, ''));
      expect(lines.slice(closing + 1)).toEqual(['', 'fin']);
    }),
  );
});
