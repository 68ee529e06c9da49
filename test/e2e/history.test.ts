import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import { answer, message } from '../fixtures/messages.ts';
import { repositoryFolder } from '../fixtures/workbench.ts';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, openConversation, ready, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const dayMs = 86_400_000;
const fixtures = join(repositoryFolder, 'test/fixtures/history');

/** Conversations of several days, as earlier runs would have left them. */
function fill(dataFolder: string, more = 0): void {
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  const add = (id: string, title: string, text: string, reply: string, daysAgo: number) => {
    const createdAt = Date.now() - daysAgo * dayMs;
    store.create({ id, title, createdAt });
    store.append(id, [
      message({ id: `${id}-u`, conversationId: id, text, createdAt }),
      answer({ id: `${id}-a`, conversationId: id, parentId: `${id}-u`, text: reply, model: 'lucie-demo', createdAt }),
    ]);
  };
  add('crepes', 'Recette de crêpes', 'Comment faire des crêpes bretonnes ?', 'Il faut de la farine de blé noir.', 0);
  add(
    'capitales',
    'Quelle est la capitale de la France ?',
    'Quelle est la capitale de la France ?',
    'La capitale de la France est Paris.',
    1,
  );
  add('ete', 'Vacances', 'Où aller cet été ?', 'En Éthiopie, par exemple : Addis-Abeba est à 2 355 m d’altitude.', 3);
  add('vers', 'Poème sur la mer', 'Écris un poème sur la mer.', 'La mer, la vaste mer…', 40);
  for (let i = 0; i < more; i += 1)
    add(`old-${i}`, `Ancienne conversation ${i}`, `Question ${i}`, `Réponse ${i}`, 50 + i / 10);
  store.close();
}

const list = (page: Page): Locator => page.getByRole('region', { name: 'Conversations' });
const rowOf = (page: Page, title: string): Locator =>
  list(page)
    .locator('[data-key]')
    .filter({ has: page.getByRole('button', { name: title }) });

async function choose(page: Page, title: string, ...path: (string | RegExp)[]): Promise<void> {
  await rowOf(page, title).hover();
  await list(page)
    .getByRole('button', { name: `Actions pour « ${title} »` })
    .click();
  for (const name of path)
    await page.getByRole('menuitem', { name }).or(page.getByRole('menuitemradio', { name })).click();
}

async function openListMenu(page: Page, ...path: (string | RegExp)[]): Promise<void> {
  await list(page).getByRole('button', { name: 'Dossiers, import et export' }).click();
  for (const name of path) await page.getByRole('menuitem', { name }).click();
}

