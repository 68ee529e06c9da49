/** Models from the hub and from folders, as a user gets them: in a real Chromium, from a double of the hub. */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoRepository, hubDouble, type HubDouble } from '../fixtures/hub-double/index.ts';
import { embedded } from '../fixtures/workbench.ts';
import { seriousProblems } from './accessibility.ts';
import { expectNoOverflow, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

const instruct = 'OpenLLM-France/Lucie-7B-Instruct-v1.1';
/** The demo model under the names that the family and a search ask for. */
const repositories = [
  demoRepository({ name: instruct }),
  demoRepository({ name: 'OpenLLM-France/Lucie-7B-Instruct' }),
  demoRepository({ name: 'quelqu-un/Un-Autre-Llama', revisions: { v2: 'beef'.padEnd(40, '0') } }),
];

function slow(double: HubDouble, bytesPerSecond: number): void {
  double.fault = ({ host, range }) => (host === 'cdn' && range !== undefined ? { kind: 'slow', bytesPerSecond } : null);
}

async function openModels(look: Look = {}) {
  const double = await hubDouble({ repositories: [...repositories] });
  const dataFolder = newDataFolder();
  const served = await serve(dataFolder, { HF_ENDPOINT: double.endpoint });
  const visited = await visit(served.url, look);
  const { page } = visited;
  await ready(page);
  await page.getByRole('button', { name: 'Modèles', exact: true }).click();
  return { double, dataFolder, served, ...visited, page };
}

const member = (page: Page, id: string): Locator => page.locator(`[data-member="${id}"]`);
const job = (page: Page, name: string | RegExp): Locator => page.getByTestId('job').filter({ hasText: name });
const model = (page: Page, name: string): Locator =>
  page.getByTestId('model').filter({ has: page.getByRole('heading', { name }) });

test('one button brings a model; it is paused, continued, loaded, asked, verified and deleted', async () => {
  const { double, dataFolder, page, pageErrors, violations } = await openModels();
  slow(double, 1_500_000);
  const card = member(page, 'instruct-v1.1');
  await card.getByText('22 000').waitFor();
  await picture(page, 'models-family');
  await card.getByRole('button', { name: /^Télécharger et convertir/ }).press('Enter');
  await card.getByRole('button', { name: /^Voir la tâche/ }).press('Enter');
  const task = job(page, instruct);
  await task.getByText('Téléchargement et conversion', { exact: true }).waitFor();
  await expect.poll(() => page.getByTestId('job-news').textContent()).toContain('Téléchargement et conversion');
  await expect
    .poll(async () => Number(await task.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(8);
  await task.getByText(/encore/).waitFor();
  await picture(page, 'models-job');

  await task.getByRole('button', { name: /^Mettre en pause/ }).press('Enter');
  await task.getByText(/Ce qui est fait est gardé/).waitFor();
  // The focus has stayed where it was: the same key goes on.
  await page.keyboard.press('Enter');
  await task.getByText('en cours').waitFor();

  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await page.getByTestId('job-status').getByText(/\d+.%/).waitFor();
  await picture(page, 'models-status-bar');
  double.fault = () => null;
  await page.getByText(/Instruct-v1\.1.* est prêt/).waitFor();
  await page.getByRole('button', { name: 'Voir', exact: true }).click();
  await task.getByText('terminé').waitFor();
  await card.getByText('sur cette machine').waitFor();
  await picture(page, 'models-done');

  await task.getByRole('button', { name: /^Charger/ }).click();
  const folder = join(dataFolder, 'models', ...instruct.split('/'), 'main');
  await page.getByTestId('loaded-model').getByText('model_q4_kv8.onnx').waitFor();
  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await setSampling(page, { Température: '0' });
  await send(page, 'Quelle est la capitale de la France ?');
  await page.getByRole('article').getByText('Paris').first().waitFor();

  await page.getByRole('button', { name: 'Modèles', exact: true }).click();
  const local = model(page, `${instruct}@main`);
  await local.getByText(/Lucie-7B-Instruct-v1\.1@main \(c0ffee0\)/).waitFor();
  await local.getByRole('button', { name: /^Vérifier/ }).click();
  await task
    .getByText(/vérifications réussies/)
    .first()
    .click();
  await task.getByText('onnx/model_q4.onnx_data').waitFor();
  await picture(page, 'models-verified');

  await page.getByRole('button', { name: 'Décharger', exact: true }).click();
  await page.getByText('Aucun modèle n’est chargé.').waitFor();
  await local.getByRole('button', { name: /^Supprimer/ }).press('Enter');
  await local.getByText(folder).nth(1).waitFor();
  await picture(page, 'models-delete');
  await page.keyboard.press('Escape');
  expect(
    await local.getByRole('button', { name: /^Supprimer/ }).evaluate((button) => button === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Enter');
  await local.getByRole('button', { name: 'Supprimer', exact: true }).click();
  await local.waitFor({ state: 'detached' });
  await expect.poll(() => existsSync(folder)).toBe(false);
  await card.getByRole('button', { name: /^Télécharger et convertir/ }).waitFor();
  expect(pageErrors).toEqual([]);
  expect(violations).toEqual([]);
});
