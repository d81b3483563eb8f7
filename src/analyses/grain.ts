import { addDays, addMonths, startOfDay, type Day } from '../core/dates';
import { sql, type Sql } from '../core/sql';
import type { Format } from '../i18n/format';

/** How finely time is cut. Weeks begin on Monday. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

const TRUNCATED: Readonly<Record<Grain, (time: Sql) => Sql>> = {
  day: (time) => sql`CAST(${time} AS DATE)`,
  week: (time) => sql`CAST(date_trunc('week', ${time}) AS DATE)`,
  month: (time) => sql`CAST(date_trunc('month', ${time}) AS DATE)`,
  quarter: (time) => sql`CAST(date_trunc('quarter', ${time}) AS DATE)`,
  year: (time) => sql`CAST(date_trunc('year', ${time}) AS DATE)`,
};

/** The first day of the stretch in which a time lies, as DATE. */
export function startOfGrainSql(grain: Grain, time: Sql): Sql {
  return TRUNCATED[grain](time);
}

/** The first day of the stretch in which a day lies. */
export function startOfGrain(day: Day, grain: Grain): Day {
  const month = Number(day.slice(5, 7));
  switch (grain) {
    case 'day':
      return day;
    case 'week':
      return addDays(day, -((new Date(startOfDay(day)).getUTCDay() + 6) % 7));
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}

const MONTHS: Readonly<Record<'month' | 'quarter' | 'year', number>> = { month: 1, quarter: 3, year: 12 };

/** The first day of the stretch so many after that of `start`, which must be a first day itself. */
export function addGrains(start: Day, grain: Grain, count: number): Day {
  if (grain === 'day') return addDays(start, count);
  if (grain === 'week') return addDays(start, 7 * count);
  return addMonths(start, MONTHS[grain] * count);
}

/** The first days of every stretch that has a day from `from` to before `to`. */
export function grainsBetween(from: Day, to: Day, grain: Grain): readonly Day[] {
  const starts: Day[] = [];
  for (let start = startOfGrain(from, grain); start < to; start = addGrains(start, grain, 1)) starts.push(start);
  return starts;
}

/** A stretch by its first day, short: 2026-03-02, 2026-03, 2026 Q1, 2026. */
export function grainLabel(format: Format, start: Day, grain: Grain): string {
  if (grain === 'month') return start.slice(0, 7);
  if (grain === 'year') return start.slice(0, 4);
  if (grain !== 'quarter') return start;
  const quarter = Math.ceil(Number(start.slice(5, 7)) / 3);
  return format.locale === 'zh' ? `${start.slice(0, 4)}年${quarter}季度` : `${start.slice(0, 4)} Q${quarter}`;
}
