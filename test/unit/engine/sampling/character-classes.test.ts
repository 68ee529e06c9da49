import { describe, expect, it } from 'vitest';
import { readableClasses } from '../../../../main/engine/sampling/character-classes.ts';

describe('readableClasses', () => {
  it.each([
    ['[a-z]+\\.[^"]', '[a-z]+\\.[^"]'],
    ['[a-zé]', '(?:[a-z]|é)'],
    ['[é]', '(?:é)'],
    ['[é-ë ]', '(?:[ ]|é|ê|ë)'],
    ['[~-\\u0081]', '(?:[~-\\x7f]|\u0080|\u0081)'],
    ['[\\x00-\\u{10ffff}]', '(?:[\\x00-\\x7f]|[^\\x00-\\x7f])'],
    ['[\\s\\S]', '(?:[\\s\\S]|[^\\x00-\\x7f])'],
    ['[^\\S]', '[^\\S]'],
    ['[\\]é-]', '(?:[\\]-]|é)'],
    ['.\\.[.]', '[^\\n\\r]\\.[.]'],
  ])('regex %j', (source, expected) => {
    expect(readableClasses(source, 'regex')).toBe(expected);
  });

  it.each([
    ['root ::= . "." [.]', 'root ::= [^\\x00] "." [.]'],
    ['root ::= [a-zé] "[é]" # [é].', 'root ::= ([a-z] | "é") "[é]" # [é].'],
    ['root ::= "\\"[é]" [\\u00e9]', 'root ::= "\\"[é]" ("é")'],
  ])('GBNF %j', (source, expected) => {
    expect(readableClasses(source, 'gbnf')).toBe(expected);
  });

  it.each(['[^é]', '[一-龥]'])('refuses %j', (source) => {
    expect(() => readableClasses(source, 'regex')).toThrow(expect.objectContaining({ code: 'GRAMMAR_INVALID' }));
  });
});
