import { describe, expect, it } from 'vitest';
import { kindOfPiece, vocabularyEntry } from '../../../main/tokenizer/vocabulary.ts';

describe('vocabulary entries', () => {
  it('tells control tokens, bytes, free places and words apart', () => {
    expect(kindOfPiece('<s>', true, true)).toBe('special');
    expect(kindOfPiece('<0x0A>', false, true)).toBe('byte');
    expect(kindOfPiece('<0x0A>', false, false)).toBe('normal');
    expect(kindOfPiece('<unused7>', false, true)).toBe('unused');
    expect(kindOfPiece('▁été', false, true)).toBe('normal');
  });

  it('writes the bytes that a token stands for', () => {
    expect(vocabularyEntry(9, '▁été', 'normal').bytes).toBe('20c3a974c3a9');
    expect(vocabularyEntry(9, '<0xC3>', 'byte').bytes).toBe('c3');
    expect(vocabularyEntry(0, '<s>', 'special').bytes).toBe('');
  });
});
