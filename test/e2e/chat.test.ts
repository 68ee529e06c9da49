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

const hostile = [
  '<img src="https://evil.example/x.png" onerror="window.hit=1">',
  '![remote](https://evil.example/y.png)',
  '<script>window.hit=1</script>',
  '[run](javascript:window.hit=1) [data](data:text/html,<script>window.hit=1</script>)',
  '<iframe src="https://evil.example"></iframe><object data="https://evil.example"></object>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<style>body{background:url(https://evil.example/z.png)}</style><div style="background:url(https://evil.example/w.png)">x</div>',
  '<svg onload="window.hit=1"><use href="https://evil.example#x"></use></svg>',
  '<form action="https://evil.example"><input name="a"></form>',
  '<link rel="stylesheet" href="https://evil.example/s.css">',
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
    await page.locator('article').locator('img, script, iframe, object, meta, link, form, svg[onload], style').count(),
  ).toBe(0);
  const links = await page
    .locator('article a')
    .evaluateAll((nodes) => nodes.map((node) => (node as HTMLAnchorElement).protocol));
  expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([]);
  expect(violations).toEqual([]);
});
