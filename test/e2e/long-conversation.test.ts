/** A conversation of 500 messages, 250 of them answers of 500 tokens: opened, scrolled, searched by the browser, gone on with. */
import { expect, test } from 'vitest';
import { writeLongConversation } from '../fixtures/long-conversation.ts';
import { answers, openConversation, ready, send, setSampling } from './actions.ts';
import { newDataFolder, picture, serve, visit } from './browser.ts';

test('500 messages of which 250 are answers of 500 tokens open, scroll and go on smoothly', async () => {
  const dataFolder = newDataFolder();
  writeLongConversation(dataFolder, { messageCount: 500, tokensPerAnswer: 500 });
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
  await send(page, 'Qui es-tu ?');
  await expect
    .poll(() => answers(page).last().getAttribute('data-status'), { timeout: 60_000 })
    .toMatch(/complete|failed/);
  await expect.poll(atEnd).toBeLessThan(8);
  expect(pageErrors).toEqual([]);
});
