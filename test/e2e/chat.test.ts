import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import { answer, message } from '../fixtures/messages.ts';
import {
  answers,
  beginLongAnswer,
  endedAnswer,
  expectNoOverflow,
  openConversation,
  ready,
  send,
  setSampling,
} from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const script = 'window.hit=1';
const remote = 'https://evil.example';
const hostile = [
  `<img src="${remote}/x.png" onerror="${script}">`,
  `<img src=x onerror=${script}><image src="${remote}/i.png">`,
  `<script>${script}</script>`,
  `<SCRIPT SRC=${remote}/s.js></SCRIPT>`,
  `<svg onload="${script}"><use href="${remote}#x"></use></svg>`,
  `<svg><animate onbegin=${script} attributeName=x dur=1s></svg><math><mtext><img src=x onerror=${script}></mtext></math>`,
  `<iframe src="${remote}"></iframe><iframe srcdoc="<script>parent.hit=1</script>"></iframe>`,
  `<object data="${remote}"></object><embed src="${remote}/e.swf">`,
  `<video src="${remote}/v.mp4" autoplay onloadstart=${script}></video><audio src="${remote}/a.mp3"></audio>`,
  `<meta http-equiv="refresh" content="0;url=${remote}">`,
  `<base href="${remote}/"><link rel="stylesheet" href="${remote}/s.css">`,
  `<style>body{background:url(${remote}/z.png)}</style><style>@import "${remote}/i.css";</style>`,
  `<div style="background:url(${remote}/w.png)">x</div><p style="position:fixed;inset:0">over</p>`,
  `<form action="${remote}"><input name="a" autofocus onfocus=${script}><button formaction="javascript:${script}">b</button></form>`,
  `<details open ontoggle=${script}><summary>s</summary></details><marquee onstart=${script}>m</marquee>`,
  `<body onload=${script}><dialog open>d</dialog><select autofocus onfocus=${script}></select>`,
  `<a href="javascript:${script}">a</a><a href="${remote}" ping="${remote}/p" onclick="${script}">p</a>`,
  `<noscript><p title="</noscript><img src=x onerror=${script}>">`,
  `<template><img src=x onerror=${script}></template><math href="javascript:${script}">m</math>`,
  `<!--><img src=x onerror=${script}>--> <![CDATA[<img src=x onerror=${script}>]]> <?php ?>`,
  `![remote](${remote}/y.png) ![](${remote}/n.png "t") [![inner](${remote}/in.png)](javascript:${script})`,
  `![ref][picture] [shown][run] [run]\n\n[picture]: ${remote}/ref.png\n[run]: javascript:${script}`,
  `[js](javascript:${script}) [JS](JaVaScRiPt:${script}) [tab](java&Tab;script:${script}) [nl](<java\nscript:${script}>)`,
  `[entity](&#106;avascript:${script}) [hex](&#x6A;avascript:${script}) [colon](javascript&colon;${script})`,
  `[percent](javascript%3A${script}) [space](<  javascript:${script}>) [control](<\u0001javascript:${script}>)`,
  `[data](data:text/html,<script>${script}</script>) [vb](vbscript:msgbox(1)) [blob](blob:${remote}/x)`,
  `[file](file:///etc/passwd) [view](view-source:${remote}) [slashes](//evil.example) [root](/rpc) [hash](#token=x)`,
  `<javascript:${script}> <data:text/html,x> <${remote}/auto> www.evil.example user@evil.example`,
  `[quote](${remote}/" onmouseover="${script}) [title](${remote} "\\" onmouseover=\\"${script}")`,
  `[text<img src=x onerror=${script}>](${remote}) [a\`b](javascript:${script})`,
  `**<b onclick=${script}>bold</b>** *<i onpointerover=${script}>i</i>* ~~<s>~~ \`<img src=x onerror=${script}>\``,
  `| a <img src=x onerror=${script}> | [b](javascript:${script}) |\n|:--|--:|\n| <script>${script}</script> | ![c](${remote}/c.png) |`,
  `${'| a '.repeat(200)}|\n${'|-'.repeat(200)}|\n${'| b '.repeat(200)}|`,
  `- [x] <input type=checkbox onclick=${script}>\n- [ ] ![t](${remote}/t.png)`,
  `> > > <iframe src="${remote}">\n\n${'>'.repeat(300)} deep`,
  `\`\`\`html\n<script>${script}</script>\n\`\`\`\`\`\`\n<img src=x onerror=${script}>\n\`\`\``,
  `~~~"><img src=x onerror=${script}>\ncode\n~~~`,
  `\`\`\`mermaid\ngraph TD; A[<img src=x onerror=${script}>] --> B; click A "javascript:${script}"\n\`\`\``,
  `[^1] and ^[inline]\n\n[^1]: <img src=x onerror=${script}> ![f](${remote}/f.png)`,
  `$$\\href{javascript:${script}}{x}$$ \\(\\includegraphics{${remote}/m.png}\\)`,
  `# <a name="x" id="workbench">heading</a> {#id onclick=${script}}\n\nSetext <img src=x onerror=${script}>\n===`,
  `\u202E\u2066reversed [gpj.exe](${remote})\u2069 \u200B\uFEFF\u0000 null`,
  `<scr<script>ipt>${script}</scr</script>ipt> <<img src=x onerror=${script}>> <img/src=x/onerror=${script}>`,
  `&lt;img src=x onerror=${script}&gt; &amp;lt;script&amp;gt; &#60;script&#62;${script}&#60;/script&#62;`,
  `<x-element onclick=${script}><slot></slot></x-element><plaintext><xmp><listing>`,
  'The end',
];

