/**
 * GPT-2's characters for bytes (Radford et al. 2019, `bytes_to_unicode`): printable Latin-1 stands for itself, the other 68
 * bytes, in order, for U+0100 and following. Bytes are strings of one character (U+0000 to U+00FF) a byte.
 */

/** UTF-8. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The bytes that a piece of a byte-level vocabulary spells. A character that stands for no byte gives its UTF-8. */
export function fromByteLevel(piece: string): string {
  return [...piece].map((character) => byteOfCharacter.get(character) ?? bytesOf(character)).join('');
}

const isPrintable = (byte: number) =>
  (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte < 0xad) || (byte > 0xad && byte <= 0xff);
const allBytes = Array.from({ length: 256 }, (_, byte) => byte);
const unprintable = allBytes.filter((byte) => !isPrintable(byte));
const byteOfCharacter = new Map(
  allBytes.map((byte) => {
    const code = isPrintable(byte) ? byte : 0x100 + unprintable.indexOf(byte);
    return [String.fromCharCode(code), String.fromCharCode(byte)];
  }),
);
