/** Asks axe about a page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryFolder } from '../fixtures/workbench.ts';

const axeSource = readFileSync(join(repositoryFolder, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

/** What axe finds on the page as it is now, of the kinds that keep somebody out. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // The content security policy forbids inline scripts, and rightly: axe is evaluated by the debugger.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
