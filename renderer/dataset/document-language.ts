/** Monaco's name for the language of a document: Lucie's corpus marks programs as `code:python`; prose is plain text. */
import type { DatasetDocument } from '../../main/contract/dataset.ts';

const editorLanguages: Record<string, string> = {
  c: 'cpp',
  'c++': 'cpp',
  cpp: 'cpp',
  html: 'html',
  javascript: 'javascript',
  markdown: 'markdown',
  python: 'python',
  rust: 'rust',
  shell: 'shell',
  sql: 'sql',
  typescript: 'typescript',
};

export function editorLanguage(document: DatasetDocument): string {
  const language = document.metadata.find(({ name }) => name === 'language')?.value ?? '';
  return editorLanguages[/code:(.+)$/.exec(language)?.[1]?.toLowerCase() ?? ''] ?? 'plaintext';
}
