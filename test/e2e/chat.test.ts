import { expect, test } from 'vitest';
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
  await page.locator('dt', { hasText: 'Entropie' }).first().waitFor();
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
