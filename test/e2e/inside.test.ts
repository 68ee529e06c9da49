/** Inside the model, on the demo model: attention by head, the logit lens, cancelling, errors, the keyboard, both schemes. */
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const text = 'Quelle est la capitale de la France ? La capitale de la France est Paris.';

async function openInside(page: Page, written = text): Promise<void> {
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await page.getByRole('tab', { name: 'Dans le modèle' }).click();
  await page.getByText('Aucun texte').waitFor();
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill(written);
}

async function compute(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Calculer', exact: true }).first().click();
}

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)('%i x %i, %s', async (width, height, colorScheme) => {
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url, { width, height, colorScheme });
  const name = (what: string) => `inside-${what}-${width}x${height}-${colorScheme}`;
  await ready(page);
  await openInside(page);
  await picture(page, name('before'));
  expect(await seriousProblems(page)).toEqual([]);
  await compute(page);
  await page.getByTestId('attention-matrix').waitFor();
  await page.getByTestId('heads').getByRole('radio').nth(3).check({ force: true });
  await picture(page, name('attention'));
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByText('Lentille logit').first().click();
  await compute(page);
  const cells = page.getByRole('gridcell');
  await expect.poll(() => page.getByRole('row').count()).toBe(6);
  await cells.last().hover();
  await page.getByRole('tooltip').waitFor();
  await picture(page, name('lens'));
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('the keyboard goes through layers, heads, tokens and cells', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await openInside(page);
  await compute(page);
  await page.getByTestId('attention-matrix').waitFor();
  await page.getByRole('slider', { name: 'Couche' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.getByTestId('attention-layer').getAttribute('data-layer')).toBe('3');
  await page.getByTestId('heads').getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('Tête 2 : en ligne le token').waitFor();
  const strip = page.getByTestId('attention-strip');
  await strip.getByRole('button').first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  const count = await strip.getByRole('button').count();
  await page.getByRole('heading', { name: `token ${count - 1}` }).waitFor();
  expect(await page.getByTestId('attended').getByRole('listitem').count()).toBe(10);
  await strip.getByRole('button').first().press('Home');
  expect(await page.getByTestId('attended').getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/<s>\s+100/),
  ]);
});

test('a long text is looked at as far as was asked, and computing it can be given up', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await openInside(page, `${text} `.repeat(40));
  await page.getByRole('combobox', { name: 'Premiers tokens' }).selectOption('512');
  await page.getByText('Lentille logit').first().click();
  await compute(page);
  await page.getByRole('button', { name: 'Abandonner' }).click();
  await page.getByText('Le calcul a été abandonné.').waitFor();
  await page.getByRole('combobox', { name: 'Premiers tokens' }).selectOption('128');
  // The engine may still be at the last run of what was given up: then it says so, and is asked again.
  const shown = page.getByText(/Les 128 premiers tokens sur/);
  const again = page.getByRole('button', { name: /^(Calculer|Recalculer|Réessayer)$/ }).first();
  await expect
    .poll(async () => {
      if ((await shown.count()) === 0 && (await again.isVisible())) await again.click({ timeout: 1_000 });
      return shown.count();
    })
    .toBe(1);
  await page.getByText('Tokens 1 à 64 sur 128').waitFor();
  await page.getByRole('button', { name: 'Tokens suivants' }).click();
  await page.getByText('Tokens 65 à 128 sur 128').waitFor();
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill('Autre chose.');
  await page.getByText('a changé depuis ce calcul').waitFor();
});
