import { startOfDay, type Day } from '../../core/dates';
import { sql, sqlDate, type Sql } from '../../core/sql';
import type { Scope } from '../analysis';
import { inScope } from '../scope.sql';
import type { LifecycleGrain } from './lifecycle-params';

/** How the periods of a life cycle are numbered. */
export interface PeriodCount {
  readonly grain: LifecycleGrain;
  /** First day of period 0. */
  readonly origin: Day;
}

/** Everything known of the customers before as-of: whether somebody is new does not depend on the first day that counts. */
function history(scope: Scope): Scope {
  return { ...scope, from: null };
}

/** One row: `first_day`, the first with anything of a known customer; NULL where there is none. */
export function firstDayStatement(scope: Scope): Sql {
  return sql`SELECT CAST(CAST(min(ordered_at) AS DATE) AS VARCHAR) AS first_day FROM purchases WHERE ${inScope(history(scope))}`;
}

/** The number of the period in which a DATE lies. */
function periodOf({ grain, origin }: PeriodCount, day: Sql): Sql {
  switch (grain) {
    case 'week':
      return sql`date_diff('day', ${sqlDate(origin)}, ${day}) // 7`;
    case 'month':
      return sql`date_diff('month', ${sqlDate(origin)}, ${day})`;
    case 'quarter':
      return sql`date_diff('quarter', ${sqlDate(origin)}, ${day})`;
  }
}

/** What was bought before the first day that counts belongs to the period before, also where that day lies inside one. */
function periodInScope(scope: Scope, count: PeriodCount): Sql {
  const period = periodOf(count, sql`CAST(ordered_at AS DATE)`);
  if (scope.from === null) return period;
  if (Number.isNaN(startOfDay(scope.from))) throw new RangeError(`invalid from: ${scope.from} (needs YYYY-MM-DD)`);
  const first = periodOf(count, sqlDate(scope.from));
  return sql`CASE WHEN ordered_at < CAST(${scope.from} AS TIMESTAMP) THEN least(${period}, ${first} - 1) ELSE ${period} END`;
}

/**
 * The WITH of `states`, one row a customer and period with anything: `period`, `orders`, `revenue`, and the periods
 * of the purchases before and after (`previous`, `next`; NULL = none). `state` is new, returning (bought the period
 * before too), resurrected (bought earlier, but not in the period before), or refunds where nothing was bought.
 */
export function withStates(scope: Scope, count: PeriodCount): Sql {
  return sql`WITH activity AS (
  SELECT customer_key, CAST(${periodInScope(scope, count)} AS INTEGER) AS period,
    CAST(count(*) FILTER (WHERE is_purchase) AS INTEGER) AS orders, sum(amount) AS revenue
  FROM purchases WHERE ${inScope(history(scope))}
  GROUP BY ALL
), in_turn AS (
  SELECT *, lag(period) OVER in_order AS previous, lead(period) OVER in_order AS next
  FROM activity WINDOW in_order AS (PARTITION BY customer_key, orders > 0 ORDER BY period)
), states AS (
  SELECT *, CASE WHEN orders = 0 THEN 'refunds' WHEN previous IS NULL THEN 'new'
    WHEN previous = period - 1 THEN 'returning' ELSE 'resurrected' END AS state
  FROM in_turn
)
`;
}

/** One row a period, state, whether the customers were dormant the period before, and whether they stay for the next. */
export function stateCountsStatement(scope: Scope, count: PeriodCount): Sql {
  return sql`${withStates(scope, count)}SELECT period, state, coalesce(previous = period - 2, FALSE) AS was_dormant,
  coalesce(next = period + 1, FALSE) AS stays,
  count(*) AS customers, sum(orders) AS orders, sum(revenue) AS revenue
FROM states GROUP BY ALL ORDER BY period, state, was_dormant, stays`;
}

export const STATE_COUNTS_SHAPE = {
  period: 'integer',
  state: 'text',
  was_dormant: 'boolean',
  stays: 'boolean',
  customers: 'integer',
  orders: 'integer',
  revenue: 'decimal',
} as const;

/** One row a customer with a purchase in scope: the days since the last one at as-of, and the revenue. */
function lastPurchases(scope: Scope): Sql {
  return sql`SELECT customer_key, sum(amount) AS revenue,
    date_diff('day', CAST(max(ordered_at) FILTER (WHERE is_purchase) AS DATE), ${sqlDate(scope.asOf)}) AS days_away
  FROM purchases WHERE ${inScope(scope)}
  GROUP BY customer_key HAVING count(*) FILTER (WHERE is_purchase) > 0`;
}

/** One row: who bought within so many days before as-of, and who did not. */
export function statusStatement(scope: Scope, windowDays: number): Sql {
  const within = sql`days_away <= CAST(${windowDays} AS INTEGER)`;
  return sql`SELECT count(*) FILTER (WHERE ${within}) AS active, count(*) FILTER (WHERE NOT (${within})) AS lapsed,
  coalesce(sum(revenue) FILTER (WHERE ${within}), 0) AS active_revenue,
  coalesce(sum(revenue) FILTER (WHERE NOT (${within})), 0) AS lapsed_revenue
FROM (
  ${lastPurchases(scope)}
)`;
}

export const STATUS_SHAPE = {
  active: 'integer',
  lapsed: 'integer',
  active_revenue: 'decimal',
  lapsed_revenue: 'decimal',
} as const;

/** The customers behind one of the two numbers. */
export function statusMembers(scope: Scope, windowDays: number, isActive: boolean): Sql {
  return sql`SELECT customer_key FROM (
  ${lastPurchases(scope)}
) WHERE days_away ${isActive ? sql`<=` : sql`>`} CAST(${windowDays} AS INTEGER)`;
}
