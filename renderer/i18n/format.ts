/** Numbers, sizes, durations and dates in one language, through Intl. */
import type { Language } from './language.ts';

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
/** The one symbol of a unit of time that is not the same in both. */
const days: Record<Language, string> = { fr: 'j', en: 'd' };
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const spans = [
  { unit: 'year', ms: 365 * 86_400_000 },
  { unit: 'month', ms: 30 * 86_400_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const;

export interface PluralForms {
  one: string;
  other: string;
}

export class Format {
  readonly locale: string;
  readonly #day: string;
  readonly #plural: Intl.PluralRules;
  /** With words such as "yesterday", which count days of the calendar; and in figures. */
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #elapsed: Intl.RelativeTimeFormat;

  constructor(language: Language) {
    this.locale = locales[language];
    this.#day = days[language];
    this.#plural = new Intl.PluralRules(this.locale);
    this.#relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
    this.#elapsed = new Intl.RelativeTimeFormat(this.locale, { numeric: 'always' });
  }

  number(value: number, fractionDigits = 0): string {
    return this.#intl(value, { maximumFractionDigits: fractionDigits, minimumFractionDigits: 0 });
  }

  /** As a person types it: the language's decimal sign, no grouping. */
  typed(value: number): string {
    return new Intl.NumberFormat(this.locale, { useGrouping: false, maximumFractionDigits: 6 }).format(value);
  }

  /** Always with that many decimals, for columns of figures. */
  fixed(value: number, fractionDigits: number): string {
    return this.#intl(value, { maximumFractionDigits: fractionDigits, minimumFractionDigits: fractionDigits });
  }

  /** `fraction` 0.934 is 93.4 %; very small values keep two significant digits instead of rounding to nothing. */
  percent(fraction: number): string {
    const digits = fraction >= 0.9995 || fraction === 0 ? {} : { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    const small = fraction > 0 && fraction < 0.001 ? { maximumSignificantDigits: 2 } : digits;
    return this.#intl(fraction, { style: 'percent', ...small });
  }

  /** Without decimals, for what changes while one looks: 0.427 is 42 %. Only what is complete is 100 %. */
  wholePercent(fraction: number): string {
    return this.#intl(Math.floor(fraction * 100) / 100, { style: 'percent', maximumFractionDigits: 0 });
  }

  /** 6.7 billion in words: `6.7 billion`, `6,7 milliards`. */
  compact(value: number): string {
    return this.#intl(value, { notation: 'compact', compactDisplay: 'long', maximumFractionDigits: 1 });
  }

  /** Decimal units (1 MB = 1,000,000 bytes), as disks and hubs count. */
  bytes(count: number): string {
    let power = 0;
    while (power < byteUnits.length - 1 && Math.abs(count) >= 999.5 * 1000 ** power) power += 1;
    const value = count / 1000 ** power;
    const unitDisplay = power === 0 ? 'long' : 'short';
    const maximumFractionDigits = power === 0 || value >= 100 ? 0 : 1;
    const text = this.#intl(value, { style: 'unit', unit: byteUnits[power], unitDisplay, maximumFractionDigits });
    return text.replace(' ', '\u00A0');
  }

  /** Under a second in milliseconds, then in seconds. */
  duration(ms: number): string {
    const [value, unit] = ms < 999.5 ? [ms, 'millisecond'] : [ms / 1000, 'second'];
    return this.#intl(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: ms < 999.5 ? 0 : 2 });
  }

  /**
   * A time to wait, no finer than it can be known: `45 s`, `3 min 20 s`, `12 min`, `1 h 05 min`, `2 d 3 h`. Above a minute seconds
   * come in steps of five, above ten minutes not at all.
   */
  span(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 60) return unit(whole, 's');
    const fives = Math.round(whole / 5) * 5;
    if (fives < 600) return join(unit(Math.floor(fives / 60), 'min'), fives % 60, 's');
    const minutes = Math.round(whole / 60);
    if (minutes < 60) return unit(minutes, 'min');
    if (minutes < 1_440) return join(unit(Math.floor(minutes / 60), 'h'), minutes % 60, 'min');
    const hours = Math.round(minutes / 60);
    return join(unit(Math.floor(hours / 24), this.#day), hours % 24, 'h');
  }

  /** "3 hours ago", with the unit that fits. */
  timeAgo(then: number, now: number): string {
    const elapsed = now - then;
    const span = spans.find(({ ms }) => elapsed >= ms);
    if (span === undefined) return this.#relative.format(0, 'second');
    if (span.unit === 'day') return this.#relative.format(-calendarDays(then, now), 'day');
    return this.#elapsed.format(-Math.floor(elapsed / span.ms), span.unit);
  }

  dateTime(time: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
  }

  /** The form of the count's grammatical number; French counts 0 and 1 as singular. */
  plural(count: number, forms: PluralForms): string {
    return this.#plural.select(count) === 'one' ? forms.one : forms.other;
  }

  /** The number followed by its noun in the right form. */
  count(count: number, forms: PluralForms): string {
    return `${this.number(count)} ${this.plural(count, forms)}`;
  }

  #intl(value: number, options: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.locale, options).format(value).replace('-', '−');
  }
}

/** 1 from any time of yesterday to any time of today. */
function calendarDays(then: number, now: number): number {
  return Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 86_400_000);
}

function unit(value: number, symbol: string): string {
  return `${value}\u00A0${symbol}`;
}

/** The smaller unit only where there is something of it; minutes and seconds with two digits after a larger unit. */
function join(larger: string, rest: number, symbol: string): string {
  if (rest === 0) return larger;
  const digits = symbol === 'h' ? String(rest) : String(rest).padStart(2, '0');
  return `${larger} ${digits}\u00A0${symbol}`;
}
