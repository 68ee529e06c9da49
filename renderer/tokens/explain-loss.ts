/**
 * Why the tokens do not give the text back: the losses that Lucie's tokenizer is known for, counted, and the first
 * difference where none of them explains it.
 */
export type Loss =
  | { kind: 'noBreakSpaces'; count: number }
  | { kind: 'removedControls'; count: number }
  | { kind: 'notComposed' }
  | { kind: 'lostSpaces'; count: number }
  | { kind: 'other'; position: number; expected: string; actual: string };

const EXCERPT = 12;

/** Empty where `decoded` is the text. */
export function explainLoss(text: string, decoded: string): Loss[] {
  if (text === decoded) return [];
  const losses: Loss[] = [];
  const composed = text.normalize('NFC');
  if (composed !== text) losses.push({ kind: 'notComposed' });
  const controls = occurrences(composed, '\r') + occurrences(composed, '\0');
  if (controls > 0) losses.push({ kind: 'removedControls', count: controls });
  const noBreak = occurrences(composed, '\u00A0') - occurrences(decoded, '\u00A0');
  if (noBreak > 0) losses.push({ kind: 'noBreakSpaces', count: noBreak });

  const expected = composed.replaceAll('\r', '').replaceAll('\0', '').replaceAll('\u00A0', ' ');
  if (expected === decoded) return losses;
  if (expected.replaceAll(' ', '') === decoded.replaceAll(' ', '')) {
    losses.push({ kind: 'lostSpaces', count: occurrences(expected, ' ') - occurrences(decoded, ' ') });
    return losses;
  }
  const position = firstDifference(expected, decoded);
  const excerpt = (source: string) => source.slice(position, position + EXCERPT);
  losses.push({ kind: 'other', position, expected: excerpt(expected), actual: excerpt(decoded) });
  return losses;
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

function firstDifference(first: string, second: string): number {
  let position = 0;
  while (position < first.length && first[position] === second[position]) position += 1;
  return position;
}
