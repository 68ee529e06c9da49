/**
 * Markdown to HTML for text that a model wrote: raw HTML is shown as text, images are named but never fetched, only web and mail
 * addresses become links, and a formula is its source, marked for whoever typesets it. The result still goes through `sanitise`.
 */
import type { Tokens } from 'marked';
import { newMarked, renewBudget } from './dialect.ts';
import { linkAddress } from './link-address.ts';

/** A block of more characters is shown as it is written: reading it would hold up the window. */
const MAXIMUM_LENGTH = 60_000;

const markdown = newMarked();
markdown.use({
  extensions: [
    { name: 'deep', renderer: ({ raw }) => plainHtml(raw) },
    { name: 'inlineMath', renderer: mathSource },
    { name: 'blockMath', renderer: (token) => `<p>${mathSource(token)}</p>\n` },
  ],
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text, href }) => `<em>[${escapeHtml(text === '' ? href : text)}]</em>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens);
      const address = linkAddress(href);
      if (address === null) return text;
      const hint = title ? ` title="${escapeHtml(title)}"` : '';
      return `<a href="${escapeHtml(address.href)}"${hint} target="_blank" rel="noopener noreferrer">${text}</a>`;
    },
  },
});

export function toHtml(source: string): string {
  renewBudget();
  try {
    if (source.length <= MAXIMUM_LENGTH) return markdown.parse(source, { async: false });
  } catch {
    // Thousands of nested quotes or lists end the parser's stack; they are shown as they were written.
  }
  return plainHtml(source);
}

/** The text as it was written. */
export function plainHtml(source: string): string {
  return `<p>${escapeHtml(source)}</p>`;
}

function mathSource(token: Tokens.Generic): string {
  const source = escapeHtml(token.raw.trim());
  if (token['closed'] !== true) return `<code>${source}</code>`;
  return `<code data-math="${token['display'] === true ? 'display' : 'inline'}">${source}</code>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
