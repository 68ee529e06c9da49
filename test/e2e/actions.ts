/** What a user does in the French interface, by the names that a screen reader would say. */
import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';

export async function ready(page: Page): Promise<void> {
  await page.getByRole('contentinfo').getByText('Moteur prêt').waitFor();
}

export async function setSampling(page: Page, values: { Température: string; Graine?: string }): Promise<void> {
  await page.getByRole('button', { name: 'Échantillonnage' }).click();
  for (const [name, value] of Object.entries(values)) {
    const field = page.getByRole('dialog').getByRole('textbox', { name });
    await field.fill(value);
    await field.press('Enter');
  }
  await page.keyboard.press('Escape');
}

/** Nearly every token is as likely as any other, so that a stop token is long in coming: an answer to be stopped, reloaded, killed. */
export async function beginLongAnswer(page: Page): Promise<void> {
  await setSampling(page, { Température: '5', Graine: '6' });
  await send(page, 'Raconte une très longue histoire.');
  await answers(page).first().getByRole('toolbar').getByRole('button').nth(3).waitFor();
}

export async function send(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Votre message' });
  await composer.fill(text);
  await composer.press('Enter');
}

export function answers(page: Page, model = 'lucie-demo'): Locator {
  return page.getByRole('article', { name: model });
}

export async function openConversation(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Conversations' }).getByRole('button', { name: title }).click();
}

/** Waits until the n-th answer (from 0) has ended: only then are its statistics there. */
export async function endedAnswer(page: Page, index: number, model?: string): Promise<Locator> {
  const answer = answers(page, model).nth(index);
  await answer
    .getByText(/tokens\/s|arrêtée|interrompue/)
    .first()
    .waitFor();
  return answer;
}

/** The middle of the page never scrolls sideways, whatever is in it. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
}
