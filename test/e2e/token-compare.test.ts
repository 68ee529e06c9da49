import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { demoRepository, hubDouble } from '../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../fixtures/word-tokenizer.ts';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

const text = 'L’été, le chat dort « à l’ombre »\u00a0; il n’a pas d’avis 😀.\nUn deuxième paragraphe, plus court.';
const frenchText = 'le chat dort\nle chat dort encore, à l’ombre des platanes\n'.repeat(40);
const englishText = 'the cat sleeps in the shade of the plane trees\n'.repeat(40);
const germanText = 'die Katze schläft im Schatten der Platanen\n'.repeat(20);

function corpus(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'fr'));
  writeFileSync(join(folder, 'fr', 'conte.txt'), frenchText);
  writeFileSync(join(folder, 'en.txt'), englishText);
  writeFileSync(join(folder, 'de-maerchen.md'), germanText);
  writeFileSync(join(folder, 'latin.txt'), Buffer.from('été', 'latin1'));
  return folder;
}

async function open(page: Page): Promise<void> {
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await page.getByRole('tab', { name: 'Comparaison' }).click();
  await page.getByTestId('compare').waitFor();
}

async function addPlace(page: Page, place: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Fichier, dossier ou dépôt du hub' });
  await field.fill(place);
  await field.press('Enter');
}

const looks: (Look & { name: string })[] = [
  { name: 'light', width: 1_440, height: 900, colorScheme: 'light' },
  { name: 'dark-small', width: 1_024, height: 700, colorScheme: 'dark' },
];

test.each(looks)('two tokenizers on a text and a folder ($name)', async ({ name, ...look }) => {
  const words = wordTokenizer(
    join(
      mkdirSync(join(temporaryFolder(), 'un-dossier-au-nom-vraiment-très-long-de-tokeniseur-de-mots'), {
        recursive: true,
      }) ?? '',
    ),
    ['le', 'chat', 'dort', 'à', 'ombre'],
  );
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url, look);
  await open(page);
  await picture(page, `compare-empty-${name}`);
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill(text);
  const rows = page.getByTestId('compared');
  await expect.poll(() => rows.first().innerText()).toMatch(/\d,\d\d/);
  await addPlace(page, words);
  await expect.poll(() => rows.count()).toBe(2);
  await expect.poll(() => rows.nth(1).innerText()).toMatch(/−\d/);
  await addPlace(page, '/nowhere/tokenizer.json');
  await page.getByText('n’est pas utilisable', { exact: false }).or(page.getByRole('alert')).first().waitFor();
  await page.getByRole('button', { name: 'Fermer' }).click();
  await picture(page, `compare-text-${name}`);
  const cuts = page.getByTestId('cuts');
  expect(await cuts.getByText('L | ’ | été', { exact: false }).count()).toBe(2);
  await cuts.scrollIntoViewIfNeeded();
  await picture(page, `compare-cuts-${name}`);
  await page.getByRole('textbox', { name: 'Chemin du fichier ou du dossier' }).fill(corpus());
  await page.getByRole('button', { name: 'Compter' }).click();
  const result = page.getByTestId('files-result');
  await result.waitFor();
  const table = result.getByRole('table', { name: 'Tokens par mot, par langue' });
  expect(await table.getByRole('rowheader').allInnerTexts()).toEqual(['français', 'anglais', 'allemand', 'Ensemble']);
  await result.getByText('1 fichier laissé de côté').click();
  await result.getByText('pas du texte en UTF-8').waitFor();
  await result.getByRole('img').scrollIntoViewIfNeeded();
  await picture(page, `compare-files-${name}`);
  await table.scrollIntoViewIfNeeded();
  await result.getByText('Tokens par mot publiés', { exact: false }).scrollIntoViewIfNeeded();
  await picture(page, `compare-published-${name}`);
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  // What is compared is there again after a reload.
  await page.reload();
  await expect.poll(() => rows.count()).toBe(2);
  await rows.nth(1).getByRole('button').click();
  await expect.poll(() => rows.count()).toBe(1);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('the tokenizer of a repository is fetched when it is asked for, and no sooner', async () => {
  const double = await hubDouble({ repositories: [demoRepository()] });
  const { url } = await serve(newDataFolder(), { HF_ENDPOINT: double.endpoint });
  const { page, violations } = await visit(url);
  await open(page);
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill(text);
  const field = page.getByRole('textbox', { name: 'Fichier, dossier ou dépôt du hub' });
  await field.fill('OpenLLM-France/Lucie-Demo');
  await page.getByText('Seuls le tokeniseur de OpenLLM-France/Lucie-Demo', { exact: false }).waitFor();
  expect(double.requests).toEqual([]);
  await page.getByRole('button', { name: 'Télécharger et ajouter' }).click();
  const rows = page.getByTestId('compared');
  await expect.poll(() => rows.count()).toBe(2);
  const asked = double.requests.length;
  expect(double.requests.filter(({ host }) => host === 'cdn').map(({ path }) => path)).toEqual([
    '/OpenLLM-France/Lucie-Demo/tokenizer.json',
  ]);
  await expect.poll(() => rows.nth(1).innerText()).toMatch(/\d,\d\d/);
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill('Un autre texte');
  await page.getByText('14 caractères', { exact: false }).waitFor();
  expect(double.requests.length).toBe(asked);
  await picture(page, 'compare-hub');
  expect(violations).toEqual([]);
});
