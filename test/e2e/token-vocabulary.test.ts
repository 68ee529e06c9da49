/** The vocabulary browser: searching, filtering, the keyboard, a token in detail, at two sizes, light and dark. */
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

async function openVocabulary(look: Look = {}) {
  const { url } = await serve(newDataFolder());
  const visited = await visit(url, look);
  const { page } = visited;
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await page.getByRole('tab', { name: 'Vocabulaire' }).click();
  await page.getByRole('grid').waitFor();
  return visited;
}

const search = (page: Page) => page.getByRole('textbox', { name: 'Chercher dans le vocabulaire' });
const chosen = (page: Page) => page.getByRole('row', { selected: true });
const details = (page: Page) => page.getByRole('region', { name: 'Le token choisi' });
const hits = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

test('searches by text, expression, bytes and id; an expression that never ends is stopped', async () => {
  const { page, violations, pageErrors } = await openVocabulary();
  await hits(page, /^6\s144 tokens$/);
  await search(page).fill('été');
  await hits(page, /^\d+ tokens sur 6\s144$/);
  await page.getByRole('row').filter({ hasText: '▁été' }).first().waitFor();
  await picture(page, 'vocabulary-text');
  await page.getByText('Expression', { exact: true }).click();
  await search(page).fill('(');
  await page.getByRole('alert').filter({ hasText: 'mal formée' }).waitFor();
  await search(page).fill('(\\p{L}|\\p{L}|\\p{L}|\\p{L})*!$');
  await page.getByRole('alert').filter({ hasText: 'trop de temps' }).waitFor();
  await picture(page, 'vocabulary-error');
  await search(page).fill('tion$');
  await page.getByRole('row').filter({ hasText: 'tion' }).first().waitFor();
  await page.getByText('Octets', { exact: true }).first().click();
  await search(page).fill('c3 a9');
  await page.getByRole('row').filter({ hasText: 'é' }).first().waitFor();
  await page.getByText('Identifiant', { exact: true }).click();
  await search(page).fill('300-307');
  await hits(page, /^8 tokens sur/);
  await search(page).fill('trois');
  await page.getByText('Écrivez un nombre').waitFor();
  await search(page).fill('99999');
  await page.getByRole('heading', { name: 'Aucun token', exact: true }).waitFor();
  await picture(page, 'vocabulary-no-hit');
  await page.getByRole('button', { name: 'Tout montrer' }).click();
  await hits(page, /^6\s144 tokens$/);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('the keyboard goes through all tokens; a token shows its merges and leads to others', async () => {
  const { page, pageErrors } = await openVocabulary();
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await chosen(page).getByText('6143', { exact: true }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await chosen(page).getByText('1', { exact: true }).waitFor();
  await details(page).getByText('</s>').first().waitFor();
  await page.keyboard.press('PageDown');
  await expect
    .poll(async () => Number((await chosen(page).getByRole('gridcell').first().innerText()) || 0))
    .toBeGreaterThan(10);
  await search(page).fill('tion');
  await page.getByLabel('Place', { exact: true }).selectOption('whole');
  await hits(page, /^\d+ tokens? sur/);
  await page.getByRole('row').filter({ hasText: 'tion' }).first().click();
  const panel = details(page);
  await panel.getByText('tion', { exact: true }).first().waitFor();
  await panel.getByRole('heading', { name: 'Fusions' }).waitFor();
  const parts = panel.getByRole('button', { name: /fusion \d/ });
  expect(await parts.count()).toBeGreaterThan(1);
  await parts.nth(1).click();
  await hits(page, /^6\s144 tokens$/);
  await chosen(page).waitFor();
  expect(pageErrors).toEqual([]);
});

test('filters say how many tokens they leave, and the columns sort', async () => {
  const { page } = await openVocabulary();
  const filters = page.getByRole('complementary', { name: 'Filtres' });
  await filters.getByRole('checkbox', { name: /^octet : 256 tokens/ }).check();
  await hits(page, /^256 tokens sur/);
  await filters.getByRole('button', { name: 'Tout effacer' }).click();
  await filters.getByRole('spinbutton', { name: 'Caractères, au moins' }).fill('9');
  await filters.getByRole('spinbutton', { name: 'Caractères, au moins' }).press('Enter');
  await hits(page, /tokens sur 6\s144$/);
  await page.getByRole('columnheader', { name: 'Car.' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Car.' }).getByRole('button').click();
  await expect
    .poll(() => page.getByRole('columnheader', { name: 'Car.' }).getAttribute('aria-sort'))
    .toBe('descending');
  await picture(page, 'vocabulary-filtered');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /en CSV$/ }).click();
  expect((await download).suggestedFilename()).toBe('tokens.csv');
});

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)('%i x %i, %s', async (width, height, colorScheme) => {
  const { page, violations, pageErrors } = await openVocabulary({ width, height, colorScheme });
  await page.getByRole('tab', { name: 'Lecture' }).click();
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByRole('tab', { name: 'Vocabulaire' }).click();
  await search(page).fill('est');
  await hits(page, /sur/);
  await page.getByRole('row').filter({ hasText: '▁est' }).first().click();
  await details(page)
    .getByText(/occurrences? \(/)
    .waitFor();
  await picture(page, `vocabulary-${width}x${height}-${colorScheme}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  await details(page).getByRole('button', { name: 'Chercher les plus proches' }).click();
  await details(page)
    .getByRole('listitem')
    .filter({ hasText: /0,\d{3}/ })
    .nth(19)
    .waitFor();
  await picture(page, `vocabulary-near-${width}x${height}-${colorScheme}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});
