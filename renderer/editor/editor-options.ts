/** What every editor of the workbench has in common: it draws every character of a text, and nothing that a text does not have. */
import type { monaco } from './monaco.ts';

export const baseOptions: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 8,
  padding: { top: 12, bottom: 24 },
  minimap: { enabled: false },
  folding: false,
  glyphMargin: false,
  links: false,
  contextmenu: false,
  renderLineHighlight: 'none',
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  matchBrackets: 'never',
  guides: { indentation: false },
  overviewRulerLanes: 0,
  scrollBeyondLastLine: false,
  stopRenderingLineAfter: -1,
  renderControlCharacters: true,
  unusualLineTerminators: 'off',
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  wordBasedSuggestions: 'off',
  quickSuggestions: false,
  scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
};
