import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytePieceReader, byteOfPiece } from '../../../main/tokenizer/byte-pieces.ts';

const pieceOf = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;

function read(pieces: string[]): string {
  const reader = new BytePieceReader();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.flush()].join('');
}

describe('byte pieces', () => {
  it('knows byte pieces from others', () => {
    expect(byteOfPiece('<0xC3>')).toBe(0xc3);
    expect(byteOfPiece('<0xc3>')).toBeNull();
    expect(byteOfPiece('<0x123>')).toBeNull();
    expect(byteOfPiece('été')).toBeNull();
  });

  it('gives any text back from its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read([...Buffer.from(text, 'utf8')].map(pieceOf))).toBe(text);
      }),
    );
  });

  it('keeps the complete characters of a run that is cut off', () => {
    expect(read(['<0xC3>', '<0xA9>', '<0xE4>', '<0xBD>'])).toBe('é\uFFFD');
    expect(read(['<0xE4>', 'x'])).toBe('\uFFFDx');
    expect(read(['<0xE4>', '<0x28>'])).toBe('\uFFFD(');
  });

  it('decodes any bytes as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(read([...bytes].map(pieceOf))).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      }),
    );
  });
});
