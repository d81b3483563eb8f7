import type { Day } from '../core/dates';
import { EMPTY, sql, type Sql } from '../core/sql';

export const FIGURES_SHAPE = {
  audience_id: 'text',
  buyers: 'integer',
  money: 'decimal',
  all_buyers: 'integer',
  all_money: 'decimal',
} as const;

/** What each audience comes to in a period, beside all customers. Cost: one pass over `purchases`. */
export function audienceFigures(period: { readonly asOf: Day; readonly from: Day | null }): Sql {
  const start = period.from === null ? EMPTY : sql` AND ordered_at >= CAST(${period.from} AS TIMESTAMP)`;
  return sql`WITH totals AS MATERIALIZED (
  SELECT customer_key, count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS money
  FROM purchases
  WHERE customer_key IS NOT NULL AND ordered_at < CAST(${period.asOf} AS TIMESTAMP)${start}
  GROUP BY customer_key
)
SELECT audience_id, count(*) FILTER (WHERE orders > 0) AS buyers, coalesce(sum(money), 0) AS money,
  (SELECT count(*) FROM totals WHERE orders > 0) AS all_buyers, (SELECT coalesce(sum(money), 0) FROM totals) AS all_money
FROM audience_members LEFT JOIN totals USING (customer_key)
GROUP BY audience_id ORDER BY audience_id`;
}
