import { describe, expect, it } from 'vitest';
import { Format } from '../../../../renderer/i18n/format.ts';

const fr = new Format('fr');
const en = new Format('en');
/** No-break spaces as plain ones: which of the two Intl uses is its own affair. */
const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ');

describe('numbers', () => {
  it('follow the language', () => {
    expect(plain(fr.number(1_234_567))).toBe('1 234 567');
    expect(en.number(1_234_567)).toBe('1,234,567');
    expect(fr.fixed(1.5, 2)).toBe('1,50');
    expect(en.fixed(-0.105, 3)).toBe('−0.105');
  });

  it('are typed without grouping', () => {
    expect(fr.typed(0.05)).toBe('0,05');
    expect(en.typed(4_294_967_295)).toBe('4294967295');
  });

  it('keep small probabilities apart from zero', () => {
    expect(en.percent(1)).toBe('100%');
    expect(en.percent(0.9996)).toBe('100%');
    expect(en.percent(0.934)).toBe('93.4%');
    expect(en.percent(0.0000123)).toBe('0.0012%');
    expect(en.percent(0)).toBe('0%');
    expect(plain(fr.percent(0.5))).toBe('50,0 %');
  });
});

describe('compact', () => {
  it('puts large counts into words', () => {
    expect(en.compact(6_162_688)).toBe('6.2 million');
    expect(plain(fr.compact(6_706_958_336))).toBe('6,7 milliards');
  });
});

describe('sizes and durations', () => {
  it('choose the unit', () => {
    expect(plain(fr.bytes(0))).toBe('0 octet');
    expect(plain(fr.bytes(999))).toBe('999 octets');
    expect(plain(fr.bytes(2_048))).toBe('2 ko');
    expect(plain(en.bytes(9_812_331))).toBe('9.8 MB');
    expect(plain(en.bytes(999_600))).toBe('1 MB');
    expect(plain(fr.bytes(13_413_924_864))).toBe('13,4 Go');
  });

  it('change from milliseconds to seconds', () => {
    expect(plain(en.duration(42.4))).toBe('42 ms');
    expect(plain(en.duration(999.6))).toMatch(/^1 sec/);
    expect(plain(fr.duration(2_340))).toBe('2,34 s');
  });
});

describe('wholePercent', () => {
  it('never says that something is complete before it is', () => {
    expect(plain(fr.wholePercent(0.999))).toBe('99 %');
    expect(en.wholePercent(1)).toBe('100%');
    expect(en.wholePercent(0.004)).toBe('0%');
  });
});

describe('span', () => {
  it.each([
    [-1, '0 s', '0 s'],
    [0.4, '0 s', '0 s'],
    [45.2, '45 s', '45 s'],
    [59.7, '1 min', '1 min'],
    [62, '1 min', '1 min'],
    [63, '1 min 05 s', '1 min 05 s'],
    [199, '3 min 20 s', '3 min 20 s'],
    [599, '10 min', '10 min'],
    [3_570, '1 h', '1 h'],
    [3_900, '1 h 05 min', '1 h 05 min'],
    [86_390, '1 j', '1 d'],
    [2 * 86_400 + 3 * 3_600, '2 j 3 h', '2 d 3 h'],
  ])('%f s', (seconds, french, english) => {
    expect(plain(fr.span(seconds))).toBe(french);
    expect(plain(en.span(seconds))).toBe(english);
  });
});

describe('timeAgo', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  it.each([
    [10_000, 'maintenant', 'now'],
    [-5_000, 'maintenant', 'now'],
    [3 * 60_000, 'il y a 3 minutes', '3 minutes ago'],
    [2 * 3_600_000, 'il y a 2 heures', '2 hours ago'],
    [86_400_000, 'hier', 'yesterday'],
  ])('%i ms', (elapsed, french, english) => {
    expect(plain(fr.timeAgo(now - elapsed, now))).toBe(french);
    expect(plain(en.timeAgo(now - elapsed, now))).toBe(english);
  });
});

describe('timeAgo over days', () => {
  const at = (month: number, day: number, hour: number) => new Date(2026, month, day, hour).getTime();
  it('counts the days of the calendar, and longer times in figures', () => {
    expect(plain(fr.timeAgo(at(10, 21, 9), at(10, 23, 8)))).toBe('avant-hier');
    expect(plain(en.timeAgo(at(10, 21, 9), at(10, 23, 8)))).toBe('2 days ago');
    expect(plain(fr.timeAgo(at(2, 1, 9), at(2, 31, 20)))).toBe('il y a 1 mois');
  });
});

describe('plural', () => {
  const forms = { one: 'token', other: 'tokens' };
  it('counts 0 as singular in French and as plural in English', () => {
    expect(fr.count(0, forms)).toBe('0 token');
    expect(fr.count(1, forms)).toBe('1 token');
    expect(fr.count(2, forms)).toBe('2 tokens');
    expect(en.count(0, forms)).toBe('0 tokens');
    expect(en.count(1, forms)).toBe('1 token');
  });
});
