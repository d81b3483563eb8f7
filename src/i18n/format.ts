import type { Day } from '../core/dates';

export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

const TAGS: Record<Locale, string> = { en: 'en-US', zh: 'zh-CN' };

/** Numbers and dates in the reader's language. NaN and null print as an en dash. */
export interface Format {
  readonly locale: Locale;
  /** 12,480 */
  readonly integer: (value: number) => string;
  /** 12,480.50 with exactly `digits` decimals */
  readonly decimal: (value: number, digits: number) => string;
  /** 4.2M, 420万: at most three significant digits */
  readonly compact: (value: number) => string;
  /** 0.314 -> 31.4% */
  readonly percent: (share: number, digits?: number) => string;
  /** 2026-01-03 from wall-clock epoch milliseconds */
  readonly day: (wallMs: number) => string;
  /** A Day in the reader's long form: January 3, 2026 / 2026年1月3日 */
  readonly longDay: (day: Day) => string;
  /** Epoch milliseconds where the reader is: Nov 22, 2026, 14:03 / 2026年11月22日 14:03 */
  readonly moment: (epochMs: number) => string;
  readonly bytes: (count: number) => string;
  /** a, b and c / a、b和c */
  readonly list: (items: readonly string[]) => string;
}

const DASH = '–';

export function createFormat(locale: Locale): Format {
  const tag = TAGS[locale];
  const integers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const compacts = new Intl.NumberFormat(tag, { notation: 'compact', maximumSignificantDigits: 3 });
  const longDays = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  const lists = new Intl.ListFormat(tag, { type: 'conjunction' });
  const decimals = memo(
    (digits: number) => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const percents = memo(
    (digits: number) =>
      new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const finite = (value: number, print: (value: number) => string): string =>
    Number.isFinite(value) ? print(Object.is(value, -0) ? 0 : value) : DASH;
  return {
    locale,
    integer: (value) => finite(value, (v) => integers.format(v)),
    decimal: (value, digits) => finite(value, (v) => decimals(digits).format(v)),
    compact: (value) => finite(value, (v) => compacts.format(v)),
    percent: (share, digits = 1) => finite(share, (v) => percents(digits).format(v)),
    day: (wallMs) => finite(wallMs, (v) => new Date(v).toISOString().slice(0, 10)),
    longDay: (day) => longDays.format(new Date(`${day}T00:00:00Z`)),
    moment: (epochMs) => finite(epochMs, (v) => moments.format(v)),
    bytes: (count) => finite(count, (v) => formatBytes(v, decimals(1), integers)),
    list: (items) => lists.format(items),
  };
}

function formatBytes(count: number, one: Intl.NumberFormat, whole: Intl.NumberFormat): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? whole.format(value) : one.format(value)} ${units[unit]}`;
}

function memo<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
