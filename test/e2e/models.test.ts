import { cpSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embedded } from '../fixtures/workbench.ts';
import { endedAnswer, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

test('a model folder is added, a damaged one is refused with the reason, and the loaded model goes on answering', async () => {
  const dataFolder = newDataFolder();
  const models = join(dataFolder, 'models');
  for (const name of ['copie', 'abîmé']) {
    cpSync(embedded.modelFolder, join(models, name), {
      recursive: true,
      filter: (path) => !path.endsWith('.safetensors'),
    });
  }
  truncateSync(join(models, 'abîmé', 'onnx', 'model_q4.onnx_data'), 100_000);
  const { url } = await serve(dataFolder);
  const { page, pageErrors } = await visit(url);
  await ready(page);
  await page.getByRole('button', { name: 'Réglages' }).click();
  const field = page.getByRole('textbox', { name: 'Chemin du dossier' });
  await field.fill(models);
  await field.press('Enter');

  await page.getByRole('button', { name: 'Modèles' }).click();
  const card = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  await card('copie').getByRole('button', { name: 'Charger' }).click();
  await page.getByRole('contentinfo').getByRole('button', { name: 'copie' }).waitFor();
  await ready(page);

  await card('abîmé').getByRole('button', { name: 'Charger' }).click();
  await page
    .getByText(/model_q4\.onnx_data/)
    .first()
    .waitFor();
  await picture(page, 'models-damaged');
  await ready(page);

  await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await setSampling(page, { Température: '0' });
  await send(page, 'Quelle est la capitale de la France ?');
  const answer = page.getByRole('article', { name: 'copie' });
  await answer.getByText('Paris').first().waitFor();
  expect(pageErrors).toEqual([]);
});

test('the model that was chosen is the one that is loaded at the next start', async () => {
  const dataFolder = newDataFolder();
  const models = join(dataFolder, 'models');
  cpSync(embedded.modelFolder, join(models, 'copie'), {
    recursive: true,
    filter: (path) => !path.endsWith('.safetensors'),
  });
  const served = await serve(dataFolder);
  const { page } = await visit(served.url);
  await ready(page);
  await page.getByRole('button', { name: 'Réglages' }).click();
  await page.getByRole('textbox', { name: 'Chemin du dossier' }).fill(models);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Modèles' }).click();
  await page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'copie' }) })
    .getByRole('button', { name: 'Charger' })
    .click();
  await page.getByRole('contentinfo').getByRole('button', { name: 'copie' }).waitFor();
  await ready(page);
  await served.kill();
  const again = await serve(dataFolder);
  await page.goto(again.url);
  await ready(page);
  await page.getByRole('contentinfo').getByRole('button', { name: 'copie' }).waitFor();
  await send(page, 'Qui es-tu ?');
  await endedAnswer(page, 0, 'copie');
});
