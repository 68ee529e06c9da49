/** A run as a file: JSON that holds every token and receipt, or Markdown to be read. */
import type { Receipt } from '../contract/receipt.ts';
import type { SideBySideRun } from '../contract/side-by-side.ts';
import { runAsMarkdown } from './run-as-markdown.ts';

export const sideBySideFormat = 'lucie-workbench-side-by-side';

export interface ExportedRun {
  name: string;
  mediaType: string;
  text: string;
}

/** `receipts` has one entry for each answer; `reference` is the position that the others are compared with. */
export function exportRun(
  run: SideBySideRun,
  receipts: readonly (Receipt | null)[],
  format: 'json' | 'markdown',
  reference: number,
): ExportedRun {
  const name = `lucie-side-by-side-${new Date(run.createdAt).toISOString().slice(0, 10)}-${run.id.slice(0, 8)}`;
  if (format === 'markdown') {
    return { name: `${name}.md`, mediaType: 'text/markdown', text: runAsMarkdown(run, reference) };
  }
  const createdAt = new Date(run.createdAt).toISOString();
  const json = { format: sideBySideFormat, version: 1, ...run, createdAt, receipts };
  return { name: `${name}.json`, mediaType: 'application/json', text: `${JSON.stringify(json, null, 1)}\n` };
}
