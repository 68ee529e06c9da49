import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

async function openPane(): Promise<{ page: Page; violations: string[]; pageErrors: string[]; dataFolder: string }> {
  const dataFolder = newDataFolder();
  const { url } = await serve(dataFolder);
  const visited = await visit(url);
  await ready(visited.page);
  await visited.page.getByRole('button', { name: 'Données' }).click();
  await visited.page.getByRole('textbox', { name: 'Chemin du fichier' }).waitFor();
  return { ...visited, dataFolder };
}

async function openPath(page: Page, path: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Chemin du fichier' });
  await field.fill(path);
  await field.press('Enter');
}

/** What the reader shows; Monaco writes its spaces unbreakable. */
async function readerText(page: Page): Promise<string> {
  await page.locator('.monaco-editor .view-line').first().waitFor();
  return (await page.locator('.monaco-editor .view-lines').innerText()).replaceAll('\u00a0', ' ');
}

test('the shipped sample is opened, paged and read, by keyboard too', async () => {
  const { page, violations, pageErrors } = await openPane();
  await picture(page, 'data-empty');
  await page.getByRole('button', { name: /^Échantillon fourni/ }).click();
  const grid = page.getByRole('grid');
  await grid.getByRole('row').nth(10).waitFor();
  const first = await readerText(page);
  expect(first.length).toBeGreaterThan(100);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => readerText(page)).not.toBe(first);
  await picture(page, 'data-reader');
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('a file with an awkward name is opened by its path, and is recent afterwards', async () => {
  const { page, dataFolder } = await openPane();
  const folder = join(dataFolder, "l'été « 100 % »");
  mkdirSync(folder);
  const path = join(folder, 'lignes à lire.jsonl');
  writeFileSync(path, '{"titre":"Un","text":"La mer est haute."}\n{"titre":"Deux","text":"😀 Le vent se lève."}\n');
  await openPath(page, path);
  await expect.poll(() => readerText(page)).toContain('La mer est haute.');
  expect(await page.getByRole('grid').getByRole('row').count()).toBe(3);
  await page.reload();
  await ready(page);
  await page.getByRole('button', { name: 'Données' }).click();
  // The place is kept over a reload.
  await expect.poll(() => readerText(page)).toContain('La mer est haute.');
  await page.getByRole('button', { name: 'Autre fichier' }).click();
  await page.getByRole('button', { name: /lignes à lire\.jsonl/ }).waitFor();
});

test('a file chosen in the browser is uploaded to the local host and opened', async () => {
  const { page } = await openPane();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Choisir un fichier/ }).click();
  const table = 'nom,text\nUn,"première ligne\nseconde ligne"\n';
  await (await chooser).setFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await expect.poll(() => readerText(page)).toContain('seconde ligne');
});

test('a file dropped on the pane is opened', async () => {
  const { page } = await openPane();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"text":"Tombé du ciel."}\n'], 'ciel.jsonl'));
    return data;
  });
  const pane = page.getByRole('heading', { name: 'Ouvrir un jeu de données' });
  for (const event of ['dragenter', 'dragover', 'drop']) await pane.dispatchEvent(event, { dataTransfer: transfer });
  await expect.poll(() => readerText(page)).toContain('Tombé du ciel.');
});

test.each([
  ['a file that is no parquet', 'faux.parquet', 'PNG? no, just text', /parquet/i],
  ['a broken line', 'cassé.jsonl', '{"text":"bien"}\n{"text":\n', /2/],
  ['a line of 50 MB', 'long.jsonl', `{"text":"${'x'.repeat(50_000_000)}"}\n`, /50|Mo/],
])('%s: the reason and what to do', async (_name, name, content, message) => {
  const { page, dataFolder } = await openPane();
  const path = join(dataFolder, name);
  writeFileSync(path, content);
  await openPath(page, path);
  const alert = page.getByRole('main').getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toMatch(message);
  await picture(page, `data-error-${name.split('.')[0]?.normalize('NFD').replace(/\p{M}/gu, '')}`);
  // The sample still opens: nothing hangs, nothing is lost.
  await page.getByRole('button', { name: /^Échantillon fourni/ }).click();
  await page.getByRole('grid').getByRole('row').nth(10).waitFor();
});

test('a path that leads nowhere', async () => {
  const { page } = await openPane();
  await openPath(page, '/nulle/part.parquet');
  const alert = page.getByRole('main').getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toContain('/nulle/part.parquet');
});

test('a text is found in the whole file, its places are gone through by keyboard, and nothing found is said', async () => {
  const { page, violations, pageErrors, dataFolder } = await openPane();
  const path = join(dataFolder, 'saisons.jsonl');
  const rows = Array.from({ length: 400 }, (_, row) => ({
    titre: row === 7 ? 'Été 7' : `Titre ${row}`,
    text: row % 150 === 10 ? `Ligne ${row} 😀 : l’Été, puis\nun autre été.` : `Ligne ${row}.`,
  }));
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  await openPath(page, path);
  await expect.poll(() => readerText(page)).toContain('Ligne 0.');

  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('ete');
  await page.keyboard.press('Enter');
  const outcome = page.getByTestId('find-outcome');
  await outcome.getByText('3 lignes trouvées').waitFor();
  await expect.poll(() => readerText(page)).toContain('Ligne 10 😀');
  const current = page.locator('.monaco-editor .found-current');
  await expect.poll(() => current.innerText()).toBe('Été');
  expect(await page.locator('.monaco-editor .found').count()).toBe(2);
  await page.keyboard.press('Enter');
  await expect.poll(() => current.innerText()).toBe('été');
  await page.keyboard.press('Enter');
  await expect.poll(() => readerText(page)).toContain('Ligne 160');
  await page.keyboard.press('Shift+Enter');
  await expect.poll(() => current.innerText()).toBe('été');

  await page.getByRole('combobox', { name: 'Colonnes où chercher' }).selectOption('dans toutes les colonnes');
  await outcome.getByText('4 lignes trouvées').waitFor();
  await expect.poll(() => readerText(page)).toContain('Été 7');

  await page.getByRole('searchbox', { name: 'Chercher dans ce fichier' }).fill('nulle part');
  await page.keyboard.press('Enter');
  await outcome.getByText('Aucune ligne ne contient').waitFor();
  await picture(page, 'data-find-none');
  await page.keyboard.press('Escape');
  await page.getByRole('grid').waitFor();
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('a row is sent to the chat beside what is written there, which can be taken back, and to Tokens', async () => {
  const { page, dataFolder } = await openPane();
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  const composer = page.getByRole('textbox', { name: 'Votre message' });
  await composer.fill('Résume ceci :');
  await page.getByRole('button', { name: 'Données' }).click();
  const path = join(dataFolder, 'mer.jsonl');
  writeFileSync(path, '{"text":"La mer est haute."}\n');
  await openPath(page, path);
  await expect.poll(() => readerText(page)).toContain('La mer est haute.');
  await page.getByRole('button', { name: /^Envoyer au chat/ }).click();
  await expect.poll(() => composer.inputValue()).toBe('Résume ceci :\n\nLa mer est haute.');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect.poll(() => composer.inputValue()).toBe('Résume ceci :');

  await page.getByRole('button', { name: 'Données' }).click();
  await expect.poll(() => readerText(page)).toContain('La mer est haute.');
  await page.getByRole('button', { name: /^Envoyer à Tokens/ }).click();
  await page.getByRole('main', { name: 'Tokens' }).waitFor();
  await expect.poll(() => page.locator('.monaco-editor .tk').count()).toBeGreaterThan(3);
});
