/**
 * A file that is to go with a message, as text. What is no text is refused rather than shown as mojibake; a text in Windows-1252, as older
 * programs wrote French, is offered and not guessed, because nearly every file can be read so.
 */
import { freeName } from './free-name.ts';

/** Some 700,000 tokens: far beyond what any Lucie reads, and small enough to be kept in a draft. */
export const mostAttachmentBytes = 4_000_000;

export type ReadAttachment =
  | { kind: 'text'; name: string; text: string }
  | { kind: 'too-large'; name: string; limit: number }
  | { kind: 'binary'; name: string }
  | { kind: 'unreadable'; name: string }
  /** Not UTF-8; `windows1252` is what it would be in that encoding. */
  | { kind: 'not-utf8'; name: string; windows1252: string };

export async function readAttachment(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
  taken: readonly string[] = [],
): Promise<ReadAttachment> {
  const name = freeName(file.name, taken);
  if (file.size > mostAttachmentBytes) return { kind: 'too-large', name, limit: mostAttachmentBytes };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { kind: 'unreadable', name }; // A folder, or a file that is gone.
  }
  return { name, ...decode(bytes) };
}

type Decoded = { kind: 'text'; text: string } | { kind: 'binary' } | { kind: 'not-utf8'; windows1252: string };

/** A byte order mark says what a file is, and is no part of its text. */
export function decode(bytes: Uint8Array): Decoded {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return decodeAs(utf16, bytes) ?? { kind: 'binary' };
  if (isBinary(bytes)) return { kind: 'binary' };
  return decodeAs('utf-8', bytes) ?? { kind: 'not-utf8', windows1252: new TextDecoder('windows-1252').decode(bytes) };
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded | null {
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}

function utf16Of(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** Has a byte that no text has: a control character other than tab, line ends, form feed and escape. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 0x20 && byte !== 0x1b && (byte < 0x09 || byte > 0x0d || byte === 0x0b));
}
