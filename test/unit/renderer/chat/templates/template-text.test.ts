import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedTemplates } from '../../../../../renderer/chat/templates/shipped-templates.ts';
import { fillTemplate, variablesOf } from '../../../../../renderer/chat/templates/template-text.ts';

describe('template text', () => {
  it('finds each variable once, in order, with the first value that is proposed', () => {
    expect(variablesOf('{{texte}} en {{ langue | français }}, {{langue|anglais}} {{texte|x}}')).toEqual([
      { name: 'texte', proposed: 'x' },
      { name: 'langue', proposed: 'français' },
    ]);
  });

  it.each([
    ['{{a}}-{{a}}', { a: '1' }, '1-1'],
    ['{{a|b}}', {}, 'b'],
    ['{{a|b}}', { a: '' }, ''],
    ['\\{{a}}', { a: '1' }, '{{a}}'],
    ['{{{a}}}', { a: '1' }, '{1}'],
    ['{{a}}', { a: '{{a}}' }, '{{a}}'],
    ['{ "x": {"y": {}} }', {}, '{ "x": {"y": {}} }'],
    ['{{1a}} {{}} {{a', { a: '1' }, '{{1a}} {{}} {{a'],
    ['{{nom de famille}}', { 'nom de famille': 'Sand' }, 'Sand'],
    ['{{constructor}}', {}, ''],
  ])('%s with %j is %s', (template, values, expected) => {
    expect(fillTemplate(template, values as Record<string, string>)).toBe(expected);
  });

  it('leaves a text without double braces as it is, whatever the values', () => {
    const text = fc.string().filter((one) => !one.includes('{{'));
    fc.assert(fc.property(text, (one) => fillTemplate(one, { a: 'x' }) === one));
  });

  it('puts values in exactly once', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => fillTemplate('{{a}}|{{b}}', { a, b }) === `${a}|${b}`));
  });

  it('has the same number of variables in both languages of what is supplied, and a text to fill in', () => {
    for (const { fr, en } of Object.values(shippedTemplates)) {
      expect(variablesOf(fr).length).toBeGreaterThan(0);
      expect(variablesOf(fr)).toHaveLength(variablesOf(en).length);
    }
  });
});
