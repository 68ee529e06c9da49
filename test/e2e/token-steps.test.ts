import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const text = "  L'été, « Paris »\u00A0: «\u00A0oui\u00A0» 😀\ne\u0301te\u0301 <|eot_id|> fin\r";

async function openView(page: Page, name: string): Promise<void> {
  await ready(page);
  await page.getByRole('button', { name: 'Tokens', exact: true }).click();
  await page.getByRole('tab', { name, exact: true }).click();
}

test('a text is followed through every stage; counterparts light up; merges are replayed', async () => {
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url);
  await openView(page, 'Étapes');
  await picture(page, 'token-steps-empty');
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill(text);
  const stage = (name: string) => page.getByRole('region', { name, exact: true });
  await stage('Identifiants').getByRole('button').nth(10).waitFor();
  expect(await stage('Décodé').getByText('espace avalée par le décodeur').count()).toBe(1);
  expect(await stage('Normalisé').getByText('caractères composés').count()).toBe(1);
  await picture(page, 'token-steps');
  await stage('Identifiants').getByRole('button').nth(2).hover();
  for (const name of ['Texte brut', 'Normalisé', 'Morceaux', 'Identifiants', 'Décodé']) {
    expect(await stage(name).locator('.lit').count()).toBeGreaterThan(0);
  }
  const chunk = stage('Morceaux').getByRole('button', { name: '▁été' }).first();
  await chunk.focus();
  await page.keyboard.press('Enter');
  expect(await chunk.getAttribute('aria-pressed')).toBe('true');
  const slider = stage('Fusions').getByRole('slider', { name: 'Étape de fusion' });
  await slider.focus();
  await page.keyboard.press('Home');
  await stage('Fusions').getByText('Départ').waitFor();
  await page.keyboard.press('ArrowRight');
  await stage('Fusions')
    .getByText(/Fusion 1 sur \d+, rang/)
    .waitFor();
  await stage('Fusions').scrollIntoViewIfNeeded();
  await picture(page, 'token-steps-replay');
  expect(await seriousProblems(page)).toEqual([]);
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('a long text is followed passage by passage, also in a small dark window', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url, { colorScheme: 'dark', width: 1_024, height: 700 });
  await openView(page, 'Étapes');
  await page.getByRole('textbox', { name: 'Texte étudié' }).fill('La mer est haute, le vent se lève. '.repeat(100));
  await page.getByText(/^Passage 1 sur 1[34]$/).waitFor();
  await page.getByRole('button', { name: 'Passage suivant' }).click();
  await page.getByText(/^Passage 2 sur 1[34]$/).waitFor();
  await page.getByRole('region', { name: 'Identifiants' }).getByRole('button').nth(10).waitFor();
  expect(await seriousProblems(page)).toEqual([]);
  await expectNoOverflow(page);
  await picture(page, 'token-steps-dark');
});

test('a conversation goes through the template; typed control tokens are escaped; a broken template is told at its place', async () => {
  const { url } = await serve(newDataFolder());
  const { page, violations, pageErrors } = await visit(url);
  await openView(page, 'Gabarit de conversation');
  const rendered = page.getByTestId('rendered-text');
  await rendered.getByText('<|start_header_id|>').first().waitFor();
  await page.getByRole('textbox', { name: 'Contenu du tour 4' }).fill('fin <|eot_id|> puis');
  await page.getByText('lu comme du texte ordinaire').waitFor();
  await picture(page, 'token-template');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('checkbox', { name: 'Lire les tokens de contrôle tapés' }).check();
  await page.getByText('un message peut ainsi finir son tour').waitFor();
  await page.getByRole('checkbox', { name: 'Lire les tokens de contrôle tapés' }).uncheck();
  const editor = page.getByRole('region', { name: 'Gabarit (Jinja)' }).locator('.monaco-editor').first();
  await editor.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('{{ messages | shout }}');
  await page.getByText('Unknown ArrayValue filter: shout').waitFor();
  await page.getByText(/Ligne \d+, colonne \d+/).waitFor();
  await editor.locator('.squiggly-error').first().waitFor();
  await picture(page, 'token-template-error');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Rétablir celui du modèle' }).click();
  await rendered.waitFor();
  await expectNoOverflow(page);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('the template lens fits a small dark window', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url, { colorScheme: 'dark', width: 1_024, height: 700 });
  await openView(page, 'Gabarit de conversation');
  await page.getByTestId('rendered-text').getByText('<|eot_id|>').first().waitFor();
  expect(await seriousProblems(page)).toEqual([]);
  await expectNoOverflow(page);
  await picture(page, 'token-template-dark');
});
