/** Fetches the editor once, in the language of the interface: its own words must be there before its code. */
import type { Language } from '../i18n/language.ts';
import type { CodeEditor } from './code-editor.ts';
import type { MarkedEditor } from './marked-editor.ts';

interface EditorModule {
  CodeEditor: typeof CodeEditor;
  MarkedEditor: typeof MarkedEditor;
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
  const [{ CodeEditor }, { MarkedEditor }] = await Promise.all([
    import('./code-editor.ts'),
    import('./marked-editor.ts'),
  ]);
  return { CodeEditor, MarkedEditor };
}