test('search without accents, a hit opened, folders, pins and days', async () => {
  const dataFolder = newDataFolder();
  fill(dataFolder);
  const { url } = await serve(dataFolder);
  const { page, violations, pageErrors } = await visit(url);
  await ready(page);
  const headings = () => list(page).getByRole('heading', { level: 2 }).allInnerTexts();
  expect(await headings()).toEqual(['Aujourd’hui', 'Hier', 'Sept derniers jours', 'Plus anciennes']);

  const search = page.getByRole('searchbox', { name: 'Rechercher dans les conversations' });
  await search.fill('ethiop');
  const hit = list(page).getByRole('button', { name: /Vacances/ });
  await hit.waitFor();
  expect(await hit.locator('mark').allInnerTexts()).toEqual(['Éthiopie']);
  await picture(page, 'history-search');
  expect(await seriousProblems(page)).toEqual([]);
  await hit.click();
  await page.getByText('Addis-Abeba est à').first().waitFor();
  await search.fill('"blé noir" AND (');
  await list(page).getByText('Rien ne contient').waitFor();
  await search.fill('"blé noir"');
  await list(page)
    .getByRole('button', { name: /Recette de crêpes/ })
    .waitFor();
  await search.press('Escape');
  await search.fill('');

  await choose(page, 'Vacances', 'Ranger dans un dossier', 'Nouveau dossier');
  await page.getByRole('textbox', { name: 'Nom du dossier' }).fill('Voyages');
  await page.keyboard.press('Enter');
  const folder = list(page).getByRole('button', { name: 'Voyages, 1 conversation' });
  await folder.waitFor();
  await choose(page, 'Poème sur la mer', 'Épingler');
  await list(page).getByRole('heading', { name: 'Épinglées' }).waitFor();
  expect(await headings()).toEqual(['Épinglées', 'Aujourd’hui', 'Hier']);
  await picture(page, 'history-list');

  // By the keyboard: fold, move on, and the menu of what has the focus.
  await folder.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await folder.getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('Vacances');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Renommer' }).waitFor();
  await picture(page, 'history-menu');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('Vacances');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Delete');
  await page.getByText('Dossier « Voyages » supprimé').waitFor();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await folder.waitFor();

  await page.reload();
  await ready(page);
  await folder.waitFor();
  expect(await headings()).toEqual(['Épinglées', 'Aujourd’hui', 'Hier']);
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('everything exported and imported elsewhere; a file of ChatGPT is read only until it is copied', async () => {
  const dataFolder = newDataFolder();
  fill(dataFolder);
  const { url } = await serve(dataFolder);
  const { page, context } = await visit(url);
  await ready(page);
  // Downloads are refused by the browser of these tests: what would be saved is taken from the link.
  await page.evaluate(() => {
    const saved: { name: string; blob: Promise<string> }[] = [];
    Object.assign(window, { saved });
    HTMLAnchorElement.prototype.click = function () {
      saved.push({ name: this.download, blob: fetchText(this.href) });
    };
    const blobs = new Map<string, Blob>();
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = create(blob);
      blobs.set(url, blob);
      return url;
    };
    const fetchText = (url: string) => blobs.get(url)?.text() ?? Promise.resolve('');
  });
  await openListMenu(page, 'Tout exporter', /^JSON/);
  await page.getByText(/4 conversations exportées/).waitFor();
  const saved = await page.evaluate(async () => {
    const [first] = (window as unknown as { saved: { name: string; blob: Promise<string> }[] }).saved;
    return { name: first?.name ?? '', text: (await first?.blob) ?? '' };
  });
  expect(saved.name).toMatch(/^lucie-conversations-.*\.json$/);
  const path = join(newDataFolder(), 'export.json');
  writeFileSync(path, saved.text);

  const elsewhere = await serve(newDataFolder());
  const other = await context.newPage();
  await other.goto(elsewhere.url);
  await ready(other);
  await list(other).getByText('Vos conversations apparaîtront ici.').waitFor();
  await other.getByTestId('import-file').setInputFiles(path);
  await other.getByText('Lucie Workbench : 4 conversations importées').waitFor();
  await openConversation(other, /^Recette de crêpes/);
  await other.getByText('Il faut de la farine de blé noir.').waitFor();
  await other.getByTestId('import-file').setInputFiles(path);
  await other.getByText('4 conversations déjà présentes, sans changement').waitFor();

  await other.getByTestId('import-file').setInputFiles(join(fixtures, 'chatgpt-conversations.json'));
  await other.getByText('ChatGPT : 1 conversation importée').waitFor();
  await other.getByText('2 parties n’ont pas pu être reprises').click();
  await other.getByText('[2]').waitFor();
  await list(other).getByText('lecture seule').first().waitFor();
  await picture(other, 'history-import');
  expect(await seriousProblems(other)).toEqual([]);
  await other.getByTestId('import-report').getByRole('button', { name: 'Fermer' }).click();
  const foreign = list(other).locator('[data-key]').filter({ hasText: 'lecture seule' });
  await foreign.hover();
  await foreign.getByRole('button', { name: /^Actions pour/ }).click();
  await other.getByRole('menuitem', { name: 'Copier dans mes conversations' }).click();
  await other.getByText('copiée : la copie peut être continuée').waitFor();
  expect(
    await list(other)
      .getByRole('button', { name: /^Recette de crêpes/ })
      .count(),
  ).toBe(3);

  const zip = join(newDataFolder(), 'export.zip');
  writeFileSync(zip, Buffer.from('PK\x03\x04', 'latin1'));
  await other.getByTestId('import-file').setInputFiles(zip);
  await other.getByText('C’est une archive zip.').waitFor();
  expect(readFileSync(zip).byteLength).toBe(4);
});

test('the model proposes a title, which can be taken back', async () => {
  const dataFolder = newDataFolder();
  fill(dataFolder);
  const { url } = await serve(dataFolder);
  const { page } = await visit(url);
  await ready(page);
  await setSampling(page, { Température: '0' });
  await choose(page, 'Recette de crêpes', 'Titre proposé par le modèle');
  await page.getByText('Proposition du modèle').waitFor();
  await picture(page, 'history-title');
  const field = page.getByRole('textbox', { name: 'Titre de la conversation' });
  const proposed = await field.inputValue();
  expect(proposed.length).toBeGreaterThan(2);
  expect(proposed).not.toBe('Recette de crêpes');
  await field.press('Enter');
  await page.getByText(`Renommée en « ${proposed} »`).waitFor();
  await page.getByRole('button', { name: 'Annuler' }).click();
  await rowOf(page, 'Recette de crêpes').waitFor();
  // The conversation is what it was.
  await openConversation(page, /^Recette de crêpes/);
  expect(await page.getByRole('article').count()).toBe(2);
});

test('thousands of conversations are scrolled through by drawing few of them', async () => {
  const dataFolder = newDataFolder();
  fill(dataFolder, 3_000);
  const { url } = await serve(dataFolder);
  for (const [width, height, colorScheme] of [
    [1_440, 900, 'dark'],
    [1_024, 700, 'light'],
  ] as const) {
    const { page } = await visit(url, { width, height, colorScheme });
    await ready(page);
    await rowOf(page, 'Recette de crêpes').waitFor();
    expect(await list(page).locator('[data-key]').count()).toBeLessThan(80);
    await rowOf(page, 'Recette de crêpes').locator('[data-stop]').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.getAttribute('title') === 'Ancienne conversation 2999');
    expect(await list(page).locator('[data-key]').count()).toBeLessThan(80);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.getAttribute('title') === 'Recette de crêpes');
    await picture(page, `history-many-${width}-${colorScheme}`);
    await expectNoOverflow(page);
  }
});
