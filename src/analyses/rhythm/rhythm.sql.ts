import { ident, sql, sqlDate, type Sql } from '../../core/sql';
import type { Scope } from '../analysis';
import { purchaseDaysQuery } from '../purchase-days.sql';
import { inScope } from '../scope.sql';

/** The table of purchase days of a session, made once a run; a printed statement has the query in its place. */
export function daysTable(suffix: string): Sql {
  return ident(`rhythm_days${suffix}`);
}

/** A place to read the purchase days from that needs no table. */
export function daysOf(scope: Scope): Sql {
  return sql`(
  ${purchaseDaysQuery(scope)}
)`;
}

/** One row a number of days between one purchase and the next: how many gaps are that long. */
export function gapsStatement(days: Sql): Sql {
  return sql`SELECT gap_days, count(*) AS gaps FROM ${days} WHERE gap_days IS NOT NULL GROUP BY gap_days ORDER BY gap_days`;
}

export const GAPS_SHAPE = { gap_days: 'integer', gaps: 'integer' } as const;

/** One row a stretch of so many days, 0 = the first: how many customers have a gap that ends in it. */
export function gapCustomersStatement(days: Sql, widthDays: number): Sql {
  return sql`SELECT bin, count(*) AS customers FROM (
  SELECT DISTINCT customer_key, (gap_days - 1) // ${integer(widthDays)} AS bin FROM ${days} WHERE gap_days IS NOT NULL
) GROUP BY bin ORDER BY bin`;
}

export const GAP_CUSTOMERS_SHAPE = { bin: 'integer', customers: 'integer' } as const;

/**
 * One row a customer's last number of purchase days and the days it has been seen to be followed by none: how many
 * customers. The last day seen is the one before as-of.
 */
export function openGapsStatement(days: Sql, scope: Scope): Sql {
  return sql`SELECT number AS purchases, date_diff('day', day, ${sqlDate(scope.asOf)}) - 1 AS open_days, count(*) AS customers
FROM ${days} WHERE gap_days IS NULL GROUP BY ALL ORDER BY purchases, open_days`;
}

export const OPEN_GAPS_SHAPE = { purchases: 'integer', open_days: 'integer', customers: 'integer' } as const;

/** The last n whose chance of a next purchase is looked at. */
export const MOST_PURCHASES = 12;

/** One row an n and an age of the n-th purchase day at as-of: the customers, and those who came back. */
export function nextPurchasesStatement(days: Sql, scope: Scope): Sql {
  return sql`SELECT number AS purchases, date_diff('day', day, ${sqlDate(scope.asOf)}) AS age_days,
  count(*) AS customers, count(gap_days) AS came_back
FROM ${days} WHERE number <= ${integer(MOST_PURCHASES)} GROUP BY ALL ORDER BY purchases, age_days`;
}

export const NEXT_PURCHASES_SHAPE = {
  purchases: 'integer',
  age_days: 'integer',
  customers: 'integer',
  came_back: 'integer',
} as const;

/** One row a weekday (1 = Monday) and hour with anything: orders, revenue, and the customers with an order. */
export function hoursStatement(scope: Scope): Sql {
  return sql`SELECT CAST(slot // 24 AS INTEGER) AS weekday, CAST(slot % 24 AS INTEGER) AS hour, sum(orders) AS orders, sum(revenue) AS revenue,
  count(*) FILTER (WHERE orders > 0) AS customers
FROM (
  SELECT customer_key, CAST(24 * isodow(ordered_at) + hour(ordered_at) AS INTEGER) AS slot,
    count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS revenue
  FROM purchases WHERE ${inScope(scope)} GROUP BY ALL
) GROUP BY slot ORDER BY slot`;
}

export const HOURS_SHAPE = {
  weekday: 'integer',
  hour: 'integer',
  orders: 'integer',
  revenue: 'decimal',
  customers: 'integer',
} as const;

/** One row a day with anything: orders, how many of them have a time of day, revenue, and the customers with an order. */
export function calendarStatement(days: Sql, scope: Scope): Sql {
  return sql`SELECT CAST(day AS VARCHAR) AS day, orders, timed, revenue, coalesce(customers, 0) AS customers
FROM (
  SELECT CAST(ordered_at AS DATE) AS day, count(*) FILTER (WHERE is_purchase) AS orders,
    count(*) FILTER (WHERE is_purchase AND ordered_at <> CAST(ordered_at AS DATE)) AS timed, sum(amount) AS revenue
  FROM purchases WHERE ${inScope(scope)} GROUP BY ALL
) LEFT JOIN (SELECT day, count(*) AS customers FROM ${days} GROUP BY day) USING (day)
ORDER BY day`;
}

export const CALENDAR_SHAPE = {
  day: 'text',
  orders: 'integer',
  timed: 'integer',
  revenue: 'decimal',
  customers: 'integer',
} as const;

/**
 * One row a stretch of days that has a name: a row of external_series without a number is a holiday, one with a last day
 * a campaign. Rows of indices, which have a number and no end, are none.
 */
export function occasionsStatement(): Sql {
  return sql`SELECT series AS name, value IS NULL AS is_holiday, CAST(CAST(starts_at AS DATE) AS VARCHAR) AS first_day,
  CAST(CAST(coalesce(ends_at, starts_at) AS DATE) AS VARCHAR) AS last_day
FROM external_series
WHERE series IS NOT NULL AND starts_at IS NOT NULL AND (value IS NULL OR ends_at IS NOT NULL)
GROUP BY ALL ORDER BY first_day, last_day, name`;
}

export const OCCASIONS_SHAPE = { name: 'text', is_holiday: 'boolean', first_day: 'text', last_day: 'text' } as const;

function integer(value: number): Sql {
  return sql`CAST(${value} AS INTEGER)`;
}
