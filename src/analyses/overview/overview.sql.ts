import { ident, join, sql, type Sql } from '../../core/sql';
import { startOfGrainSql, type Grain } from '../grain';
import { inAudience, inPeriod } from '../scope.sql';
import type { Scope } from '../analysis';
import type { Breakdown } from './overview-params';

/** The condition that a row is of the scope, whoever made it where there is no audience. */
function inScopeOfAnyone({ asOf, from, audience }: Scope): Sql {
  return sql`${inPeriod(asOf, from)}${inAudience(audience)}`;
}

/**
 * The figures of a scope: one row for all of it (stretch NULL), then one a stretch of time in which anybody has rows.
 * Orders and revenue are of everyone, customers are those known by an id; `revenue_of_all` is also of those outside of
 * the audience. Shape: FIGURES_SHAPE. Cost: one GROUP BY of the purchases by customer and stretch, one pass over the lines.
 */
export function figuresQuery(scope: Scope, grain: Grain): Sql {
  const stretch = startOfGrainSql(grain, sql`ordered_at`);
  const figures = sql`count(*) FILTER (WHERE customer_key IS NOT NULL AND orders > 0) AS customers,
    count(*) FILTER (WHERE customer_key IS NOT NULL AND orders > 1) AS repeat_customers,
    sum(orders) AS orders, sum(orders) FILTER (WHERE customer_key IS NOT NULL) AS identified_orders,
    sum(revenue) AS revenue, sum(revenue) FILTER (WHERE customer_key IS NOT NULL) AS identified_revenue`;
  const revenueOfAll =
    scope.audience === null
      ? sql`SELECT stretch, sum(revenue) AS revenue_of_all FROM cells GROUP BY stretch`
      : sql`SELECT ${stretch} AS stretch, sum(amount) AS revenue_of_all FROM purchases WHERE ${inPeriod(scope.asOf, scope.from)} GROUP BY ALL`;
  return sql`WITH cells AS MATERIALIZED (
  SELECT customer_key, ${stretch} AS stretch, count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS revenue
  FROM purchases WHERE ${inScopeOfAnyone(scope)} GROUP BY ALL
), people AS (
  SELECT customer_key, sum(orders) AS orders, sum(revenue) AS revenue FROM cells GROUP BY customer_key
), items AS MATERIALIZED (
  SELECT ${stretch} AS stretch, sum(quantity) AS items
  FROM sale_lines WHERE ${inScopeOfAnyone(scope)} GROUP BY ALL
), everyone AS MATERIALIZED (
  ${revenueOfAll}
), whole AS (
  SELECT ${figures}, (SELECT sum(items) FROM items) AS items, (SELECT sum(revenue_of_all) FROM everyone) AS revenue_of_all
  FROM people
), stretches AS (
  SELECT stretch, ${figures} FROM cells GROUP BY stretch
)
SELECT stretch, coalesce(customers, 0) AS customers, coalesce(repeat_customers, 0) AS repeat_customers, coalesce(orders, 0) AS orders,
  coalesce(identified_orders, 0) AS identified_orders, coalesce(revenue, 0) AS revenue,
  coalesce(identified_revenue, 0) AS identified_revenue, coalesce(items, 0) AS items,
  coalesce(revenue_of_all, 0) AS revenue_of_all
FROM (
  SELECT * FROM whole
  UNION ALL BY NAME
  SELECT * FROM everyone LEFT JOIN stretches USING (stretch) LEFT JOIN items USING (stretch)
)
ORDER BY stretch NULLS FIRST`;
}

export const FIGURES_SHAPE = {
  stretch: 'time?',
  customers: 'integer',
  repeat_customers: 'integer',
  orders: 'integer',
  identified_orders: 'integer',
  revenue: 'decimal',
  identified_revenue: 'decimal',
  items: 'decimal',
  revenue_of_all: 'decimal',
} as const;

/** Rows of customer_key, ordered_at, amount and is_purchase with the `label` of a breakdown; NULL = not given. */
function labelledRows(breakdown: Breakdown): Sql {
  return breakdown === 'customerCity'
    ? sql`(SELECT customer_key, ordered_at, amount, is_purchase, city AS label FROM purchases LEFT JOIN customer_attributes USING (customer_key))`
    : sql`(SELECT customer_key, ordered_at, amount, is_purchase, ${ident(breakdown)} AS label FROM sale_lines)`;
}

/**
 * One row a value of the breakdown: its revenue, which sums to the scope's, and the customers with a purchase that has
 * it, who may be of several values. Shape: VALUES_SHAPE. Cost: one pass over the lines.
 */
export function valuesQuery(breakdown: Breakdown, scope: Scope): Sql {
  return sql`SELECT CAST(label AS VARCHAR) AS value, sum(amount) AS revenue,
  count(DISTINCT customer_key) FILTER (WHERE is_purchase) AS customers
FROM ${labelledRows(breakdown)} WHERE ${inScopeOfAnyone(scope)}
GROUP BY label ORDER BY value NULLS LAST`;
}

export const VALUES_SHAPE = { value: 'text?', revenue: 'decimal', customers: 'integer' } as const;

/** What a row of a breakdown holds: one value, all but those named, or what has none. */
export type Held =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'rest'; readonly named: readonly string[] }
  | { readonly kind: 'missing' };

function holds(held: Held): Sql {
  switch (held.kind) {
    case 'value':
      return sql`label = ${held.value}`;
    case 'rest':
      return sql`label IS NOT NULL AND CAST(label AS VARCHAR) NOT IN (${join(held.named.map((value) => sql`${value}`))})`;
    case 'missing':
      return sql`label IS NULL`;
  }
}

/** The known customers with a purchase that falls under a row of a breakdown, as a SELECT of customer_key. */
export function membersOf(breakdown: Breakdown, held: Held, scope: Scope): Sql {
  return sql`SELECT DISTINCT customer_key FROM ${labelledRows(breakdown)}
WHERE is_purchase AND customer_key IS NOT NULL AND ${holds(held)} AND ${inScopeOfAnyone(scope)}`;
}

/** The known customers with at least two purchases in scope, as a SELECT of customer_key. */
export function repeatCustomers(scope: Scope): Sql {
  return sql`SELECT customer_key FROM purchases
WHERE is_purchase AND customer_key IS NOT NULL AND ${inScopeOfAnyone(scope)}
GROUP BY customer_key HAVING count(*) > 1`;
}
