/** A name that every file system takes, made of a title. */
import type { ExportFormat } from '../../../contract/chat-history.ts';

const endings: Record<ExportFormat, string> = { json: 'json', markdown: 'md', html: 'html' };
const longest = 60;

/** `name` is `null` for everything. */
export function fileNameFor(name: string | null, format: ExportFormat, now: Date): string {
  const safe = (name ?? '')
    .normalize('NFC')
    .toWellFormed()
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const short = [...safe].slice(0, longest).join('');
  const base = short === '' ? `lucie-conversations-${now.toISOString().slice(0, 10)}` : short;
  return `${base}.${endings[format]}`;
}
