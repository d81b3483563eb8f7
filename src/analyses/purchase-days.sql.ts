import { sql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { Scope } from './analysis';
import { inScope } from './scope.sql';

/**
 * One row a customer's day with a purchase in scope: `customer_key`, `day`, `number` (1 = the first such day of the
 * customer), `gap_days` to the next one; NULL where none has followed before as-of. Orders of one day are one.
 */
export function purchaseDaysQuery(scope: Scope): Sql {
  return sql`SELECT customer_key, day, CAST(row_number() OVER in_order AS INTEGER) AS number,
    CAST(lead(day) OVER in_order - day AS INTEGER) AS gap_days
  FROM (SELECT DISTINCT customer_key, CAST(ordered_at AS DATE) AS day FROM purchases WHERE is_purchase AND ${inScope(scope)})
  WINDOW in_order AS (PARTITION BY customer_key ORDER BY day)`;
}

/** The share of the gaps between purchases that the churn window takes in, unless someone sets it. */
export const CHURN_WINDOW_SHARE = 0.8;

/** One row: the smallest number of days that at least four gaps in five do not exceed; NULL where nobody came back. */
export function churnWindowStatement(scope: Scope): Sql {
  return sql`SELECT quantile_disc(gap_days, 0.8) AS days FROM (
  ${purchaseDaysQuery(scope)}
)`;
}

/** The churn window that the data say, in days; null where nobody came back. Cost: one sort of the days. */
export async function readChurnWindow(db: Db, scope: Scope, options: CallOptions = {}): Promise<number | null> {
  const [row] = await db.query(churnWindowStatement(scope), { days: 'integer?' }, options);
  return row?.days ?? null;
}
