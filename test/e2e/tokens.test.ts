/** The reader of the Tokens pane: a text and its tokens in one editor. */

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { sharedFolder } from '../fixtures/shared-path.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';
import { describeFrames, percentile, traceFrames } from './frame-trace.ts';

async function openReader(look: Look = {}) {
  const { url } = await serve(newDataFolder());
  const visited = await visit(url, look);
  visited.page.setDefaultTimeout(15_000);
  await ready(visited.page);
  await visited.page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await visited.page.locator('.monaco-editor .view-lines').waitFor();
  return visited;
}

/** From the clipboard, as a person would. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+v');
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
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Alt+ArrowRight');
  await inspector(page).getByText('C3 A9 74 C3 A9').waitFor();
  await inspector(page).getByRole('button', { name: 'Voir dans le vocabulaire' }).click();
  await page.getByRole('tab', { name: 'Vocabulaire', selected: true }).waitFor();
  await page.getByText('C3 A9 74 C3 A9').first().waitFor();
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('what the tokenizer loses is told, with the way to it', async () => {
  const { page } = await openReader();
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.insertText('«\u00a0Bonjour\u00a0»  deux  espaces');
  await page.locator('.tk').nth(5).waitFor();
  await page.locator('.tk-odd-space').first().waitFor();
  await page.getByText('1 espace perdue au décodage').waitFor();
  await page.getByText('1 espace insécable devenue ordinaire').waitFor();
  await picture(page, 'tokens-loss');
  await page.getByRole('button', { name: 'Aller au premier' }).click();
  await inspector(page).getByText('espace perdue au décodage').waitFor();
});

const surprising = 'La capitale de la France est Paris. Le zèbre quantique épluche une mandoline à vapeur.';

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)(
  'the model’s view at %i x %i, %s: surprisal, alternatives, the next token',
  async (width, height, colorScheme) => {
    const { page, pageErrors, violations } = await openReader({ width, height, colorScheme });
    const name = (what: string) => `tokens-${what}-${width}x${height}-${colorScheme}`;
    await page.locator('.monaco-editor').first().click();
    await page.keyboard.insertText(surprising);
    await page.locator('.tk').nth(8).waitFor();
    const colour = page.getByRole('combobox', { name: 'Couleur' });
    for (const by of ['script', 'length', 'surprisal']) {
      await colour.selectOption(by);
      await page.locator('.tk-script-0, .tk-step-0, .tk-unscored').first().waitFor();
      await picture(page, name(by));
      expect(await seriousProblems(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Évaluer avec le modèle' }).click();
    await page.locator('.monaco-editor .tk-step-5').first().waitFor();
    await inspector(page).getByText('Après la fin du texte').waitFor();
    await picture(page, name('next'));
    await inspector(page)
      .getByRole('button', { name: /^Continuer avec/ })
      .first()
      .click();
    await inspector(page)
      .getByText(/Chemin choisi\s:\s1\stoken/)
      .waitFor();
    await inspector(page)
      .getByRole('button', { name: /^Continuer avec/ })
      .first()
      .click();
    await inspector(page)
      .getByText(/Chemin choisi\s:\s2\stokens/)
      .waitFor();
    await page.locator('.monaco-editor .view-lines').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Alt+ArrowRight');
    await inspector(page).getByText('Vu par le modèle').waitFor();
    await inspector(page)
      .getByRole('button', { name: /^Continuer avec/ })
      .first()
      .waitFor();
    await picture(page, name('scored'));
    await expectNoOverflow(page);
    expect(await seriousProblems(page)).toEqual([]);
    expect(violations).toEqual([]);
    expect(pageErrors).toEqual([]);
  },
);

test('an alternative inside the text cuts it off there, and undo brings it back', async () => {
  const { page } = await openReader();
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.insertText(surprising);
  const before = await (async () => {
    await page.locator('.tk').nth(8).waitFor();
    return figure(page, 'Caractères').first().innerText();
  })();
  await page.getByRole('button', { name: 'Évaluer avec le modèle' }).click();
  await inspector(page).getByText('Après la fin du texte').waitFor();
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Alt+ArrowRight');
  await inspector(page).getByText('Vu par le modèle').waitFor();
  await inspector(page)
    .getByRole('button', { name: /^Continuer avec/ })
    .nth(1)
    .click();
  await inspector(page)
    .getByText(/Chemin choisi\s:\s1\stoken/)
    .waitFor();
  expect(Number(await figure(page, 'Tokens').first().innerText())).toBe(4);
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('Control+z');
  await expect.poll(() => figure(page, 'Caractères').first().innerText()).toBe(before);
});

test('tokens are taken away as ids, JSON, SVG and PNG', async () => {
  const { page, context } = await openReader();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => {
    // Downloads are refused in these tests: what would be saved is kept, and no link is followed.
    const saved: Promise<{ name: string; text: string; size: number }>[] = [];
    Object.assign(window, { saved });
    HTMLAnchorElement.prototype.click = () => {};
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      saved.push(blob.text().then((text) => ({ name: blob.type, text, size: blob.size })));
      return create(blob);
    };
  });
  await page.getByRole('button', { name: 'Français', exact: true }).click();
  await page.locator('.tk').nth(8).waitFor();
  await page.getByRole('button', { name: 'Identifiants' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d+( \d+)+$/);
  await page.getByRole('button', { name: 'Enregistrer en SVG' }).click();
  await page.getByRole('button', { name: 'Enregistrer en PNG' }).click();
  const files = () =>
    page.evaluate(() =>
      Promise.all((window as unknown as { saved: Promise<{ name: string; text: string; size: number }>[] }).saved),
    );
  await expect.poll(async () => (await files()).length).toBe(2);
  const [svg, png] = await files();
  expect(svg?.name).toBe('image/svg+xml');
  expect(svg?.text?.includes('>avait</text>')).toBe(true);
  expect(png?.name).toBe('image/png');
  expect(png?.size).toBeGreaterThan(10_000);
});

test('a code of law is pasted, scrolled and typed into without a stall', async ({ annotate }) => {
  const file = sharedFolder === null ? null : `${sharedFolder}/corpora/legal/fr-code-civil-2026-04-03.txt`;
  if (file === null) await annotate('The shared corpora are not here: a made text stands in for the Code civil.');
  const text = file === null ? 'La mer est haute, le vent se lève.\n\n'.repeat(34_000) : await readFile(file, 'utf8');
  const { page, pageErrors } = await openReader();
  await paste(page, text);
  // The first page is there while the rest is cut.
  await page.keyboard.press('Control+Home');
  await page.locator('.tk').first().waitFor({ timeout: 90_000 });
  await picture(page, 'tokens-code-civil');
  await expect.poll(() => figure(page, 'Tokens par mot').innerText(), { timeout: 90_000 }).toMatch(/^\d,\d\d$/);
  await page.keyboard.press('Control+End');
  await page.locator('.tk').first().waitFor();
  await picture(page, 'tokens-code-civil-end');
  await page.locator('.monaco-editor').first().hover();
  const scrolled = await traceFrames(page, () => turnTheWheel(page));
  await annotate(`Scrolling: ${describeFrames(scrolled)}`);
  // Proves that the page's own work leaves room for 30 frames a second on a processor like this one. Does not prove that a screen
  // shows them: drawing the layers is not the main thread's, and the rate that was drawn is only noted.
  expect(scrolled.frames.length).toBeGreaterThan(10);
  expect(
    percentile(
      scrolled.frames.map(({ mainThreadMs }) => mainThreadMs),
      0.5,
    ),
  ).toBeLessThanOrEqual(33);
  await page.locator('.monaco-editor .tk').nth(20).hover();
  await inspector(page).getByText('Place dans le texte').waitFor();
  const typed = await traceFrames(page, async () => {
    for (const letter of 'Bonjour') await page.keyboard.type(letter);
    await page.getByText('Bonjour').first().waitFor();
  });
  await annotate(`Typing: ${describeFrames(typed)}`);
  expect(typed.frames.reduce((sum, { mainThreadMs }) => sum + mainThreadMs, 0)).toBeLessThan(5_000);
  expect(pageErrors).toEqual([]);
}, 180_000);

/** As a hand does: a little at a time, and more often than the frames that are asked for. */
async function turnTheWheel(page: Page): Promise<void> {
  const turns: Promise<void>[] = [];
  for (let turn = 0; turn < 90; turn++) {
    turns.push(page.mouse.wheel(0, -60));
    await page.waitForTimeout(16);
  }
  await Promise.all(turns);
}
