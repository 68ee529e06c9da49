import { describe, expect, it } from 'vitest';
import { prettyJson } from '../../../../renderer/dataset/pretty-json.ts';

describe('prettyJson', () => {
  it('keeps what is short on one line and breaks what is long', () => {
    expect(prettyJson('{"kind":"essays","n":[1,2]}')).toBe('{"kind": "essays", "n": [1, 2]}');
    expect(prettyJson('{"character_count":[[0,1083,1083]],"fraction_non_alphabetic_words":[[0,1083,0.045226]]}')).toBe(
      [
        '{',
        '  "character_count":',
        '    [[0, 1083, 1083]],',
        '  "fraction_non_alphabetic_words":',
        '    [[0, 1083, 0.045226]]',
        '}',
      ].join('\n'),
    );
  });

  it('says the same as the value, digit for digit', () => {
    const value =
      '{"id":-8403949827142368011,"scores":[1.0,0.9505000114440918,null,true],"nested":{"a":{"b":["é\\"",{}]}}}';
    const pretty = prettyJson(value) ?? '';
    expect(JSON.parse(pretty)).toEqual(JSON.parse(value));
    expect(pretty).toContain('-8403949827142368011');
    expect(pretty).toMatch(/1\.0,\s+0\.9505000114440918,/);
  });

  it('leaves alone what is no JSON object or array', () => {
    for (const value of ['fr', '12', '"text"', '{not json', '[1, 2', '']) expect(prettyJson(value)).toBeNull();
  });
});
