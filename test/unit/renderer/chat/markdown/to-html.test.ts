import { describe, expect, it } from 'vitest';
import { toHtml } from '../../../../../renderer/chat/markdown/to-html.ts';

describe('toHtml', () => {
  it('shows raw HTML as text', () => {
    const html = toHtml('a <b onclick="x()">b</b>\n\n<script>alert(1)</script>');
    expect(html).not.toMatch(/<(b|script)\b/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('names an image and fetches nothing', () => {
    const html = toHtml('![un "chat"](https://example.org/chat.png) ![](https://example.org/x.png)');
    expect(html).not.toContain('<img');
    expect(html).toContain('<em>[un &quot;chat&quot;]</em>');
    expect(html).toContain('[https://example.org/x.png]');
  });

  it('links only to web and mail addresses, in a new window without a referrer', () => {
    expect(toHtml('[site](https://example.org/?a=1&b=2)')).toContain(
      '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">site</a>',
    );
    for (const address of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      '/settings',
      'data:text/html,x',
      'JaVaScRiPt:x',
    ]) {
      expect(toHtml(`[lien](${address})`)).toBe('<p>lien</p>\n');
    }
  });

  it('keeps the formatting inside a link', () => {
    expect(toHtml('[**gras**](https://example.org)')).toContain('><strong>gras</strong></a>');
  });
});
