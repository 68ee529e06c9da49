/** A name for a file beside others: without a path, not too long for the contract, and with a number where it is taken. */
const longestName = 255;

export function freeName(name: string, taken: readonly string[]): string {
  const bare = name.split(/[/\\]/).at(-1)?.trim() ?? '';
  const given = bare === '' ? 'file.txt' : bare.slice(-longestName);
  if (!taken.includes(given)) return given;
  const dot = given.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [given.slice(0, dot), given.slice(dot)] : [given, ''];
  for (let number = 2; ; number++) {
    const suffix = ` (${number})${ending}`;
    const numbered = stem.slice(0, longestName - suffix.length) + suffix;
    if (!taken.includes(numbered)) return numbered;
  }
}
