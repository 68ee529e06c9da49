/** Every text of the renderer, found by walking the modules of `renderer/i18n/`. */
export interface FoundText {
  path: string;
  fr: unknown;
  en: unknown;
}

const modules = import.meta.glob<Record<string, unknown>>('../../../../renderer/i18n/*.ts', { eager: true });

export function allTexts(): FoundText[] {
  return Object.entries(modules).flatMap(([file, exports]) => collect(exports, file.split('/').at(-1) ?? file));
}

function collect(value: unknown, path: string): FoundText[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('fr' in value && 'en' in value) return [{ path, fr: value.fr, en: value.en }];
  return Object.entries(value).flatMap(([name, child]) => collect(child, `${path} ${name}`));
}
