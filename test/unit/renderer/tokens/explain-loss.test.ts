import { describe, expect, it } from 'vitest';
import { explainLoss } from '../../../../renderer/tokens/explain-loss.ts';

describe('explainLoss', () => {
  it('finds nothing where the text comes back', () => {
    expect(explainLoss('L’été', 'L’été')).toEqual([]);
  });

  it('counts no-break spaces that became plain', () => {
    expect(explainLoss('12\u00A0345\u00A0pas', '12 345 pas')).toEqual([{ kind: 'noBreakSpaces', count: 2 }]);
  });

  it('counts a space that is lost after an opening quote', () => {
    expect(explainLoss('«\u00A0Bonjour', '«Bonjour')).toEqual([
      { kind: 'noBreakSpaces', count: 1 },
      { kind: 'lostSpaces', count: 1 },
    ]);
  });

  it('counts carriage returns and null characters', () => {
    expect(explainLoss('a\r\nb\0c\r\n', 'a\nbc\n')).toEqual([{ kind: 'removedControls', count: 3 }]);
  });

  it('names a text that was not composed', () => {
    expect(explainLoss('e\u0301te\u0301', 'été')).toEqual([{ kind: 'notComposed' }]);
  });

  it('counts leading spaces that are lost', () => {
    expect(explainLoss('   a b', 'a b')).toEqual([{ kind: 'lostSpaces', count: 3 }]);
  });

  it('shows the first difference that nothing explains', () => {
    expect(explainLoss('abc def', 'abx def')).toEqual([
      { kind: 'other', position: 2, expected: 'c def', actual: 'x def' },
    ]);
  });
});
