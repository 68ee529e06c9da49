import { expect, test } from 'vitest';
import { escaped } from '../../../../main/chat/history/transfer/as-html.ts';
import { fileNameFor } from '../../../../main/chat/history/transfer/file-name.ts';
import { aHistory, exported, fillHistory } from './a-history.ts';

test('Markdown has the shown branch as it was written, attachments in fences', async () => {
  const one = aHistory();
  fillHistory(one);
  const { text, end } = await exported(one.history, 'markdown', { type: 'conversation', conversationId: 'c1' });
  expect(end.fileName).toBe('Les-capitales.md');
  expect(text).toBe(`# Les capitales

*2023-11-14T22:13:20.000Z*

## Système

Réponds en une phrase.

## Vous

**Pièce jointe : pays.txt**

\`\`\`
France
Éthiopie
\`\`\`

Quelle est la capitale de la France ?

## demo

C’est Paris, <b>évidemment</b>.

## Vous

Et celle de l’Éthiopie ?

## lucie (arrêtée)

Addis-Abeba.
`);
});

test('a fence is longer than any in the attachment', async () => {
  const one = aHistory();
  one.store.create({ id: 'c', title: 'x', createdAt: 0 });
  fillHistory(one);
  one.store.database
    .prepare('UPDATE message SET attachments = ? WHERE id = ?')
    .run(JSON.stringify([{ name: 'a.md', text: '````\ncode\n````' }]), 'u3');
  const { text } = await exported(one.history, 'markdown', { type: 'conversation', conversationId: 'c2' });
  expect(text).toContain('`````\n````\ncode\n````\n`````');
});

test('HTML holds nothing that a text could have put there', async () => {
  const one = aHistory();
  fillHistory(one);
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title></style><b>',
    '\u0000\ud800&amp;',
  ];
  for (const [at, text] of hostile.entries()) {
    one.store.database
      .prepare('UPDATE message SET text = ?, model = ? WHERE id = ?')
      .run(text, text, ['u1', 'a2', 'u2', 'a3'][at] ?? '');
  }
  one.store.rename('c1', hostile.join(' '));
  const { text } = await exported(one.history, 'html', { type: 'conversation', conversationId: 'c1' });
  const tags = [...text.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name);
  expect(tags.filter((name) => ['script', 'img', 'b', 'iframe', 'link', 'object'].includes(name ?? ''))).toEqual([]);
  expect(text.match(/<\/title>/g)).toHaveLength(1);
  expect(text.match(/<\/style>/g)).toHaveLength(1);
  expect(text).toContain("default-src 'none'");
  expect(text).not.toMatch(/https?:|url\(/);
  expect(text).not.toContain('\0');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('escaping is exact, and file names are safe', () => {
  expect(escaped(`a<b>&"'\u0007\t\n`)).toBe('a&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\t\n');
  const day = new Date('2026-01-02T03:04:05Z');
  expect(fileNameFor(null, 'json', day)).toBe('lucie-conversations-2026-01-02.json');
  expect(fileNameFor('../../etc/passwd', 'html', day)).toBe('etc-passwd.html');
  expect(fileNameFor('Été : où aller ?', 'markdown', day)).toBe('Été-où-aller.md');
  expect(fileNameFor('😀', 'json', day)).toBe('lucie-conversations-2026-01-02.json');
  expect(fileNameFor('x'.repeat(500), 'json', day)).toHaveLength(65);
});
