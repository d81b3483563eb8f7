import { addDays, daysBetween, startOfDay, type Day } from '../core/dates';
import type { HeatBlock, HeatCell } from './heat-blocks';

/** What a day of a calendar shows. */
export interface CalendarDay extends Omit<HeatCell, 'key' | 'row' | 'column'> {
  readonly day: Day;
}

/** 0 = Monday. */
export function weekdayOf(day: Day): number {
  return (new Date(startOfDay(day)).getUTCDay() + 6) % 7;
}

/**
 * A block a year from `from` to before `to`, the newest first: a column a week, a row a weekday from Monday. Every day of
 * the stretch has a field, that of `days` or `empty`. A month is named over the week in which it begins.
 */
export function calendarBlocks(
  days: readonly CalendarDay[],
  from: Day,
  to: Day,
  empty: (day: Day) => CalendarDay,
  monthName: (firstDay: Day) => string,
): readonly HeatBlock[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const years = new Map<string, HeatCell[]>();
  const placeOf = (day: Day): { readonly row: number; readonly column: number } => {
    const newYear = `${day.slice(0, 4)}-01-01`;
    return { row: weekdayOf(day), column: Math.floor((daysBetween(newYear, day) + weekdayOf(newYear)) / 7) };
  };
  for (let day = from; day < to; day = addDays(day, 1)) {
    const cells = years.get(day.slice(0, 4)) ?? [];
    years.set(day.slice(0, 4), cells);
    cells.push({ ...(known.get(day) ?? empty(day)), ...placeOf(day), key: day });
  }
  return [...years].reverse().map(([year, cells]) => {
    const months = Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}-01`);
    return {
      key: year,
      title: year,
      columns: placeOf(`${year}-12-31`).column + 1,
      columnLabels: months.map((first) => ({ column: placeOf(first).column, label: monthName(first) })),
      cells,
    };
  });
}