test('a first conversation: every token with its probability, history after a reload and after a kill', async () => {
  const dataFolder = newDataFolder();
  const served = await serve(dataFolder);
  const { page, violations, pageErrors } = await visit(served.url);
  await ready(page);
  await picture(page, 'chat-empty');
  await setSampling(page, { Température: '0' });
  await send(page, 'Quelle est la capitale de la France ?');
  const answer = await endedAnswer(page, 0);
  expect(await answer.innerText()).toContain('La capitale de la France est Paris.');
  const tokens = answer.getByRole('toolbar').getByRole('button');
  expect(await tokens.count()).toBe(8);

  await tokens.nth(6).hover();
  await page.getByText('Entropie').first().waitFor();
  await picture(page, 'chat-token-card');

  await page.reload();
  await ready(page);
  await openConversation(page, /^Quelle est la capitale/);
  await (await endedAnswer(page, 0)).waitFor();

  await served.kill();
  const again = await serve(dataFolder);
  await page.goto(again.url);
  await ready(page);
  await openConversation(page, /^Quelle est la capitale/);
  expect(await (await endedAnswer(page, 0)).innerText()).toContain('Paris');
  await send(page, "Quelle est la capitale de l'Italie ?");
  expect(await (await endedAnswer(page, 1)).innerText()).toContain('Rome');
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors.filter((error) => !error.includes('WebSocket'))).toEqual([]);
});

test('stopping keeps the partial answer; tokens are reached by keyboard', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await beginLongAnswer(page);
  await page.keyboard.press('Escape');
  const answer = await endedAnswer(page, 0);
  const count = await answer.getByRole('toolbar').getByRole('button').count();
  expect(count).toBeGreaterThanOrEqual(4);
  await answer.getByRole('toolbar').getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const focused = await page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
  const third = answer.getByRole('toolbar').getByRole('button').nth(2);
  expect(focused).toBe((await third.getAttribute('aria-label')) ?? (await third.textContent()));
  await page.reload();
  await ready(page);
  await openConversation(page, /^Raconte une très/);
  const kept = answers(page).first().getByRole('toolbar').getByRole('button');
  await kept.first().waitFor();
  expect(await kept.count()).toBe(count);
});

