/** Conversations taken apart in a real browser: versions of messages, branches from tokens, deletion with its undo, the map. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { seriousProblems } from './accessibility.ts';
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
import { newDataFolder, picture, serve, visit, type Look, type Visit } from './browser.ts';

const bars = (page: Page) => page.getByTestId('message-bar');
const figures = (bar: Locator) => bar.getByTestId('siblings').innerText();
const chips = (answer: Locator) => answer.getByTestId('token-strip').getByRole('button');

async function press(bar: Locator, action: string): Promise<void> {
  await bar.hover();
  await bar.locator(`[data-action="${action}"]`).click();
}

async function choose(page: Page, bar: Locator, item: string): Promise<void> {
  await bar.hover();
  await bar.getByRole('button', { name: 'Autres actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** A conversation of one question with its answer, greedy. */
async function begin(
  question = 'Quelle est la capitale de la France ?',
  look: Look = {},
): Promise<Visit & { url: string }> {
  const { url } = await serve(newDataFolder());
  const visited = await visit(url, look);
  await ready(visited.page);
  await setSampling(visited.page, { Température: '0' });
  await send(visited.page, question);
  await endedAnswer(visited.page, 0);
  return { ...visited, url };
}

test('edit, answer again and switch: nothing is lost, and a reload keeps it', async () => {
  const { page, violations, pageErrors } = await begin();
  await press(bars(page).nth(1), 'regenerate');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('2 / 2');
  await endedAnswer(page, 0);
  await bars(page)
    .nth(1)
    .getByRole('button', { name: /^Version précédente/ })
    .click();
  await expect.poll(() => figures(bars(page).nth(1))).toContain('1 / 2');
  await page.keyboard.press(']');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('2 / 2');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('1 / 2');

  await press(bars(page).first(), 'edit');
  const editor = page.getByRole('textbox', { name: 'Texte du message' });
  expect(await editor.inputValue()).toBe('Quelle est la capitale de la France ?');
  await editor.press('Escape');
  expect(await editor.count()).toBe(0);
  await press(bars(page).first(), 'edit');
  await editor.fill("Quelle est la capitale de l'Italie ?");
  await picture(page, 'tree-editing');
  await editor.press('Control+Enter');
  await expect.poll(() => answers(page).first().innerText()).toContain('Rome');
  await endedAnswer(page, 0);
  expect(await figures(bars(page).first())).toContain('2 / 2');

  await press(bars(page).nth(1), 'edit');
  await editor.fill('La capitale est **Rome**, depuis 1871.');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('réponse modifiée par vous').waitFor();
  expect(await figures(bars(page).nth(1))).toContain('2 / 2');
  await bars(page)
    .nth(1)
    .getByRole('button', { name: /^Version précédente/ })
    .click();
  await answers(page).first().getByText('Rome').first().waitFor();

  await page.reload();
  await ready(page);
  await openConversation(page, /^Quelle est la capitale/);
  await expect.poll(() => figures(bars(page).first())).toContain('2 / 2');
  await bars(page)
    .first()
    .getByRole('button', { name: /^Version précédente/ })
    .click();
  await expect.poll(() => answers(page).first().innerText()).toContain('Paris');
  expect(await figures(bars(page).nth(1))).toContain('/ 2');
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('an answer goes on differently from any of its tokens, by pointer and by keyboard', async () => {
  const { page, pageErrors } = await begin();
  const first = await chips(answers(page).first()).allInnerTexts();
  await chips(answers(page).first()).nth(6).click();
  const card = page.locator('.choices');
  await picture(page, 'tree-branch-card');
  expect(await seriousProblems(page)).toEqual([]);
  const second = card.getByRole('listitem').getByRole('button').nth(1);
  const taken = (await second.locator('code').innerText()).trim();
  await second.click();
  await expect.poll(() => figures(bars(page).nth(1))).toContain('2 / 2');
  const branched = answers(page).first();
  await expect.poll(() => branched.getAttribute('data-status')).toBe('complete');
  expect(await branched.getByTestId('origin').innerText()).toContain('7 premiers tokens repris');
  const tokens = await chips(branched).allInnerTexts();
  expect(tokens.slice(0, 6)).toEqual(first.slice(0, 6));
  expect(tokens[6]).not.toBe(first[6]);
  expect(tokens[6]?.trim().replace(/^[·▁]/, '')).toBe(taken.replace(/^[·▁]/, ''));

  await chips(branched).nth(1).focus();
  await page.keyboard.press('Enter');
  await page.locator('.choices').waitFor();
  await page.keyboard.press('Escape');
  expect(
    await chips(branched)
      .nth(1)
      .evaluate((chip) => chip === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Enter');
  await page.locator('.choices').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('3 / 3');
  const again = await endedAnswer(page, 0);
  expect(await again.getByTestId('origin').innerText()).toContain('2 premiers tokens repris');
  expect(pageErrors).toEqual([]);
});

test('a stopped answer goes on where it stopped; meanwhile nothing else is begun, and the bar says why', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await beginLongAnswer(page);
  expect(await bars(page).first().locator('[data-action="edit"]').getAttribute('aria-label')).toMatch(/pas maintenant/);
  await page.keyboard.press('Escape');
  const stopped = await chips(await endedAnswer(page, 0)).allInnerTexts();
  await expect.poll(() => page.getByTestId('answer-status').innerText()).toBe('Arrêtée par vous');
  await press(bars(page).nth(1), 'go-on');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('2 / 2');
  await expect.poll(() => chips(answers(page).first()).count(), { timeout: 20_000 }).toBeGreaterThan(stopped.length);
  await page.keyboard.press('Escape');
  const onward = await chips(await endedAnswer(page, 0)).allInnerTexts();
  expect(onward.slice(0, stopped.length)).toEqual(stopped);
});

test('a deleted message is brought back; the whole answer is sent to Tokens', async () => {
  const { page } = await begin();
  await send(page, "Quelle est la capitale de l'Italie ?");
  await endedAnswer(page, 1);
  await choose(page, bars(page).nth(2), 'Supprimer');
  await expect.poll(() => bars(page).count()).toBe(2);
  await picture(page, 'tree-deleted');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => answers(page).nth(1).innerText()).toContain('Rome');
  expect(await bars(page).count()).toBe(4);
  await choose(page, bars(page).nth(3), 'Envoyer vers Tokens');
  await page.getByRole('main', { name: 'Tokens' }).waitFor();
  await expect.poll(() => page.locator('.monaco-editor .view-lines').first().innerText()).toMatch(/Rome/);
});

test.each([
  [1_440, 900, 'light'],
  [1_024, 700, 'dark'],
] as const)('the map shows every branch and leads to it, at %i x %i, %s', async (width, height, colorScheme) => {
  const { page } = await begin('Qui es-tu ?', { width, height, colorScheme });
  await press(bars(page).nth(1), 'regenerate');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('2 / 2');
  await endedAnswer(page, 0);
  await send(page, 'Quelle est la capitale de la France ?');
  await endedAnswer(page, 1);
  await page.keyboard.press('Control+Shift+M');
  const map = page.getByRole('tree', { name: 'Plan de la conversation' });
  expect(await map.getByRole('treeitem').count()).toBe(5);
  expect(await map.getByRole('treeitem', { selected: true }).count()).toBe(4);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toMatch(/^Réponse : .*Paris/);
  await picture(page, `tree-map-${width}x${height}-${colorScheme}`);
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => figures(bars(page).nth(1))).toContain('1 / 2');
  expect(await bars(page).count()).toBe(2);
  await picture(page, `tree-${width}x${height}-${colorScheme}`);
  await expectNoOverflow(page);
  await page.keyboard.press('Escape');
  await expect.poll(() => map.count()).toBe(0);
});

test('a selected text can be sent elsewhere, and the last answer be read aloud on demand', async () => {
  const { page } = await begin();
  await answers(page).first().getByText('La capitale de la France est Paris.').first().selectText();
  const menu = page.getByTestId('selection-menu');
  await menu.waitFor();
  await picture(page, 'tree-selection');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Control+Shift+Y');
  await expect
    .poll(() => page.getByTestId('answer-status').innerText())
    .toMatch(/Dernière réponse\s:\sLa capitale de la France est Paris\./);
  await menu.getByRole('button', { name: 'Envoyer vers une nouvelle conversation' }).click();
  const composer = page.getByRole('textbox', { name: 'Votre message' });
  await expect.poll(() => composer.inputValue()).toBe('La capitale de la France est Paris.');
});
