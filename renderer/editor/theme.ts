/** Monaco's theme made from the tokens of `ui/theme.css`, so that a colour is written down once. */
import { isDark } from './color-scheme.ts';
import { monaco } from './monaco.ts';

const tokens: Record<string, string> = {
  'editor.background': '--surface',
  'editor.foreground': '--text',
  'editorLineNumber.foreground': '--text-faint',
  'editorLineNumber.activeForeground': '--text-soft',
  'editorCursor.foreground': '--accent',
  'editorWhitespace.foreground': '--text-faint',
  'editorWidget.background': '--raised',
  'editorWidget.foreground': '--text',
  'editorWidget.border': '--line',
  'input.background': '--surface',
  'input.foreground': '--text',
  'input.border': '--line-strong',
  'input.placeholderForeground': '--text-faint',
  'inputOption.activeBackground': '--accent-wash',
  'inputOption.activeBorder': '--accent',
  'inputOption.activeForeground': '--text',
  'icon.foreground': '--text-soft',
  focusBorder: '--focus',
};

/** Defines the theme of the scheme that is shown and uses it for every editor. */
export function applyTheme(): void {
  const dark = isDark();
  const name = dark ? 'lucie-dark' : 'lucie-light';
  const probe = document.body.appendChild(document.createElement('span'));
  const colors = Object.fromEntries(Object.entries(tokens).map(([key, token]) => [key, resolve(probe, token)]));
  probe.remove();
  monaco.editor.defineTheme(name, { base: dark ? 'vs-dark' : 'vs', inherit: true, rules: [], colors });
  monaco.editor.setTheme(name);
}

/** The colour of a CSS variable as `#rrggbb`; `light-dark()` is only resolved in a computed style. */
function resolve(probe: HTMLElement, token: string): string {
  probe.style.color = `var(${token})`;
  const channels = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? [];
  const hex = channels.slice(0, 3).map((channel) => Math.round(Number(channel)).toString(16).padStart(2, '0'));
  return `#${hex.join('')}`;
}
