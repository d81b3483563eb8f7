import type { Day } from '../../core/dates';
import { integerConstant, join, sql, type Sql } from '../../core/sql';
import { addGrains } from '../grain';
import type { CohortGrain, StepRule } from './cohort-params';

/** A Monday, the first of a month and of a quarter: where stretches of time are counted from. */
const FIRST_DAY: Day = '1900-01-01';

const DAYS_SINCE: (time: Sql) => Sql = (time) => sql`CAST(CAST(${time} AS DATE) - DATE '1900-01-01' AS INTEGER)`;
const NUMBERS: Readonly<Record<CohortGrain, (time: Sql) => Sql>> = {
  day: DAYS_SINCE,
  // Not date_diff('week', ...), whose weeks do not begin on Monday.
  week: (time) => sql`${DAYS_SINCE(time)} // 7`,
  month: (time) => sql`CAST((year(${time}) - 1900) * 12 + month(${time}) - 1 AS INTEGER)`,
  quarter: (time) => sql`CAST((year(${time}) - 1900) * 4 + quarter(${time}) - 1 AS INTEGER)`,
};

/** The number of the stretch a time lies in; neighbours differ by one. */
export function numberOfGrain(grain: CohortGrain, time: Sql): Sql {
  return NUMBERS[grain](time);
}

/** The first day of a stretch by its number. */
export function startOfNumber(grain: CohortGrain, number: number): Day {
  return addGrains(FIRST_DAY, grain, number);
}

const DAY_MICROSECONDS = 86_400_000_000;

/** Whole times of so many days between two times, as INTEGER; towards zero. */
function rolled(days: number, from: Sql, to: Sql): Sql {
  return sql`CAST((epoch_us(${to}) - epoch_us(${from})) // ${integerConstant(days * DAY_MICROSECONDS)} AS INTEGER)`;
}

/**
 * Which step a time is in, counted from another: 0 is the period the other lies in. At as-of's midnight it is the number of
 * steps that are over. What lies before is 0 or below.
 */
export function stepSql(rule: StepRule, from: Sql, to: Sql): Sql {
  switch (rule.kind) {
    case 'calendar':
      return sql`${numberOfGrain(rule.grain, to)} - ${numberOfGrain(rule.grain, from)}`;
    case 'rolling':
      return rolled(rule.days, from, to);
    case 'brackets': {
      const days = rule.clock === 'calendar' ? sql`CAST(${to} AS DATE) - CAST(${from} AS DATE)` : rolled(1, from, to);
      const ends = rule.segments.slice(0, -1);
      const cases = ends.map(
        ({ toDay }, step) => sql`WHEN ${days} <= ${integerConstant(toDay)} THEN ${integerConstant(step)}`,
      );
      return sql`CASE ${join(cases, sql` `)} ELSE ${integerConstant(ends.length)} END`;
    }
  }
}
