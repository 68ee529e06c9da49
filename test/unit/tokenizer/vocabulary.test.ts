import { describe, expect, it } from 'vitest';
import { hexBytes, kindOfPiece } from '../../../main/tokenizer/vocabulary.ts';

describe('vocabulary entries', () => {
  it('tells control tokens, bytes, free places and words apart', () => {
    expect(kindOfPiece('<s>', true, true)).toBe('special');
    expect(kindOfPiece('<0x0A>', false, true)).toBe('byte');
    expect(kindOfPiece('<0x0A>', false, false)).toBe('normal');
    expect(kindOfPiece('<unused7>', false, true)).toBe('unused');
    expect(kindOfPiece('▁été', false, true)).toBe('normal');
  });

  it('writes the bytes that a token stands for', () => {
    expect(hexBytes('▁été', 'normal', false)).toBe('20c3a974c3a9');
    expect(hexBytes('ĠÃ©tÃ©', 'normal', true)).toBe('20c3a974c3a9');
    expect(hexBytes('<0xC3>', 'byte', false)).toBe('c3');
    expect(hexBytes('<s>', 'special', false)).toBe('');
  });
});
