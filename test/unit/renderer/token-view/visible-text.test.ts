import { describe, expect, it } from 'vitest';
import { chipText, spacedBytes, visibleText } from '../../../../renderer/token-view/visible-text.ts';

describe('visibleText', () => {
  it('gives every invisible character a sign', () => {
    expect(visibleText(' été\n\t')).toBe('·été↵⇥');
    expect(visibleText('a\u00A0b\u202Fc')).toBe('a␣b␣c');
    expect(visibleText('\u0000\u0085')).toBe('␀␀');
  });

  it('leaves visible text alone', () => {
    expect(visibleText('▁L’été,東京🙂')).toBe('▁L’été,東京🙂');
  });

  it('shortens long runs and only those', () => {
    expect(visibleText(' '.repeat(8))).toBe('·×8');
    expect(visibleText(' '.repeat(4))).toBe('····');
  });
});

describe('chipText', () => {
  it('shows the vocabulary piece where a token added no text', () => {
    expect(chipText('', '<0xC3>')).toBe('<0xC3>');
    expect(chipText(' Paris', '▁Paris')).toBe('·Paris');
  });
});

describe('spacedBytes', () => {
  it('sets bytes apart', () => {
    expect(spacedBytes('c3a9')).toBe('C3 A9');
    expect(spacedBytes('')).toBe('');
  });
});
