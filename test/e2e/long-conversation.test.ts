/** A conversation of 500 messages, 250 of them answers of 500 tokens: opened, scrolled, searched by the browser, gone on with. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChatStore } from '../../main/chat/index.ts';
import type { Conversation } from '../../main/contract/chat.ts';
import { defaultSettings } from '../../main/contract/settings.ts';
import { writeLongConversation } from '../fixtures/long-conversation.ts';
import { openConversation, ready, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

test('500 messages of which 250 are answers of 500 tokens open, scroll and go on smoothly', async () => {
  const dataFolder = newDataFolder();
  writeLongConversation(dataFolder, { messageCount: 500, tokensPerAnswer: 500 });
  // The demo model reads 1,024 tokens: the oldest exchanges are left out.
  const settings = { ...defaultSettings, contextPolicy: 'drop-oldest' };
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify(settings));
  const { url } = await serve(dataFolder);
  const { page, context, pageErrors } = await visit(url);
  await ready(page);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const metric = async (name: string) => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  };

  const begun = performance.now();
  await openConversation(page, /^Longue conversation/);
  await page.locator('[data-message="m499"]').getByTestId('token-strip').waitFor();
  const openMs = performance.now() - begun;
  const atEnd = () =>
    page
      .getByRole('region', { name: 'Messages' })
      .evaluate((region) => region.scrollHeight - region.clientHeight - region.scrollTop);
  await expect.poll(atEnd).toBeLessThan(8);
  await picture(page, 'long-conversation');

  await expect.poll(() => page.locator('[data-message]').count(), { timeout: 60_000 }).toBe(500);
  const wholeMs = performance.now() - begun;
  expect(await atEnd()).toBeLessThan(8);

  // Frames while the reader scrolls up through sixty screens, and what the page computes in each.
  await page.getByRole('region', { name: 'Messages' }).hover();
  const before = {
    script: await metric('ScriptDuration'),
    layout: await metric('LayoutDuration'),
    style: await metric('RecalcStyleDuration'),
  };
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const start = performance.now();
        let last = start;
        const frame = (now: number) => {
          times.push(now - last);
          last = now;
          if (now - start < 6_000) requestAnimationFrame(frame);
          else resolve(times);
        };
        requestAnimationFrame(frame);
      }),
  );
  for (let step = 0; step < 60; step += 1) {
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(60);
  }
  const times = (await frames).slice(1).sort((a, b) => a - b);
  const perFrame = async (name: string, from: number) => (((await metric(name)) - from) * 1_000) / times.length;
  const measured = {
    openMs: Math.round(openMs),
    wholeMs: Math.round(wholeMs),
    frames: times.length,
    medianFrameMs: times[Math.floor(times.length / 2)],
    p95FrameMs: times[Math.floor(times.length * 0.95)],
    scriptMsPerFrame: await perFrame('ScriptDuration', before.script),
    layoutMsPerFrame: await perFrame('LayoutDuration', before.layout),
    styleMsPerFrame: await perFrame('RecalcStyleDuration', before.style),
    heapMb: (await metric('JSHeapUsedSize')) / 1e6,
    nodes: await metric('Nodes'),
  };
  console.log(JSON.stringify(measured));
  expect(measured.openMs).toBeLessThan(5_000);
  expect(measured.scriptMsPerFrame + measured.layoutMsPerFrame + measured.styleMsPerFrame).toBeLessThan(16);
  expect(measured.heapMb).toBeLessThan(150);

  // The browser's own search finds a message that is far out of sight.
  const found = await page.evaluate(() =>
    (window as unknown as { find(text: string, ...options: boolean[]): boolean }).find(
      'ville numéro 40 ?',
      false,
      true,
      true,
    ),
  );
  expect(found).toBe(true);

  await setSampling(page, { Température: '0' });
  const composer = page.getByRole('textbox', { name: 'Votre message' });
  await composer.fill('Qui es-tu ?');
  await page.getByTestId('dropped-mark').waitFor({ state: 'attached', timeout: 60_000 });
  await composer.press('Enter');
  const reply = page.getByRole('article', { name: 'lucie-demo' }).nth(250);
  await expect.poll(() => reply.getAttribute('data-status'), { timeout: 120_000 }).toBe('complete');
  expect(await reply.innerText()).toMatch(/échanges .* n’ont pas été lus/);
  await expect.poll(atEnd).toBeLessThan(8);
  expect(pageErrors).toEqual([]);
});

test('what a watch reports of it is small and soon read, without the tokens', () => {
  const dataFolder = newDataFolder();
  writeLongConversation(dataFolder, { messageCount: 500, tokensPerAnswer: 500 });
  const store = new ChatStore(join(dataFolder, 'conversations.sqlite'));
  const measure = (read: () => Conversation) => {
    const begun = performance.now();
    const { length } = JSON.stringify(read());
    return { megabytes: length / 1e6, readMs: Math.round(performance.now() - begun) };
  };
  const [reported, whole] = [measure(() => store.outline('long')), measure(() => store.conversation('long'))];
  store.close();
  console.log(JSON.stringify({ reported, whole }));
  expect(reported.megabytes).toBeLessThan(4);
  expect(whole.megabytes / reported.megabytes).toBeGreaterThan(20);
});
