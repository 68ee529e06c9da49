import { expect, test } from 'vitest';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

test('a text is cut as it is typed; every token tells its id, bytes and span', async () => {
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url);
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await picture(page, 'tokens-empty');
  await page.getByRole('textbox', { name: 'Texte' }).fill("L'été, « Paris » 😀");
  const tokens = page.getByRole('toolbar').getByRole('button');
  await tokens.nth(12).waitFor();
  expect(await tokens.allInnerTexts()).toContain('<0x9F>');
  const summary = page.getByRole('main');
  expect(await summary.getByText('2,60').count()).toBe(1);
  await tokens.nth(2).hover();
  await page
    .getByText(/C3\s?A9\s?74\s?C3\s?A9/i)
    .first()
    .waitFor();
  await picture(page, 'tokens-card');
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('what the tokenizer loses is said', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await page.getByRole('textbox', { name: 'Texte' }).fill('«\u00a0Bonjour\u00a0»  deux  espaces');
  await page.getByRole('toolbar').waitFor();
  await expect.poll(() => page.getByText('rendent exactement le texte').count()).toBe(0);
  await picture(page, 'tokens-loss');
});

test('a megabyte is cut without freezing the page', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Texte' });
  await field.evaluate((element: HTMLTextAreaElement) => {
    element.value = 'La mer est haute, le vent se lève. '.repeat(30_000);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page
    .getByText(/^1[\s\u202f]?0[5-9]\d[\s\u202f]?\d{3}$|^1[\s\u202f]050[\s\u202f]000$/)
    .first()
    .waitFor();
  // The page answers while hundreds of thousands of tokens are there.
  const begun = Date.now();
  await page.getByRole('button', { name: 'Modèles' }).click();
  await page.getByRole('heading', { name: 'Chargé', exact: true }).waitFor();
  expect(Date.now() - begun).toBeLessThan(5_000);
});
