import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../../renderer/chat/markdown/blocks.ts';
import { toHtml } from '../../../../../renderer/chat/markdown/to-html.ts';

const formulas = (source: string) =>
  [...toHtml(source).matchAll(/data-math="(\w+)">([^<]*)</g)].map(([, kind, tex]) => `${kind} ${tex}`);

describe('formulas', () => {
  it.each([
    ['Soit $x^2$ et $y_1 * z_2$.', ['inline $x^2$', 'inline $y_1 * z_2$']],
    ['Soit \\(a_1 * b_2 * c\\) donc \\[x < y\\]', ['inline \\(a_1 * b_2 * c\\)', 'display \\[x &lt; y\\]']],
    ['**Gras $a$** et *$b$*', ['inline $a$', 'inline $b$']],
    ['- a : $x$\n- b', ['inline $x$']],
    ['On pose :\n$$\na\n=\nb\n$$\nDonc.', ['display $$\na\n=\nb\n$$']],
    ['\\[\n\\frac{a}{b} \\\\[2pt] c\n\\]', ['display \\[\n\\frac{a}{b} \\\\[2pt] c\n\\]']],
    ['texte $$x$$ texte', ['display $$x$$']],
    ['Coût de $\\$5$ ici', ['inline $\\$5$']],
  ])('are found in %j', (source, expected) => {
    expect(formulas(source)).toEqual(expected);
  });

  it.each([
    'Cela coûte 5 $ et 10 $ en tout.',
    'It costs $5 and $10 more.',
    'From $5 to $10, or $20/month',
    'Le code `$x$` et ``$$y$$`` restent.',
    '```\n$x$\n$$y$$\n```',
    'A \\$x\\$ B',
    'Variables $HOME et $PATH',
    'Un $ seul\n\net un autre $ plus loin',
    '$ x $ avec des espaces',
  ])('are not seen in %j', (source) => {
    expect(formulas(source)).toEqual([]);
  });

  it('stay as they are written until their end has come, in a block of their own', () => {
    const blocks = splitBlocks('Donc :\n$$\na\n=\n');
    expect(blocks.map(({ raw }) => raw)).toEqual(['Donc :\n', '$$\na\n=\n']);
    expect(toHtml(blocks[1]?.raw ?? '')).toBe('<p><code>$$\na\n=</code></p>\n');
  });
});
