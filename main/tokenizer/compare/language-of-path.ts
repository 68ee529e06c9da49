/**
 * The language of a text as the names of its file and folders tell it: `fr.txt`, `fr-code-civil.txt`, `Wikipedia.fr.txt`, `train/fr/…`.
 * Only names are looked at, never the text; where none tells, there is no answer.
 */

/** ISO 639-1 codes of Lucie's languages and of others that texts in Europe are found in. */
const codes = new Set(
  'fr en de es it pt nl ca gl eu oc br co ro pl cs sk sl hr sr bg hu fi et lv lt da sv no nb nn is ga cy gd mt el tr uk ru ar he zh ja ko'.split(
    ' ',
  ),
);

/** `path` with slashes, innermost name last. */
export function languageOfPath(path: string): string | null {
  const folders = path.split('/').filter((step) => step !== '');
  const file = folders.pop() ?? '';
  const ofFile = languageOfFile(file);
  if (ofFile !== null) return ofFile;
  for (const folder of folders.reverse()) {
    const code = folder.toLowerCase();
    if (codes.has(code)) return code;
  }
  return null;
}

/** The first or the last part of the name, where it is set off by a dot, a hyphen or an underscore. */
function languageOfFile(file: string): string | null {
  const stem = file.replace(/\.[^.]*$/, '').toLowerCase();
  const parts = stem.split(/[._-]/);
  const candidates = [parts[0], parts.at(-1)];
  return candidates.find((part) => part !== undefined && codes.has(part)) ?? null;
}
