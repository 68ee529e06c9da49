/** Comfort: the palette, the keys, a window at twice its size, and answers that end while nobody looks. */
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousProblems } from './accessibility.ts';
import { beginLongAnswer, endedAnswer, expectNoOverflow, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit, type Look } from './browser.ts';

async function open(look: Look = {}) {
  const served = await serve(newDataFolder());
  const visited = await visit(served.url, look);
  await ready(visited.page);
  return { ...visited, served };
}

const palette = (page: Page) => page.getByRole('combobox', { name: 'Palette de commandes' });
const chosen = (page: Page) => page.getByRole('dialog').getByRole('option', { selected: true });
const composer = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });

test('the palette reaches panes, views, conversations, models and settings, without the pointer', async () => {
  const { page, violations, pageErrors } = await open();
  await setSampling(page, { Température: '0' });
  await send(page, 'Quelle est la capitale de la France ?');
  await endedAnswer(page, 0);
  await composer(page).focus();

  await page.keyboard.press('Control+k');
  await expect.poll(() => palette(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await picture(page, 'palette-empty');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'detached' });
  expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true);

  await page.keyboard.press('Control+Shift+P');
  await palette(page).fill('vocab');
  await expect.poll(() => chosen(page).innerText()).toContain('Vocabulaire');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Vocabulaire', selected: true }).waitFor();

  await page.keyboard.press('Control+k');
  await palette(page).fill('capitale');
  await expect.poll(() => chosen(page).innerText()).toContain('Quelle est la capitale');
  await picture(page, 'palette-search');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Quelle est la capitale de la France ?' }).waitFor();

  // What was used last comes first, and the list goes round.
  await page.keyboard.press('Control+k');
  await expect.poll(() => chosen(page).innerText()).toContain('Quelle est la capitale');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosen(page).innerText()).toContain('Vocabulaire');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => chosen(page).innerText()).toMatch(/Langue/);
  await palette(page).fill('zzzz');
  await page.getByText(/^Rien ne s’appelle «\szzzz\s»\.$/).waitFor();

  await palette(page).fill('theme sombre');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await page.keyboard.press('Control+k');
  await palette(page).fill('english');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command palette' }).waitFor();
  await picture(page, 'palette-english-dark');
  expect(await seriousProblems(page)).toEqual([]);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
});

test('keys: panes, composer, search, conversations, help', async () => {
  const { page } = await open();
  await setSampling(page, { Température: '0' });
  await send(page, 'Qui es-tu ?');
  await endedAnswer(page, 0);
  await page.keyboard.press('Alt+n');
  await page.getByRole('heading', { name: 'Posez une question' }).waitFor();
  await send(page, 'What is the capital of Japan?');
  await endedAnswer(page, 0);

  await page.keyboard.press('Alt+PageDown');
  await page.getByRole('heading', { level: 1, name: 'Qui es-tu ?' }).waitFor();
  await page.keyboard.press('Alt+PageUp');
  await page.getByRole('heading', { level: 1, name: 'What is the capital of Japan?' }).waitFor();

  await page.keyboard.press('Alt+3');
  await page.getByRole('main', { name: 'Tokens' }).waitFor();
  await page.keyboard.press('Alt+l');
  await expect.poll(() => composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Control+Shift+F');
  const searched = () => page.evaluate(() => document.activeElement?.getAttribute('type'));
  await expect.poll(searched).toBe('search');

  // A question mark is written where there is a text, and asks for help elsewhere.
  await page.keyboard.type('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('F1');
  await page.getByRole('dialog', { name: 'Touches du clavier' }).waitFor();
  await picture(page, 'keyboard-help');
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Réglages' }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Touches du clavier' }).waitFor();
});

test('Escape in the palette leaves an answer alone; the palette stops it', async () => {
  const { page } = await open();
  await beginLongAnswer(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.getByTestId('stop').waitFor();
  await page.keyboard.press('Control+k');
  await palette(page).fill('arreter');
  await page.keyboard.press('Enter');
  await page.getByTestId('send').waitFor();
});

test('an answer is announced once: the status bar is silent about it', async () => {
  const { page } = await open();
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[role="status"], [role="alert"]',
        );
        if (region !== null && region !== undefined) said.push(region.textContent.trim());
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await setSampling(page, { Température: '0' });
  await send(page, 'Qui es-tu ?');
  await endedAnswer(page, 0);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((text) => /Moteur|Engine/.test(text))).toEqual([]);
  expect(new Set(said.filter((text) => text.startsWith('Réponse terminée'))).size).toBe(1);
});

