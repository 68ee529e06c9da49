/**
 * Markdown to HTML for text that a model wrote: raw HTML is shown as text, images are named but never fetched, and only
 * web and mail addresses become links. The result still goes through `sanitise` last.
 */
import { Marked } from 'marked';

const SAFE_ADDRESS = /^(https?:\/\/|mailto:)/i;

const markdown = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text, href }) => `<em>[${escapeHtml(text === '' ? href : text)}]</em>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (!SAFE_ADDRESS.test(href)) return text;
      const hint = escapeHtml(title ?? href);
      return `<a href="${escapeHtml(href)}" title="${hint}" target="_blank" rel="noopener noreferrer">${text}</a>`;
    },
  },
});

export function toHtml(source: string): string {
  try {
    return markdown.parse(source, { async: false });
  } catch {
    // Thousands of nested quotes or lists end the parser's stack; they are shown as they were written.
    return `<p>${escapeHtml(source)}</p>`;
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
