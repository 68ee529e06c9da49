import { beforeAll, describe, expect, it } from 'vitest';
import { applyAlterations, tokenFlag, type FastEncoder } from '../../../../main/tokenizer/index.ts';
import { demoEncoder } from './demo-encoder.ts';

describe('FastEncoder', () => {
  let encoder: FastEncoder;
  beforeAll(() => {
    encoder = demoEncoder();
  });

  const told = (text: string) =>
    encoder.encode(text).alterations.map(({ start, end, reason, becomes }) => [start, end, reason, becomes]);

  it.each<[string, string, [number, number, string, string][]]>([
    ['nothing', "l'été (« ici »)", []],
    [
      'carriage returns',
      'a\r\nb\r\r',
      [
        [1, 2, 'carriage-return', ''],
        [4, 6, 'carriage-return', ''],
      ],
    ],
    ['U+0000', 'a\0b', [[1, 2, 'nul', '']]],
    ['marks', 'cafe\u0301 noir', [[3, 5, 'composed', 'é']]],
    ['marks in another order', 'a\u0301\u0323', [[0, 3, 'composed', 'ạ\u0301']]],
    ['a character that becomes two', '\u0958', [[0, 1, 'composed', '\u0915\u093c']]],
    ['no-break spaces', 'a\u00a0b', [[1, 2, 'no-break-space', ' ']]],
    ['a no-break space after a quotation mark', '«\u00a0Oui', [[1, 2, 'swallowed-space', '']]],
    ['spaces at the start that belong to the first token', '   a', [[0, 1, 'leading-spaces', '']]],
    ['a typed ▁', 'a▁b', [[1, 2, 'typed-metaspace', ' ']]],
    ['half a pair', 'a\ud800b', [[1, 2, 'lone-surrogate', '\ufffd']]],
    ['a space after what looks like a control token', '<|eot_id|> a', [[10, 11, 'swallowed-space', '']]],
  ])('tells of %s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('tells of the space that stays after a control token', () => {
    const { alterations, flags, starts, ends } = encoder.encode('a<s>b', { controlTokens: 'parse' });
    expect(alterations).toEqual([{ start: 4, end: 4, reason: 'added-space', becomes: ' ' }]);
    expect(Array.from(flags)).toEqual([tokenFlag.insertedSpace, tokenFlag.control, tokenFlag.insertedSpace]);
    expect(Array.from(starts)).toEqual([0, 1, 4]);
    expect(Array.from(ends)).toEqual([1, 4, 5]);
    expect(applyAlterations('a<s>b', alterations)).toBe('a<s> b');
  });

  it('reads the longest of the control tokens that begin at a place only where it is asked to', () => {
    expect(Array.from(encoder.encodeIds('<|eot_id|>', { controlTokens: 'parse' }))).toEqual([267]);
    expect(encoder.encodeIds('<|eot_id|>').length).toBeGreaterThan(3);
  });

  it('gives nothing for a text of which nothing is left', () => {
    for (const text of ['', '\r', '\0\r\0']) expect(encoder.encode(text).ids).toHaveLength(0);
  });

  it('gives the same in slices, which follow each other, the first of them at once', () => {
    const text = 'Quand la mer est haute, « les enfants » courent.\r\nÉte\u0301 <s> 12,5 % — l’été.\n'.repeat(400);
    const whole = encoder.encode(text, { controlTokens: 'parse' });
    const slices = encoder.encodeInSlices(text, { controlTokens: 'parse', sliceUnits: 500 });
    const first = slices.next().value;
    expect(first?.end).toBeLessThan(1_000);
    const all = [...(first === undefined ? [] : [first]), ...slices];
    expect(all.length).toBeGreaterThan(50);
    let end = 0;
    for (const slice of all) {
      expect(slice.start).toBe(end);
      end = slice.end;
    }
    expect(end).toBe(text.length);
    expect(all.flatMap(({ ids }) => Array.from(ids))).toEqual(Array.from(whole.ids));
    expect(all.flatMap(({ ends }) => Array.from(ends))).toEqual(Array.from(whole.ends));
    expect(all.flatMap(({ alterations }) => alterations)).toEqual(whole.alterations);
  });

  it('forgets what its cache cannot hold, and goes on', () => {
    const words = Array.from({ length: 150_000 }, (_, i) => (i * 7_919).toString(36).replace(/\d/g, 'é')).join(' ');
    const first = encoder.encodeIds(words);
    expect(encoder.encodeIds(words)).toEqual(first);
    expect(encoder.encodeIds('Bonjour')).toEqual(demoEncoder().encodeIds('Bonjour'));
  });

  it('takes a megabyte without a space in its stride', { timeout: 20_000 }, () => {
    const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(40_000);
    const { ids, starts, ends } = encoder.encode(text);
    expect(starts[0]).toBe(0);
    expect(ends[ids.length - 1]).toBe(text.length);
  });
});
