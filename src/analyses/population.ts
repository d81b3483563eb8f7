import { sql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { Population, Scope } from './analysis';
import { inPeriod, inScope } from './scope.sql';

/** One row: what a scope rests on, runnable as printed. */
export function populationStatement(scope: Scope): Sql {
  return sql`SELECT count(*) FILTER (WHERE orders > 0) AS customers, coalesce(sum(orders), 0) AS orders,
  coalesce(sum(money), 0) AS revenue,
  (SELECT coalesce(sum(amount), 0) FROM purchases WHERE ${inPeriod(scope.asOf, scope.from)}) AS revenue_of_all
FROM (
  SELECT count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS money
  FROM purchases WHERE ${inScope(scope)} GROUP BY customer_key
)`;
}

/** Who bought in a scope, their orders and revenue, beside the revenue of all. Cost: one GROUP BY over `purchases`. */
export async function readPopulation(db: Db, scope: Scope, options: CallOptions = {}): Promise<Population> {
  const shape = { customers: 'integer', orders: 'integer', revenue: 'decimal', revenue_of_all: 'decimal' } as const;
  const [row] = await db.query(populationStatement(scope), shape, options);
  if (row === undefined) throw new RangeError('invalid population: no row');
  return populationOf(row.customers, row.orders, row.revenue, row.revenue_of_all);
}

export function populationOf(customers: number, orders: number, revenue: number, revenueOfAll: number): Population {
  const identifiedShare = revenueOfAll === 0 ? Number.NaN : revenue / revenueOfAll;
  return { customers, orders, revenue, revenueOfAll, identifiedShare };
}

/** Everyone with a purchase in scope, as a SELECT of customer_key. */
export function buyersInScope(scope: Scope): Sql {
  return sql`SELECT DISTINCT customer_key FROM purchases WHERE is_purchase AND ${inScope(scope)}`;
}
