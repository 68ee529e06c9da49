/**
 * Conversations as one page that needs nothing else: texts escaped and shown as they were written, line for line. Their Markdown is
 * not rendered, so there is nothing in the page that a text could have put there; a content security policy says so again.
 */
import type { ExportLabels } from './labels.ts';
import type { ReadableConversation, ReadableMessage } from './shown-messages.ts';

const style = `:root{color-scheme:light dark}
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.55 system-ui,sans-serif}
header{margin:3rem 0 1rem;border-bottom:1px solid #8886}
h1{margin:0;font-size:1.5rem}
h2{margin:0 0 .4rem;font-size:.85rem;color:light-dark(#555,#bbb)}
article{margin:0 0 1rem;padding:.8rem 1rem;border:1px solid #8886;border-radius:.6rem}
article.user{background:light-dark(#eef3f9,#223142)}
.text,pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
pre{padding:.6rem;background:#8881;font:13px/1.5 ui-monospace,monospace}
details{margin:0 0 .6rem}
time,.origin{color:light-dark(#555,#bbb);font-size:.85rem}`;

export function htmlFileStart(title: string, { language }: ExportLabels): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
${style}
</style>
</head>
<body>
`;
}

export const htmlFileEnd = '</body>\n</html>\n';

export function conversationAsHtml(
  { title, origin, createdAt, messages }: ReadableConversation,
  labels: ExportLabels,
): string {
  const from = origin === null ? '' : ` <span class="origin">· ${escaped(origin)}</span>`;
  const head = `<header><h1 dir="auto">${escaped(title)}</h1><p>${time(createdAt)}${from}</p></header>`;
  return `<main>\n${head}\n${messages.map((message) => article(message, labels)).join('\n')}\n</main>\n`;
}

function article({ role, author, text, attachments }: ReadableMessage, labels: ExportLabels): string {
  const files = attachments
    .map(({ name, text: content }) => {
      const summary = `<summary>${escaped(labels.attachment(name))}</summary>`;
      return `<details>${summary}<pre dir="auto">${escaped(content)}</pre></details>`;
    })
    .join('');
  const said = `<div class="text" dir="auto">${escaped(text.trim())}</div>`;
  return `<article class="${role}"><h2>${escaped(author)}</h2>${files}${said}</article>`;
}

function time(date: Date): string {
  return `<time datetime="${date.toISOString()}">${date.toISOString().slice(0, 16).replace('T', ' ')}</time>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Also without what HTML does not allow in a text (https://html.spec.whatwg.org/#preprocessing-the-input-stream). */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .replace(/(?![\t\n\r\f])\p{Cc}/gu, '\u{FFFD}');
}
