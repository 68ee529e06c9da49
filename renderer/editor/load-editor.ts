/** Fetches the editor once, in the language of the interface: its own words must be there before its code. */
import type { Language } from '../i18n/language.ts';
import type { CodeEditor } from './code-editor.ts';

interface EditorModule {
  CodeEditor: typeof CodeEditor;
}

let loading: Promise<EditorModule> | null = null;

export function loadEditor(language: Language): Promise<EditorModule> {
  loading ??= load(language).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(language: Language): Promise<EditorModule> {
  if (language === 'fr') await import('monaco-editor/nls/lang/fr');
  return import('./code-editor.ts');
}
