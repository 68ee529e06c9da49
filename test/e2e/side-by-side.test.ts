/** Answers side by side: two settings of one model, two quantisations, stopping, a reload, earlier runs; by keyboard too. */
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { fullPrecisionDemo } from '../fixtures/full-precision-demo.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

const question = 'Quelle est la capitale de la France ?';

async function open(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Comparer des réponses côte à côte' }).click();
  await page.getByTestId('side-by-side').waitFor();
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'La demande' }).fill(text);
}

async function ended(page: Page, status = 'complete'): Promise<void> {
  await page.locator(`[data-testid="side-by-side-run"][data-status="${status}"]`).waitFor();
}

async function addModelFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Réglages' }).click();
  const field = page.getByRole('textbox', { name: 'Chemin du dossier' });
  await field.fill(folder);
  await field.press('Enter');
  // The list of models is read anew.
  await page.getByRole('button', { name: 'Modèles' }).click();
  await page.getByRole('heading', { name: 'lucie-demo-fp32' }).waitFor();
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
}

const looks: (Look & { name: string })[] = [1_440, 1_024].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => {
    const height = width === 1_440 ? 900 : 700;
    return { name: `${width}x${height}-${colorScheme}`, width, height, colorScheme };
  }),
);

test.each(looks)('settings of one model, then two quantisations ($name)', async ({ name, ...look }) => {
  const folder = await fullPrecisionDemo(temporaryFolder());
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url, look);
  await ready(page);
  await addModelFolder(page, folder);
  await open(page);
  await page.getByText('Chaque comparaison est conservée ici').waitFor();
  await ask(page, 'Parle-moi de la mer.');
  await page.getByRole('button', { name: 'Températures 0 / 0,6 / 1' }).click();
  expect(await page.getByTestId('contender').count()).toBe(3);
  await page.getByText('Rien à charger').waitFor();
  await picture(page, `side-by-side-set-up-${name}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Comparer', exact: true }).click();
  await ended(page);
  const heads = page.getByTestId('column-head');
  expect(await heads.count()).toBe(3);
  expect(await heads.first().innerText()).toMatch(/Glouton/);
  await picture(page, `side-by-side-temperatures-${name}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Nouvelle comparaison' }).click();
  await ask(page, 'Raconte-moi une histoire sur la mer.');
  await page.getByRole('button', { name: 'Quantifié contre précision entière' }).click();
  await page.getByText('1 modèle sera chargé tour à tour, puis celui d’avant de nouveau', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Comparer', exact: true }).click();
  await ended(page);
  expect(await heads.allInnerTexts()).toEqual([
    expect.stringMatching(/lucie-demo[\s\S]*4 bits · CPU · Glouton/),
    expect.stringMatching(/lucie-demo-fp32[\s\S]*32 bits · CPU · Glouton[\s\S]*chargé en/),
  ]);
  await page.getByTestId('divergences').waitFor();
  await picture(page, `side-by-side-quantisations-${name}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  const jump = page.getByRole('button', { name: 'Y aller : première divergence de B' });
  if ((await jump.count()) > 0) {
    await jump.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-divergence'))).toBe('1');
    await picture(page, `side-by-side-divergence-${name}`);
  }
  await page.getByText('Tokens de la réponse B').click();
  await page.getByTestId('token-strip').getByRole('button').first().waitFor();
  await page.getByTestId('token-strip').scrollIntoViewIfNeeded();
  await picture(page, `side-by-side-tokens-${name}`);
  expect(await seriousProblems(page)).toEqual([]);
  await ready(page);
  await page.getByRole('contentinfo').getByText('lucie-demo', { exact: true }).waitFor();
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('a run goes on over a reload, can be stopped, is opened again, asked again, and deleted', async () => {
  const { url } = await serve(newDataFolder());
  const { page, pageErrors } = await visit(url);
  await ready(page);
  await open(page);
  await ask(page, 'Raconte une très longue histoire.');
  for (const letter of ['A', 'B']) {
    const card = page.getByRole('article', { name: `Candidat ${letter}` });
    await card.getByText('Tous les réglages').click();
    await card.getByRole('textbox', { name: 'Température' }).fill('5');
    await card.getByRole('textbox', { name: 'Graine' }).fill('6');
    await page.keyboard.press('Tab');
  }
  await page.getByRole('textbox', { name: 'La demande' }).press('Control+Enter');
  await page.getByTestId('growing-answer').first().getByText(/\S/).waitFor();
  await page.reload();
  await page.getByTestId('growing-answer').first().getByText(/\S/).waitFor();
  await picture(page, 'side-by-side-running');
  await page.getByRole('button', { name: 'Arrêter' }).click();
  await ended(page, 'stopped');
  await page.getByText('Arrêtée par vous').waitFor();
  expect(await page.getByTestId('column-head').first().innerText()).toMatch(/arrêtée/);
  await page.getByRole('button', { name: 'Nouvelle comparaison' }).click();
  const earlier = page.getByTestId('earlier-run');
  await expect.poll(() => earlier.count()).toBe(1);
  await earlier
    .getByRole('button', { name: /Raconte une très longue histoire/ })
    .first()
    .click();
  await ended(page, 'stopped');
  await page.getByRole('button', { name: 'Reprendre ces candidats' }).click();
  expect(await page.getByTestId('contender').first().innerText()).toMatch(/température 5/);
  await earlier.getByRole('button', { name: /^Supprimer la comparaison/ }).click();
  await earlier.getByRole('button', { name: 'Supprimer', exact: true }).click();
  await expect.poll(() => earlier.count()).toBe(0);
  await page.getByRole('button', { name: 'Retour à la conversation' }).click();
  await page.getByRole('heading', { name: 'Nouvelle conversation' }).waitFor();
  expect(pageErrors).toEqual([]);
});

test('six contenders scroll sideways within the pane', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url, { width: 1_024, height: 700 });
  await ready(page);
  await open(page);
  await ask(page, question);
  const add = page.getByRole('button', { name: 'Ajouter un candidat' });
  for (let n = 0; n < 4; n++) await add.click();
  expect(await add.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Comparer', exact: true }).click();
  await ended(page);
  expect(await page.getByTestId('column-head').count()).toBe(6);
  await page.getByText('Même réponse que A', { exact: false }).waitFor();
  await picture(page, 'side-by-side-six');
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
});
