import { addDays, type Day } from '../../core/dates';
import { addMoney } from '../../core/money';
import type { Row } from '../../db/shape';
import type { OCCASIONS_SHAPE } from './rhythm.sql';

/** A holiday or a campaign: a stretch of days that has a name. */
export interface Occasion {
  readonly name: string;
  readonly isHoliday: boolean;
  readonly first: Day;
  readonly last: Day;
}

export interface DayFigures {
  readonly day: Day;
  readonly orders: number;
  readonly revenue: number;
  readonly customers: number;
}

/** All stretches of one name beside usual days of the same weekdays. */
export interface OccasionEffect {
  readonly name: string;
  readonly isHoliday: boolean;
  /** Those in scope, in order. */
  readonly days: readonly Day[];
  readonly orders: number;
  readonly revenue: number;
  /** So many customers at least: those of the day with the most. */
  readonly leastCustomers: number;
  /** What the same days would have had as usual ones; null where a day has no usual one near it. */
  readonly usual: { readonly orders: number; readonly revenue: number } | null;
}

/** Usual days of a weekday are looked for so many weeks before and after. */
const WEEKS_AROUND = 4;

export function occasionOf({ name, is_holiday, first_day, last_day }: Row<typeof OCCASIONS_SHAPE>): Occasion {
  return { name, isHoliday: is_holiday, first: first_day, last: last_day };
}

/** The days from `first` to before `end` on which something with a name takes place, with what. */
export function occasionDays(
  occasions: readonly Occasion[],
  first: Day,
  end: Day,
): ReadonlyMap<Day, readonly Occasion[]> {
  const days = new Map<Day, Occasion[]>();
  for (const occasion of occasions) {
    for (
      let day = occasion.first > first ? occasion.first : first;
      day <= occasion.last && day < end;
      day = addDays(day, 1)
    ) {
      const there = days.get(day) ?? [];
      there.push(occasion);
      days.set(day, there);
    }
  }
  return days;
}

/**
 * How the days of each name did beside usual days: each day is set against the mean of the same weekday up to four weeks
 * before and after it, within `first` .. before `end`, on which nothing with a name took place. A day without a row had no order.
 */
export function occasionEffects(
  occasions: readonly Occasion[],
  figures: readonly DayFigures[],
  first: Day,
  end: Day,
): readonly OccasionEffect[] {
  const named = occasionDays(occasions, first, end);
  const byDay = new Map(figures.map((one) => [one.day, one]));
  const effects = new Map<string, OccasionEffect>();
  for (const day of [...named.keys()].sort()) {
    const usual = usualDay(day, named, byDay, first, end);
    const now = byDay.get(day);
    const today = new Map(
      (named.get(day) ?? []).map((occasion) => [`${occasion.isHoliday}/${occasion.name}`, occasion]),
    );
    for (const [key, { name, isHoliday }] of today) {
      const before = effects.get(key) ?? {
        name,
        isHoliday,
        days: [],
        orders: 0,
        revenue: 0,
        leastCustomers: 0,
        usual: { orders: 0, revenue: 0 },
      };
      effects.set(key, {
        ...before,
        days: [...before.days, day],
        orders: before.orders + (now?.orders ?? 0),
        revenue: addMoney(before.revenue, now?.revenue ?? 0),
        leastCustomers: Math.max(before.leastCustomers, now?.customers ?? 0),
        usual:
          before.usual === null || usual === null
            ? null
            : { orders: before.usual.orders + usual.orders, revenue: before.usual.revenue + usual.revenue },
      });
    }
  }
  return [...effects.values()];
}

function usualDay(
  day: Day,
  named: ReadonlyMap<Day, unknown>,
  byDay: ReadonlyMap<Day, DayFigures>,
  first: Day,
  end: Day,
): { readonly orders: number; readonly revenue: number } | null {
  const near = Array.from({ length: 2 * WEEKS_AROUND + 1 }, (_, i) => addDays(day, 7 * (i - WEEKS_AROUND))).filter(
    (other) => other !== day && other >= first && other < end && !named.has(other),
  );
  if (near.length === 0) return null;
  const mean = (value: (one: DayFigures) => number): number =>
    near.reduce((sum, other) => {
      const one = byDay.get(other);
      return sum + (one === undefined ? 0 : value(one));
    }, 0) / near.length;
  return { orders: mean(({ orders }) => orders), revenue: mean(({ revenue }) => revenue) };
}
