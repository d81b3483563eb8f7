import type { Day } from '../../core/dates';
import { join, sql, sqlDate, type Sql } from '../../core/sql';
import type { CustomerSelection, Scope } from '../analysis';
import { inScope } from '../scope.sql';
import type { GapBin, PurchaseCount } from './gaps';
import { daysOf } from './rhythm.sql';

/** The customers with a gap of such a length that has ended. */
export function selectGaps(scope: Scope, { from, to }: Pick<GapBin, 'from' | 'to'>, title: string): CustomerSelection {
  return {
    title,
    members: sql`SELECT DISTINCT customer_key FROM ${daysOf(scope)} WHERE gap_days > ${integer(from)} AND gap_days <= ${integer(to)}`,
  };
}

/** The customers with so many purchase days. */
export function selectPurchases(
  scope: Scope,
  { purchases, isOrMore }: Pick<PurchaseCount, 'purchases' | 'isOrMore'>,
  title: string,
): CustomerSelection {
  return {
    title,
    members: sql`SELECT customer_key FROM ${daysOf(scope)} WHERE gap_days IS NULL AND number ${isOrMore ? sql`>=` : sql`=`} ${integer(purchases)}`,
  };
}

/** The customers whose n-th purchase day lies at least so many days before as-of. */
export function selectReached(scope: Scope, purchases: number, windowDays: number, title: string): CustomerSelection {
  return {
    title,
    members: sql`SELECT customer_key FROM ${daysOf(scope)}
WHERE number = ${integer(purchases)} AND date_diff('day', day, ${sqlDate(scope.asOf)}) >= ${integer(windowDays)}`,
  };
}

/** The customers with an order in an hour of a weekday, 1 = Monday. */
export function selectHour(scope: Scope, weekday: number, hour: number, title: string): CustomerSelection {
  return ordering(scope, sql`isodow(ordered_at) = ${integer(weekday)} AND hour(ordered_at) = ${integer(hour)}`, title);
}

/** The customers with an order on any of some days, at least one. */
export function selectDays(scope: Scope, days: readonly Day[], title: string): CustomerSelection {
  return ordering(scope, sql`CAST(ordered_at AS DATE) IN (${join(days.map(sqlDate))})`, title);
}

function ordering(scope: Scope, condition: Sql, title: string): CustomerSelection {
  return {
    title,
    members: sql`SELECT DISTINCT customer_key FROM purchases WHERE is_purchase AND ${inScope(scope)} AND ${condition}`,
  };
}

function integer(value: number): Sql {
  return sql`CAST(${value} AS INTEGER)`;
}
