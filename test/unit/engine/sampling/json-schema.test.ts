import { expect, test } from 'vitest';
import { readableSchema } from '../../../../main/engine/sampling/json-schema.ts';

test('patterns are put in a form that is read rightly, data and names stay', () => {
  const schema = {
    properties: { pattern: { pattern: '^[a-é]$' }, not: { enum: [{ not: 1, pattern: '[é]' }] } },
    patternProperties: { '[é]': { items: [{ pattern: '.' }] } },
    uniqueItems: false,
  };
  expect(JSON.parse(readableSchema(JSON.stringify(schema)))).toEqual({
    properties: {
      pattern: { pattern: expect.stringMatching(/^\^\(\?:\[a-\\x7f\]\|.*é\)\$$/s) as string },
      not: { enum: [{ not: 1, pattern: '[é]' }] },
    },
    patternProperties: { '(?:é)': { items: [{ pattern: '[^\\n\\r]' }] } },
    uniqueItems: false,
  });
});

test.each(['{"not":{}}', '{"items":{"if":{}}}', '{"$defs":{"a":{"uniqueItems":true}}}', '{'])(
  '%j is refused',
  (schema) => {
    expect(() => readableSchema(schema)).toThrow(expect.objectContaining({ code: 'GRAMMAR_INVALID' }));
  },
);
