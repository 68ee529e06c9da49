import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../../renderer/chat/markdown/blocks.ts';
import { toHtml } from '../../../../../renderer/chat/markdown/to-html.ts';

describe('splitBlocks', () => {
  it('gives one block for each paragraph, list and code block', () => {
    const blocks = splitBlocks('Un.\n\n- a\n- b\n\n```python title\nx = 1\n```\n\nDeux.');
    expect(blocks.map(({ kind }) => kind)).toEqual(['markdown', 'markdown', 'code', 'markdown']);
    expect(blocks[2]).toMatchObject({ kind: 'code', language: 'python', text: 'x = 1' });
  });

  it('shows a code block that is not closed yet as code', () => {
    expect(splitBlocks('```js\nlet a =')).toMatchObject([{ kind: 'code', language: 'js', text: 'let a =' }]);
  });

  it('leaves the finished blocks of a growing answer as they were', () => {
    const whole = 'Voici **trois** points :\n\n1. un\n2. deux\n\n```\ncode\n\nencore\n```\n\n> fin\n\nEt voilà.';
    let before = splitBlocks('');
    for (let length = 1; length <= whole.length; length += 1) {
      const now = splitBlocks(whole.slice(0, length));
      // Only the last two may change: a block can still turn into another kind while its first characters arrive.
      const settled = Math.max(0, before.length - 2);
      expect(now.slice(0, settled)).toEqual(before.slice(0, settled));
      before = now;
    }
    expect(before).toHaveLength(5);
  });

  it('gives a reference link its address, wherever that stands', () => {
    const [first, ...rest] = splitBlocks('Voir [la page][p].\n\nFin.\n\n[p]: https://example.org "Titre"\n');
    expect(first?.kind === 'markdown' && toHtml(first.raw + first.definitions)).toContain(
      '<a href="https://example.org/"',
    );
    expect(rest).toMatchObject([{ kind: 'markdown', raw: 'Fin.', definitions: '' }]);
  });

  it.each(['>', '- '])('shows %j, nested without end, as it is written', (nesting) => {
    const source = `${nesting.repeat(20_000)}a`;
    const html = splitBlocks(source).map((block) => (block.kind === 'markdown' ? toHtml(block.raw) : ''));
    expect(html.join('')).toMatch(/a<\/p>/);
  });

  it('has no block for an empty text', () => {
    expect(splitBlocks('\n\n')).toEqual([]);
  });
});
