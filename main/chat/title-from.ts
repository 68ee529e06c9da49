/** The title of a conversation that has none: the first line of its first message, cut at a word. */
const titleLength = 60;

export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  if (line.length <= titleLength) return line;
  return `${line.slice(0, titleLength).replace(/\s+\S*$/, '')}…`;
}