test('a reload in mid-answer loses nothing: the answer goes on', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await beginLongAnswer(page);
  await page.reload();
  await ready(page).catch(() => undefined);
  await openConversation(page, /^Raconte une très/);
  const answer = await endedAnswer(page, 0);
  expect(await answer.getByRole('toolbar').getByRole('button').count()).toBeGreaterThan(100);
});

test('the engine is killed in mid-answer: the window says so, keeps the text, and the next message works', async () => {
  const { url, engineProcessId } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await beginLongAnswer(page);
  process.kill(await engineProcessId(), 'SIGKILL');
  const answer = answers(page).first();
  await answer
    .getByText(/interromp/i)
    .first()
    .waitFor();
  expect(await answer.getByRole('toolbar').getByRole('button').count()).toBeGreaterThanOrEqual(3);
  await page
    .getByText(/moteur s.(est|était) arrêté de façon inattendue/i)
    .first()
    .waitFor();
  await ready(page);
  await picture(page, 'chat-engine-killed');
  await setSampling(page, { Température: '0' });
  await send(page, 'Quelle est la capitale de la France ?');
  expect(await (await endedAnswer(page, 1)).innerText()).toContain('Paris');
});

test('a message that is too long is refused with the numbers, and stays in the composer', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  const long = 'Bonjour tout le monde. '.repeat(300);
  await send(page, long);
  await page
    .getByText(/1[\s\u202f]024/)
    .first()
    .waitFor();
  expect(await page.getByRole('textbox', { name: 'Votre message' }).inputValue()).toBe(long);
  expect(await answers(page).count()).toBe(0);
  await picture(page, 'chat-too-long');
});

test('a deletion is taken back, or holds over a reload; leaving a focused token throws nothing', async () => {
  const { url } = await serve(newDataFolder());
  const { page, pageErrors } = await visit(url);
  await ready(page);
  await setSampling(page, { Température: '0' });
  await send(page, 'Qui es-tu ?');
  const tokens = (await endedAnswer(page, 0)).getByRole('toolbar').getByRole('button');
  await tokens.first().focus();
  await page.keyboard.press('Alt+2');
  await page.getByRole('textbox', { name: 'Chemin du fichier' }).waitFor();
  await page.keyboard.press('Alt+1');

  const conversation = page.getByRole('region', { name: 'Conversations' }).getByRole('button', { name: /^Qui es-tu/ });
  await conversation.press('Delete');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await answers(page).first().waitFor();
  await conversation.press('Delete');
  await page.reload();
  await page.getByText('Vos conversations apparaîtront ici.').waitFor();
  expect(pageErrors).toEqual([]);
});

test('what a model writes is never markup, never a request', async () => {
  const dataFolder = newDataFolder();
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  store.create({ id: 'c', title: 'Hostile', createdAt: 1 });
  store.append('c', [
    message({ id: 'u', conversationId: 'c', text: hostile.join('\n\n') }),
    answer({ id: 'a', conversationId: 'c', parentId: 'u', text: hostile.join('\n\n'), status: 'complete' }),
  ]);
  store.close();
  const { url } = await serve(dataFolder);
  const { page, violations } = await visit(url);
  await ready(page);
  await openConversation(page, /^Hostile/);
  await page.getByRole('article').nth(1).getByText('The end').waitFor();
  expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
  expect(
    await page
      .locator('.markdown')
      .locator(
        `:not(${'a b blockquote br button code del div em figcaption figure h1 h2 h3 hr li ol p path pre rect span strong svg table tbody td th thead tr ul'.replaceAll(' ', ',')})`,
      )
      .evaluateAll((nodes) => nodes.map(({ outerHTML }) => outerHTML)),
  ).toEqual([]);
  const attributes = await page
    .locator('.markdown .block *')
    .evaluateAll((nodes) => [...new Set(nodes.flatMap((node) => node.getAttributeNames()))]);
  expect(attributes.sort()).toEqual(['align', 'href', 'rel', 'target', 'title']);
  const links = await page
    .locator('article a')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLAnchorElement).protocol));
  expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([]);
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
});
