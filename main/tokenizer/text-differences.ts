/**
 * Where the text that ids decode to differs from the text that was encoded, for a tokenizer whose rules are not known: both texts
 * are read side by side, and after a difference the nearest place is looked for from which they agree again. Applying the differences
 * to the text always gives the decoded text; that each is as short as it could be is not promised.
 */
import type { Alteration, AlterationReason } from '../contract/tokenisation.ts';

/** They agree again where this many units are equal, or both texts end. */
const agreeing = 4;
/** Units that may be lost and added in one difference before the rest of the text is given up as one. */
const farthest = 128;

export function textDifferences(text: string, decoded: string): Alteration[] {
  const found: Alteration[] = [];
  let at = 0;
  let other = 0;
  while (at < text.length || other < decoded.length) {
    if (at < text.length && text[at] === decoded[other]) {
      at++;
      other++;
      continue;
    }
    const [lost, added] = nextAgreement(text, at, decoded, other) ?? [text.length - at, decoded.length - other];
    const becomes = decoded.slice(other, other + added);
    const reason = reasonOf(at, text.slice(at, at + lost), becomes);
    found.push({ start: at, end: at + lost, reason, becomes });
    at += lost;
    other += added;
  }
  return found;
}

/** How many units are lost, and how many are there instead. */
function nextAgreement(text: string, at: number, decoded: string, other: number): [number, number] | null {
  for (let both = 1; both <= farthest; both++) {
    for (let lost = Math.min(both, text.length - at); lost >= 0; lost--) {
      const added = both - lost;
      if (other + added > decoded.length) break;
      if (agree(text, at + lost, decoded, other + added)) return [lost, added];
    }
  }
  return null;
}

function agree(text: string, at: number, decoded: string, other: number): boolean {
  for (let i = 0; i < agreeing; i++) {
    if (at + i >= text.length || other + i >= decoded.length) {
      return text.length - at === decoded.length - other;
    }
    if (text.charCodeAt(at + i) !== decoded.charCodeAt(other + i)) return false;
  }
  return true;
}

function reasonOf(start: number, lost: string, becomes: string): AlterationReason {
  if (becomes === '') {
    if (/^\r+$/.test(lost)) return 'carriage-return';
    if (/^\0+$/.test(lost)) return 'nul';
    if (/^ +$/.test(lost)) return start === 0 ? 'leading-spaces' : 'swallowed-space';
  }
  if (lost === '' && /^ +$/.test(becomes)) return 'added-space';
  if (/^\u00a0+$/.test(lost) && /^ +$/.test(becomes)) return 'no-break-space';
  if (/^▁+$/.test(lost) && /^ +$/.test(becomes)) return 'typed-metaspace';
  if (!lost.isWellFormed() && lost.toWellFormed() === becomes) return 'lone-surrogate';
  return lost !== '' && lost.normalize('NFC') === becomes.normalize('NFC') ? 'composed' : 'other';
}
