/** Before anything is sanitised, the HTML of a hostile answer already holds no markup but our own. The proof is the test in the browser. */
import { describe, expect, it } from 'vitest';
import { splitBlocks } from '../../../../../renderer/chat/markdown/blocks.ts';
import { toHtml } from '../../../../../renderer/chat/markdown/to-html.ts';
import { hostileMarkdown } from '../../../../fixtures/hostile-markdown.ts';

const own =
  /<(?:\/?(?:blockquote|br|code|del|em|h[1-6]|hr|li|ol|p|pre|strong|table|tbody|td|th|thead|tr|ul|a)|ol start="\d+"|t[hd] align="(?:left|right|center)"|code (?:class="language-[^"<>]*"|data-math="(?:inline|display)")|a href="(?:https?:\/\/|mailto:)[^"<>]*"(?: title="[^"<>]*")? target="_blank" rel="noopener noreferrer")>/g;

describe('a hostile answer', () => {
  it('comes in at least 80 kinds', () => {
    expect(hostileMarkdown.length).toBeGreaterThanOrEqual(80);
    expect(new Set(hostileMarkdown.map(({ source }) => source)).size).toBe(hostileMarkdown.length);
  });

  it.each(hostileMarkdown)('becomes no markup of its own: $name', ({ source }) => {
    for (const block of splitBlocks(source)) {
      const html = block.kind === 'code' ? '' : toHtml(block.raw + block.definitions);
      expect(html.replace(own, '')).not.toContain('<');
    }
  });
});