/** A window of 1440 x 900 at 200 %: 720 x 450 CSS pixels, two of the device's for each. */
test.each(['light', 'dark'] as const)('at twice the size, %s: nothing is cut off or covered', async (colorScheme) => {
  const { page } = await open({ width: 720, height: 450, colorScheme });
  await setSampling(page, { Température: '0' });
  await send(page, 'Qui es-tu ?');
  await endedAnswer(page, 0);
  const check = async (name: string) => {
    await picture(page, `zoom-${name}-${colorScheme}`);
    await expectNoOverflow(page);
    expect(await cutOff(page), name).toEqual([]);
    expect(await seriousProblems(page), name).toEqual([]);
  };
  await check('chat');
  await page.keyboard.press('Control+k');
  await check('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await check('help');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: /^Échantillon fourni/ }).click();
  await page.getByRole('row').nth(3).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await check('data');
  await page.getByRole('searchbox', { name: 'Chercher dans ce fichier' }).fill('eau');
  await page.keyboard.press('Enter');
  await page.getByTestId('find-outcome').getByText('tout le fichier est lu').waitFor();
  await check('find');
  await page.keyboard.press('Alt+3');
  await page.getByRole('button', { name: 'Français' }).click();
  await page.locator('.monaco-editor .tk').first().waitFor();
  await check('tokens');
  await page.keyboard.press('Alt+4');
  await page.getByTestId('loaded-model').waitFor();
  await check('models');
  await page.keyboard.press('Alt+5');
  await page.getByRole('heading', { name: 'Apparence' }).waitFor();
  await check('settings');
});

/**
 * Controls that a person could not reach: outside the window, with nothing around them that scrolls to them; or covered where their
 * middle is.
 */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const reachable = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(parent);
        if (
          /auto|scroll/.test(overflowX + overflowY) &&
          (parent.scrollHeight > parent.clientHeight || parent.scrollWidth > parent.clientWidth)
        )
          return true;
        if (position === 'fixed') return false;
      }
      return false;
    };
    const modal = document.querySelector('dialog[open]');
    const controls = (modal ?? document).querySelectorAll(
      'button, input, select, textarea, a[href], [role="tab"], [role="option"]',
    );
    return [...controls].flatMap((control) => {
      const box = control.getBoundingClientRect();
      const isHidden =
        box.width < 2 ||
        box.height < 2 ||
        control.closest('[aria-hidden="true"], .visually-hidden, .monaco-editor') !== null;
      if (isHidden || reachable(control)) return [];
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const isOutside = box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
      const top = isOutside ? null : document.elementFromPoint(x, y);
      const isCovered = top !== null && !control.contains(top) && !top.contains(control);
      return isOutside || isCovered ? [`${isOutside ? 'outside' : 'covered'}: ${control.outerHTML.slice(0, 140)}`] : [];
    });
  });
}

test.each([
  [1_440, 900, 'light'],
  [1_440, 900, 'dark'],
  [1_024, 700, 'light'],
  [1_024, 700, 'dark'],
] as const)('palette and find at %i x %i, %s', async (width, height, colorScheme) => {
  const { page } = await open({ width, height, colorScheme });
  const name = (part: string) => `${part}-${width}x${height}-${colorScheme}`;
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: /^Échantillon fourni/ }).click();
  await page.getByRole('row').nth(3).waitFor();
  await page.getByRole('searchbox', { name: 'Chercher dans ce fichier' }).fill('eau');
  await page.keyboard.press('Enter');
  await page.getByTestId('find-outcome').getByText('tout le fichier est lu').waitFor();
  await page.locator('.monaco-editor .found').first().waitFor();
  await picture(page, name('find'));
  expect(await seriousProblems(page)).toEqual([]);
  await page.keyboard.press('Control+k');
  await palette(page).fill('don');
  await chosen(page).waitFor();
  await picture(page, name('palette'));
  await expectNoOverflow(page);
  expect(await seriousProblems(page)).toEqual([]);
});

test('a long answer that ends while nobody looks is notified, counted in the title, and opened by a click', async () => {
  const { page, context, served } = await open();
  await context.grantPermissions(['notifications'], { origin: new URL(served.url).origin });
  await page.evaluate(() => {
    const shown: { title: string; body?: string | undefined; click: () => void }[] = [];
    class Recorded extends EventTarget {
      static readonly permission = 'granted';
      static requestPermission = () => Promise.resolve('granted');
      onclick: (() => void) | null = null;
      constructor(title: string, options?: NotificationOptions) {
        super();
        shown.push({ title, body: options?.body, click: () => this.onclick?.() });
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, shown });
  });
  await page.keyboard.press('Alt+5');
  await page.getByRole('radiogroup', { name: 'Signaler la fin d’une longue réponse' }).getByText('Oui').click();
  await page.keyboard.press('Alt+1');
  await setSampling(page, { Température: '0' });
  const engine = await served.engineProcessId();
  await send(page, 'Qui es-tu ?');
  // The answer has begun; an engine that stands still makes it a long one.
  await page.getByTestId('message-assistant').waitFor();
  process.kill(engine, 'SIGSTOP');
  // Another conversation is looked at, then nothing is.
  await page.keyboard.press('Alt+n');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true });
  });
  await page.waitForTimeout(10_500);
  process.kill(engine, 'SIGCONT');
  await expect.poll(() => page.title()).toMatch(/^\(1\) Chat/);
  const shown = await page.evaluate(() =>
    (window as unknown as { shown: { title: string; body?: string }[] }).shown.map(({ title, body }) => ({
      title,
      body,
    })),
  );
  expect(shown).toEqual([{ title: 'Réponse terminée', body: 'Qui es-tu ?' }]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { value: () => true, configurable: true });
    (window as unknown as { shown: { click: () => void }[] }).shown[0]?.click();
    window.dispatchEvent(new Event('focus'));
  });
  await page.getByRole('heading', { level: 1, name: 'Qui es-tu ?' }).waitFor();
  await expect.poll(() => page.title()).toBe('Chat – Lucie Workbench');
});
