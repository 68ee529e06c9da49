import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../../renderer/chat/markdown/blocks.ts';
import { GrowingBlocks } from '../../../../../renderer/chat/markdown/growing-blocks.ts';

/** Pieces of Markdown that close, open, interrupt or continue one another when they are put side by side. */
const pieces = [
  ...['a', 'b c', ' ', '  ', '    ', '\n', '\n', '\n\n', '\n\n', '\t', '\r\n', '\r', 'Une phrase. '],
  ...['# ', '---', '===', '***', '- ', '* ', '1. ', '10) ', '> ', '>', '- [x] ', '+'],
  ...['```', '```js\n', '````', '~~~', '~~~\n', '`', '``', '|', '| a | b |', '|---|---|', ':-:'],
  ...[
    '[a]',
    '[a]: ',
    '[a]: https://a.example',
    '[',
    ']',
    ']:',
    '"',
    "'",
    '(',
    ')',
    '"titre"',
    '<https://b.example>',
    '[^1]: note',
  ],
  ...['<div>', '</div>', '<!--', '-->', '<script>', '</script>', '<pre>', '<?', '?>', '<b>', '<![CDATA[', ']]>', '<!A'],
  ...['$$', '$', '\\[', '\\]', '\\(', 'x^2', '**', '_', '~', '\\', '![i](j)', '&amp;', 'www.a.example'],
];
const source = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

describe('GrowingBlocks', () => {
  it('gives at every length what cutting the whole text gives', () => {
    fc.assert(
      fc.property(source, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }), (text, steps) => {
        const growing = new GrowingBlocks();
        for (let length = 0, step = 0; length < text.length; step += 1) {
          length = Math.min(text.length, length + (steps[step % steps.length] ?? 1));
          const part = text.slice(0, length);
          expect(growing.update(part), JSON.stringify(part)).toEqual(splitBlocks(part));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('starts again where the text is another one', () => {
    const growing = new GrowingBlocks();
    growing.update('Un.\n\nDeux.\n\nTrois.\n');
    expect(growing.update('Un.\n\nAutre')).toEqual(splitBlocks('Un.\n\nAutre'));
    expect(growing.update('')).toEqual([]);
  });

  it('keeps the objects of what has not changed', () => {
    const growing = new GrowingBlocks();
    const start = 'Un [lien][l].\n\n- a\n- b\n\n```js\nlet x;\n```\n\nFin';
    const before = growing.update(start);
    const after = growing.update(`${start} de la réponse.\n\n${'Encore une phrase. '.repeat(50)}`);
    expect(before.slice(0, 3).every((block, index) => block === after[index])).toBe(true);
    const [defined, ...rest] = growing.update(`${start} de la réponse.\n\n[l]: https://a.example\n\nx`);
    expect(defined).toMatchObject({ definitions: '\n\n[l]: https://a.example' });
    expect(rest[0]).toBe(before[1]);
  });
});
