/** The reader of the Tokens pane: a text and its tokens in one editor. */

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

async function openReader(look: Look = {}) {
  const { url } = await serve(newDataFolder());
  const visited = await visit(url, look);
  await ready(visited.page);
  await visited.page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await visited.page.locator('.monaco-editor .view-lines').waitFor();
  return visited;
}

/** As a paste: the whole text at once, where the caret is. */
async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor').first().click();
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData('text/plain', content);
    const target = document.activeElement;
    target?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

const figure = (page: Page, name: string) =>
  page.getByTestId('token-summary').locator('div').filter({ hasText: name }).locator('dd');
const inspector = (page: Page) => page.getByTestId('token-inspector');

test('a text is cut as it is typed; every token tells its id, bytes and span', async () => {
  const { page, violations, pageErrors } = await openReader();
  await picture(page, 'tokens-empty');
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.insertText("L'été, « Paris » 😀");
  await page.locator('.tk').nth(8).waitFor();
  await page.locator('.tk-byte').first().waitFor();
  expect(await figure(page, 'Tokens par mot').innerText()).toBe('2,60');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await inspector(page).getByText('C3 A9 74 C3 A9').waitFor();
  await page.locator('.tk-byte').first().hover();
  await inspector(page).getByText('<0x9F>').waitFor();
  await page.keyboard.press('Control+a');
  await inspector(page).getByRole('heading', { name: 'Sélection' }).waitFor();
  await picture(page, 'tokens-inspector');
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});
