/** JSON that may be damaged: whoever reads it holds it against a schema, which `null` does not fit. */
export function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
