/** Models from the hub and from folders, as a user gets them: in a real Chromium, from a double of the hub. */
import { cpSync, existsSync } from 'node:fs';
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
const job = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true });
/** Waits for the end of a task, which must be a good one: else its whole text is in the message. */
async function finished(task: Locator): Promise<void> {
  await task.getByText(/^(terminé|échec)$/).waitFor();
  expect(await task.innerText()).toContain('terminé');
}
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
  await finished(task);
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
  await local.getByText('commit c0ffee0').waitFor();
  await local.getByRole('button', { name: /^Vérifier/ }).click();
  const verified = job(page, `${instruct}@main`);
  await verified.getByText(/vérifications réussies/).click();
  await verified.getByText('onnx/model_q4.onnx_data').waitFor();
  await picture(page, 'models-verified');

  await page.getByRole('button', { name: 'Décharger', exact: true }).click();
  await page.getByText('Aucun modèle n’est chargé.').waitFor();
  await local.getByRole('button', { name: /^Supprimer/ }).press('Enter');
  await local.getByText(folder).nth(1).waitFor();
  await picture(page, 'models-delete');
  expect(await seriousProblems(page)).toEqual([]);
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

test('a cancel asks first when much is done, leaves nothing behind, and the next task begins', async () => {
  const { double, dataFolder, page } = await openModels();
  slow(double, 2_000_000);
  await member(page, 'instruct-v1.1')
    .getByRole('button', { name: /^Télécharger et convertir/ })
    .click();
  await model(page, 'lucie-demo')
    .getByRole('button', { name: /^Vérifier/ })
    .click();
  const [first, second] = [job(page, instruct), job(page, 'lucie-demo')];
  await second.getByText(/Commence après «.OpenLLM-France\/Lucie-7B-Instruct-v1\.1.»/).waitFor();
  await expect
    .poll(async () => Number(await first.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(20);
  await first.getByRole('button', { name: /^Abandonner/ }).press('Enter');
  await first.getByText(/sera supprimé/).waitFor();
  await picture(page, 'models-cancel');
  // Nothing is thrown away by an Enter too many.
  await page.keyboard.press('Enter');
  await first.getByText(/sera supprimé/).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await first.getByRole('button', { name: 'Abandonner et supprimer' }).click();
  await finished(second);
  await expect.poll(() => page.getByTestId('job').count()).toBe(1);
  expect(existsSync(join(dataFolder, 'models', 'OpenLLM-France'))).toBe(false);
  await second.getByRole('button', { name: /^Fermer/ }).click();
  await expect.poll(() => page.getByTestId('job').count()).toBe(0);
});

test('a task that the end of the workbench interrupted goes on with one click', async () => {
  const { double, dataFolder, served, page } = await openModels();
  slow(double, 2_000_000);
  await member(page, 'instruct-v1')
    .getByRole('button', { name: /^Télécharger et convertir/ })
    .click();
  const task = job(page, 'OpenLLM-France/Lucie-7B-Instruct');
  await expect
    .poll(async () => Number(await task.getByRole('progressbar').getAttribute('aria-valuenow')))
    .toBeGreaterThan(20);
  await served.kill();
  double.fault = () => null;
  const again = await serve(dataFolder, { HF_ENDPOINT: double.endpoint });
  await page.goto(again.url);
  await ready(page);
  await page.getByRole('button', { name: 'Modèles', exact: true }).click();
  await task.getByText('en pause', { exact: true }).waitFor();
  await picture(page, 'models-interrupted');
  await task.getByRole('button', { name: /^Reprendre/ }).click();
  await finished(task);
  await member(page, 'instruct-v1').getByText('sur cette machine').waitFor();
});

test('another repository is looked up before it is fetched, and what is wrong is said where it was asked', async () => {
  const { double, page } = await openModels();
  const field = page.getByRole('textbox', { name: 'Dépôt, avec ou sans révision' });
  const region = page.getByRole('region', { name: 'Un autre modèle' });
  const lookUp = async (text: string) => {
    await field.fill(text);
    await field.press('Enter');
  };
  await lookUp('OpenLLM-France/Lucie-7B-Instruct-v1.1@nulle-part');
  await region.getByText(/n’a pas ce dépôt, cette révision/).waitFor();
  double.fault = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  await lookUp(instruct);
  await region.getByText(/limite le nombre de requêtes/).waitFor();
  await picture(page, 'models-rate-limit');
  double.fault = () => null;
  await lookUp('pas un nom');
  await region.getByText(/INVALID_INPUT/).waitFor({ state: 'attached' });
  await lookUp('https://huggingface.co/quelqu-un/Un-Autre-Llama/tree/v2');
  const found = page.getByTestId('repository');
  await found.getByText('safetensors, à convertir').waitFor();
  await found.getByText('beef000').waitFor();
  await found.getByText('Options').press('Enter');
  await found.getByText('CPU et GPU').click();
  await found.getByRole('checkbox', { name: /Garder les poids publiés/ }).press('Space');
  await found.scrollIntoViewIfNeeded();
  await picture(page, 'models-found');
  expect(await seriousProblems(page)).toEqual([]);
  await found.getByRole('button', { name: /^Télécharger et convertir/ }).click();
  const task = job(page, 'quelqu-un/Un-Autre-Llama@v2');
  await task.getByText('pour CPU et GPU').waitFor();
  await finished(task);
  const local = model(page, 'quelqu-un/Un-Autre-Llama@v2');
  await local.getByText(/^Détails/).click();
  await local.getByText('onnx/model_q4f16.onnx', { exact: true }).waitFor();
  await local.getByRole('button', { name: /^Convertir/ }).click();
  await local.getByRole('radio', { name: /CPU \(conseillé\)/ }).waitFor({ state: 'attached' });
  await local.scrollIntoViewIfNeeded();
  await picture(page, 'models-convert');
  await found.getByRole('button', { name: /^Charger/ }).waitFor();
});

test('a folder of this machine is converted where it lies; one that is not there is refused', async () => {
  const { dataFolder, page } = await openModels();
  const field = page.getByRole('textbox', { name: 'Chemin du dossier à convertir' });
  await field.fill(join(dataFolder, 'absent'));
  await field.press('Enter');
  await page
    .getByRole('alert')
    .getByText(/introuvable|n’existe pas/)
    .waitFor();
  await picture(page, 'models-no-folder');
  const folder = join(dataFolder, 'mes-poids');
  cpSync(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.includes('onnx') });
  await field.fill(folder);
  await field.press('Enter');
  const task = job(page, 'mes-poids');
  await finished(task);
  const local = model(page, 'mes-poids');
  await local.getByRole('button', { name: /^Charger/ }).click();
  await page.getByRole('contentinfo').getByRole('button', { name: 'mes-poids' }).waitFor();
  // The workbench deletes only what it fetched itself.
  expect(await local.getByRole('button', { name: /^Supprimer/ }).count()).toBe(0);
});

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)('%i x %i, %s: tasks in every state, the family, another model', async (width, height, colorScheme) => {
  const { double, page } = await openModels({ width, height, colorScheme });
  const shot = async (what: string) => {
    await picture(page, `models-${what}-${width}x${height}-${colorScheme}`);
    await expectNoOverflow(page);
  };
  await model(page, 'lucie-demo')
    .getByRole('button', { name: /^Vérifier/ })
    .click();
  await finished(job(page, 'lucie-demo'));
  const { 'model.safetensors': weights = Buffer.alloc(0), ...others } = demoRepository().files;
  const pickled = { ...others, 'pytorch_model.bin': weights };
  double.repositories = [...repositories, demoRepository({ name: 'OpenLLM-France/Lucie-7B', files: pickled })];
  await member(page, 'base')
    .getByRole('button', { name: /^Télécharger/ })
    .click();
  await job(page, 'OpenLLM-France/Lucie-7B').getByText('échec').waitFor();
  slow(double, 300_000);
  await member(page, 'instruct-v1')
    .getByRole('button', { name: /^Télécharger/ })
    .click();
  await member(page, 'instruct-v1.1')
    .getByRole('button', { name: /^Télécharger/ })
    .click();
  await job(page, instruct)
    .getByText(/Commence après/)
    .waitFor();
  await job(page, 'OpenLLM-France/Lucie-7B-Instruct')
    .getByText(/encore/)
    .waitFor();
  await page.getByRole('heading', { name: 'Tâches' }).scrollIntoViewIfNeeded();
  await shot('tasks');
  await page.getByRole('heading', { name: 'La famille Lucie' }).evaluate((heading) => heading.scrollIntoView());
  await shot('family');
  await page.getByText(/^Licence et usage/).evaluate((text) => text.scrollIntoView({ block: 'end' }));
  await shot('family-end');
  await page.getByRole('heading', { name: 'Un autre modèle' }).evaluate((heading) => heading.scrollIntoView());
  await shot('other');
  expect(await seriousProblems(page)).toEqual([]);
});

test('in English, too', async () => {
  const double = await hubDouble({ repositories: [...repositories] });
  const { url } = await serve(newDataFolder(), { HF_ENDPOINT: double.endpoint });
  const { page } = await visit(url, { width: 1_024, height: 700, locale: 'en-GB' });
  await page.getByRole('contentinfo').getByText('Engine ready').waitFor();
  await page.getByRole('button', { name: 'Models', exact: true }).click();
  const card = member(page, 'checkpoints');
  await card.getByRole('combobox', { name: 'Checkpoint' }).selectOption('step0753851');
  await card.getByText('4,096 tokens', { exact: true }).waitFor();
  await card.getByText('Options').press('Enter');
  await card.getByText('GPU', { exact: true }).click();
  await card.getByText(/cannot be loaded by this version/).waitFor();
  await card.scrollIntoViewIfNeeded();
  await picture(page, 'models-english');
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
});
