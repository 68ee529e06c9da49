/** Which bytes ever become tokens: those of the characters that have no token of their own and survive normalisation. */
import type { FastEncoder } from './fast-encoder.ts';

/** One for each byte that is in the UTF-8 of such a character. */
export function codePointsInBytes(encoder: FastEncoder): Uint8Array {
  const used = new Uint8Array(256);
  const { deleted, blanks } = encoder.family.normaliser;
  const gone = new Set([...deleted, ...blanks]);
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    if (encoder.chunks.initial.idOf(codePoint) !== -1 || gone.has(codePoint)) continue;
    const character = String.fromCodePoint(codePoint);
    if (character.normalize('NFC') !== character) continue;
    markBytes(codePoint, used);
  }
  return used;
}

function markBytes(codePoint: number, used: Uint8Array): void {
  if (codePoint < 0x80) used[codePoint] = 1;
  else {
    const tailBytes = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    const lead = [0xc0, 0xe0, 0xf0][tailBytes - 1] ?? 0;
    used[lead | (codePoint >>> (6 * tailBytes))] = 1;
    for (let i = 0; i < tailBytes; i++) used[0x80 | ((codePoint >>> (6 * i)) & 0x3f)] = 1;
  }
}
