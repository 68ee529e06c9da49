/** A long answer that streams: what its frames cost, and that what is finished of it is left alone. */
import { expect, test } from 'vitest';
import { openConversation } from './actions.ts';
import { picture, visit } from './browser.ts';
import { describeFrames, percentile, traceFrames } from './frame-trace.ts';
import { hostLongAnswer, longAnswer } from './long-answer.ts';

/** 1,200 tokens a second at 60 frames: several times what Lucie writes on any machine. */
const PER_FRAME = 20;

test('20,000 tokens: script stays under 16 ms of each frame, and finished blocks keep their nodes', async ({
  annotate,
}) => {
  const { url, stream } = await hostLongAnswer('Marées.');
  const { page, violations, pageErrors } = await visit(url);
  page.setDefaultTimeout(60_000);
  await openConversation(page, /^Marées/);
  await page.getByTestId('message-assistant').waitFor();
  const tokens = longAnswer(20_000);
  const frame = () => page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));

  await stream(tokens.slice(0, 1_000), PER_FRAME, frame);
  await page.locator('.markdown > :nth-child(12)').waitFor({ state: 'attached' });
  await page.locator('.markdown .math').first().waitFor({ state: 'attached' });
  await page.locator('.markdown .code-keyword').first().waitFor({ state: 'attached' });
  const settled = await page.evaluate(() => {
    const blocks = [...document.querySelectorAll('.markdown > *')].slice(0, -2);
    Object.assign(window, { kept: blocks.flatMap((block) => [block, ...block.querySelectorAll('*')]) });
    return blocks.length;
  });
  expect(settled).toBeGreaterThan(10);

  const trace = await traceFrames(page, () => stream(tokens.slice(1_000), PER_FRAME, frame));
  await expect.poll(() => page.locator('.markdown').textContent(), { timeout: 60_000 }).toContain('Chapitre 80');
  await annotate(`Streaming 19,000 tokens: ${describeFrames(trace)}`);
  await picture(page, 'answer-long');

  const lost = await page.evaluate(() => {
    const now = new Set(document.querySelectorAll('.markdown *'));
    return (window as unknown as { kept: Element[] }).kept.filter((node) => !now.has(node)).length;
  });
  expect(lost).toBe(0);
  expect(trace.frames.length).toBeGreaterThan(100);
  expect(
    percentile(
      trace.frames.map(({ scriptMs }) => scriptMs),
      0.95,
    ),
  ).toBeLessThan(16);
  expect(violations).toEqual([]);
  expect(pageErrors).toEqual([]);
}, 600_000);
