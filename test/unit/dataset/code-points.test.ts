import { assert, property, string, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCodePoints, sliceCodePoints } from '../../../main/dataset/code-points.ts';

describe('code points', () => {
  it('are counted and cut as iterating over the string does, also with lone surrogates', () => {
    assert(
      property(
        string({ unit: 'binary' }),
        string({ unit: 'grapheme' }),
        nat(20),
        nat(20),
        (binary, graphemes, start, length) => {
          const text = `${binary}\ud83d${graphemes}\ude00`;
          expect(countCodePoints(text)).toBe([...text].length);
          expect(sliceCodePoints(text, start, length)).toBe([...text].slice(start, start + length).join(''));
        },
      ),
    );
  });
});
