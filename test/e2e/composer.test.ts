/** Writing a message: options that stay, templates, files, the beginning of an answer, the context bar, drafts. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import { seriousProblems } from './accessibility.ts';
import { endedAnswer, expectNoOverflow, openConversation, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

const composer = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });
const attach = (page: Page, name: string, buffer: Buffer) =>
  page.getByTestId('attach-input').setInputFiles({ name, mimeType: 'text/plain', buffer });

async function openSampling(page: Page) {
  await page.getByTestId('sampling').click();
  const dialog = page.getByRole('dialog', { name: 'Échantillonnage' });
  const constraints = dialog.getByText(/^Textes, biais et grammaire/);
  await constraints.click();
  return dialog;
}

/** The figures of the context bar, by kind. */
async function figures(page: Page): Promise<Record<string, number>> {
  const rows = await page
    .getByTestId('context-legend')
    .locator('dd[data-kind]')
    .evaluateAll((nodes) => nodes.map((node) => [node.getAttribute('data-kind') ?? '', node.textContent ?? '']));
  return Object.fromEntries(rows.map(([kind = '', text = '']) => [kind, Number(text.replace(/\D/g, ''))]));
}

test('mode, system prompt and preset stay with the conversation', async () => {
  const { url } = await serve(newDataFolder());
  const { page, violations } = await visit(url);
  await ready(page);
  await page.getByTestId('conversation-options').click();
  await page.getByRole('textbox', { name: 'Consigne système' }).fill('Réponds en une phrase.');
  await page.keyboard.press('Escape');
  await page.getByTestId('sampling').click();
  await page.getByTestId('preset').selectOption(':greedy');
  await picture(page, 'composer-sampling');
  await page.keyboard.press('Escape');
  await send(page, 'Quelle est la capitale de la France ?');
  await endedAnswer(page, 0);
  await page.getByTestId('conversation-options').click();
  await page.getByText('Texte', { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await ready(page);
  await openConversation(page, /^Quelle est la capitale/);
  await page.getByTestId('conversation-options').click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Consigne système' }).inputValue()).toContain('une phrase');
  expect(await page.getByRole('radio', { name: 'Texte' }).isChecked()).toBe(true);
  await picture(page, 'composer-options');
  await page.keyboard.press('Escape');
  await page.getByTestId('sampling').click();
  expect(await page.getByTestId('preset').inputValue()).toBe(':greedy');
  const temperature = page.getByRole('dialog').getByRole('textbox', { name: 'Température' });
  await temperature.fill('0,3');
  await temperature.press('Enter');
  await page.getByTestId('preset').getByText('(modifié)').waitFor({ state: 'attached' });
  expect(violations).toEqual([]);
});

test('stop strings, banned strings, biases and grammars hold', async () => {
  const { url } = await serve(newDataFolder());
  const { page } = await visit(url);
  await ready(page);
  await setSampling(page, { Température: '0' });
  let dialog = await openSampling(page);
  await dialog.getByRole('textbox', { name: 'Ajouter : Textes d’arrêt' }).fill('Paris');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await send(page, 'Quelle est la capitale de la France ?');
  const stopped = await endedAnswer(page, 0);
  expect(await stopped.locator('.markdown').innerText()).toBe('La capitale de la France est');

  dialog = await openSampling(page);
  await dialog.getByRole('button', { name: 'Retirer « Paris »' }).click();
  await dialog.getByRole('textbox', { name: 'Ajouter : Textes interdits' }).fill('Paris');
  await page.keyboard.press('Enter');
  await dialog.getByRole('searchbox').fill('capitale');
  await dialog
    .getByRole('button', { name: /^Ajouter ▁capitale/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Exclure' }).click();
  await picture(page, 'composer-constraints');
  await page.keyboard.press('Escape');
  await send(page, 'Quelle est la capitale de la France ?');
  const banned = await (await endedAnswer(page, 1)).locator('.markdown').innerText();
  expect(banned).not.toMatch(/Paris|capitale/);

  dialog = await openSampling(page);
  await dialog.getByRole('button', { name: 'Imposer une forme…' }).click();
  const grammar = page.getByRole('dialog', { name: 'Grammaire' });
  await grammar.getByRole('radio', { name: 'Expression régulière' }).check({ force: true });
  await grammar.locator('.monaco-editor').click();
  await page.keyboard.type('(');
  // The editor closes what is opened.
  await page.keyboard.press('Delete');
  await expect
    .poll(() => page.getByTestId('grammar-state').getAttribute('data-state'), { timeout: 20_000 })
    .toBe('invalid');
  await picture(page, 'composer-grammar');
  await grammar.getByRole('button', { name: 'Une liste de noms' }).click();
  await expect.poll(() => page.getByTestId('grammar-state').getAttribute('data-state')).toBe('valid');
  expect(await seriousProblems(page)).toEqual([]);
  await grammar.getByRole('button', { name: 'Utiliser' }).click();
  const most = page.getByRole('dialog').getByRole('textbox', { name: 'Tokens au plus' });
  await most.fill('200');
  await most.press('Enter');
  await page.keyboard.press('Escape');
  await send(page, 'Nomme des villes.');
  await endedAnswer(page, 2);
  expect((await page.getByRole('article', { name: 'lucie-demo' }).nth(2).innerText()).includes('[')).toBe(true);
});

test('a template, files and the beginning of the answer; the bar adds up', async () => {
  const dataFolder = newDataFolder();
  const served = await serve(dataFolder);
  const { page } = await visit(served.url);
  await ready(page);
  await setSampling(page, { Température: '0' });
  await composer(page).press('/');
  const templates = page.getByRole('dialog', { name: 'Modèles de message' });
  await templates.getByRole('button', { name: 'Expliquer un mot' }).click();
  await templates.getByRole('textbox', { name: 'mot', exact: true }).fill('mer');
  await templates.getByRole('textbox', { name: 'phrase' }).fill('La mer est salée.');
  await picture(page, 'composer-template');
  expect(await seriousProblems(page)).toEqual([]);
  await templates.getByRole('button', { name: 'Insérer' }).click();
  expect(await composer(page).inputValue()).toContain('Que veut dire « mer » dans cette phrase');

  await attach(page, 'image.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
  await page.getByText('image.png n’est pas du texte').waitFor();
  await attach(page, 'vieux.txt', Buffer.from([0xe9, 0x74, 0xe9]));
  await page.getByRole('button', { name: 'Le lire en Windows-1252' }).click();
  await attach(page, 'notes.md', Buffer.from('La mer est salée à cause des rivières.\n'));
  await page.getByTestId('attachments').getByText('notes.md').waitFor();
  await page
    .getByTestId('attachments')
    .getByText(/\d\stoken/)
    .nth(1)
    .waitFor();
  const bar = async () => (await page.getByTestId('context-plan').getAttribute('aria-label')) ?? '';
  await expect.poll(bar).toContain('Fichiers');
  const without = await bar();
  await page.getByTestId('prefill').click();
  await page.getByRole('textbox', { name: 'Début de la réponse' }).fill('La mer est');
  await expect.poll(bar).not.toBe(without);
  await page.getByTestId('context-plan').click();
  const shown = await figures(page);
  expect(Object.values(shown).reduce((sum, tokens) => sum + tokens, 0)).toBe(1_024);
  expect(shown.attachments).toBeGreaterThan(10);
  expect(shown.answerStart).toBeGreaterThan(2);
  await picture(page, 'composer-full');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');

  // A draft outlives a reload and a kill.
  await page.waitForTimeout(600);
  await served.kill();
  const again = await serve(dataFolder);
  await page.goto(again.url);
  await ready(page);
  await expect.poll(() => composer(page).inputValue()).toContain('mer');
  expect(await page.getByTestId('attachments').getByRole('listitem').count()).toBe(2);
  expect(await page.getByRole('textbox', { name: 'Début de la réponse' }).inputValue()).toBe('La mer est');

  await composer(page).press('Enter');
  const answer = await endedAnswer(page, 0);
  expect(await answer.locator('.markdown').innerText()).toMatch(/^La mer est/);
  expect(await composer(page).inputValue()).toBe('');
  await again.kill();
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  const [conversation] = store.list();
  const [question, reply] = store.conversation(conversation?.id ?? '').messages;
  store.close();
  expect(question?.attachments.map(({ name }) => name)).toEqual(['vieux.txt', 'notes.md']);
  expect(question?.attachments[0]?.text).toBe('été');
  expect(reply?.prefill).toBe('La mer est');
  const { free = 0, reserve = 0 } = shown;
  expect(reply?.statistics?.promptTokens).toBe(1_024 - free - reserve);
});

test.each([
  [1_440, 900, 'light'],
  [1_024, 700, 'dark'],
] as const)(
  '%i x %i, %s: what does not fit is said, and the policy is changed there',
  async (width, height, colorScheme) => {
    const { url } = await serve(newDataFolder());
    const { page } = await visit(url, { width, height, colorScheme });
    const name = (what: string) => `composer-${what}-${width}x${height}-${colorScheme}`;
    await ready(page);
    await picture(page, name('empty'));
    await setSampling(page, { Température: '0' });
    const long = 'Parle-moi de la mer et du ciel, je te prie. '.repeat(28);
    await send(page, long);
    await endedAnswer(page, 0);
    await send(page, long);
    await endedAnswer(page, 1);
    await composer(page).fill(long);
    await page.getByRole('button', { name: 'Omettre les plus anciens échanges' }).click();
    await page.getByText(/ne (sera pas lu|seront pas lus)/).waitFor();
    await page.getByTestId('context-plan').click();
    const shown = await figures(page);
    expect(shown.dropped).toBeGreaterThan(300);
    const { dropped = 0, ...drawn } = shown;
    expect(Object.values(drawn).reduce((sum, tokens) => sum + tokens, 0)).toBe(1_024);
    await picture(page, name('dropped'));
    await expectNoOverflow(page);
    expect(await seriousProblems(page)).toEqual([]);
    expect(dropped).toBeLessThan(1_024);
    await page.keyboard.press('Escape');
    await openSampling(page);
    await picture(page, name('sampling'));
    await expectNoOverflow(page);
    expect(await seriousProblems(page)).toEqual([]);
  },
);
