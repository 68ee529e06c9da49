/** Every pane at two sizes, light and dark: nothing overflows, axe finds nothing serious, pictures are kept. */
import { expect, test } from 'vitest';
import { seriousProblems } from './accessibility.ts';
import { endedAnswer, expectNoOverflow, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const panes = [
  ['data', 'Données'],
  ['tokens', 'Tokens'],
  ['models', 'Modèles'],
  ['settings', 'Réglages'],
] as const;

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)('%i x %i, %s', async (width, height, colorScheme) => {
  const { url } = await serve(newDataFolder());
  const { page, violations } = await visit(url, { width, height, colorScheme });
  const name = (pane: string) => `${pane}-${width}x${height}-${colorScheme}`;
  await ready(page);
  await setSampling(page, { Température: '0' });
  await send(page, 'Qui es-tu ?');
  await endedAnswer(page, 0);
  await picture(page, name('chat'));
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
  for (const [pane, label] of panes) {
    await page.getByRole('button', { name: label, exact: true }).click();
    await page.getByRole('main', { name: label }).waitFor();
    if (pane === 'tokens') {
      await page.getByRole('button', { name: 'Français' }).click();
      await page.locator('.monaco-editor .tk').first().waitFor();
    }
    if (pane === 'data') {
      await page.getByRole('button', { name: /^Échantillon fourni/ }).click();
      await page.getByRole('row').nth(5).waitFor();
      await page.locator('.monaco-editor .view-line').first().waitFor();
    }
    await picture(page, name(pane));
    await expectNoOverflow(page);
    expect(await seriousProblems(page)).toEqual([]);
  }
  expect(violations).toEqual([]);
});

test('English, from the browser or from the settings', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url, { locale: 'en-GB' });
  await page.getByRole('contentinfo').getByText('Engine ready').waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Français', { exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Réglages' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
});

test('without the token there is no workbench, and the page says what to do', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(new URL(url).origin);
  await page.getByText('#token=').waitFor();
  await picture(page, 'refused');
  // The same tab, as a person would: only the fragment changes.
  await page.goto(url);
  await ready(page);
});
