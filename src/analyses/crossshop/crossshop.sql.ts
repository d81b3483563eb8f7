import { ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { Scope } from '../analysis';
import { inScope } from '../scope.sql';
import type { ValueSet } from './crossshop-params';

/** The most values a reader can choose from. */
const MOST_VALUES = 300;

/** What there is to choose from: the values with the most revenue, of known customers in scope. */
export function valuesStatement(scope: Scope, dimension: SaleLabel): Sql {
  const column = ident(dimension);
  return sql`SELECT CAST(${column} AS VARCHAR) AS value, sum(amount) AS revenue
FROM sale_lines WHERE ${column} IS NOT NULL AND ${inScope(scope)}
GROUP BY ${column} ORDER BY revenue DESC, value LIMIT ${integerConstant(MOST_VALUES)}`;
}

export const VALUES_SHAPE = { value: 'text', revenue: 'decimal' } as const;

/** The bit of the set that a line's value is of, 0 for any other value and none. */
function bitOfLine(dimension: SaleLabel, sets: readonly ValueSet[]): Sql {
  const cases = sets.map((values, place) => {
    const bit = integerConstant(1 << place);
    return sql`WHEN CAST(${ident(dimension)} AS VARCHAR) IN (${join(values.map((value) => sql`${value}`))}) THEN ${bit}`;
  });
  return sql`CASE ${join(cases, sql` `)} ELSE 0 END`;
}

/**
 * The WITH that says in which sets each customer bought: `shoppers(customer_key, orders, money, sets)`, one row a customer
 * with anything in scope; bit i of `sets` is set i. A line counts where it is of a purchase and of more than no
 * pieces; one without a quantity counts. Cost: one GROUP BY of `purchases` and one of `sale_lines`.
 */
export function withShoppers(scope: Scope, dimension: SaleLabel, sets: readonly ValueSet[]): Sql {
  return sql`WITH spent AS (
  SELECT customer_key, count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS money
  FROM purchases WHERE ${inScope(scope)} GROUP BY customer_key
), bought AS (
  SELECT customer_key, bit_or(${bitOfLine(dimension, sets)}) AS sets
  FROM sale_lines WHERE is_purchase AND coalesce(quantity, 1) > 0 AND ${inScope(scope)} GROUP BY customer_key
), shoppers AS (
  SELECT customer_key, orders, money, CAST(coalesce(sets, 0) AS INTEGER) AS sets
  FROM spent LEFT JOIN bought USING (customer_key)
)
`;
}

/** A row for each exact combination that anybody has, and one, of `sets` NULL, for those without a purchase. */
export function combinationsStatement(scope: Scope, dimension: SaleLabel, sets: readonly ValueSet[]): Sql {
  return sql`${withShoppers(scope, dimension, sets)}SELECT CASE WHEN orders > 0 THEN sets END AS combination,
  count(*) AS customers, sum(orders) AS orders, sum(money) AS revenue
FROM shoppers GROUP BY combination ORDER BY combination NULLS LAST`;
}

export const COMBINATIONS_SHAPE = {
  combination: 'integer?',
  customers: 'integer',
  orders: 'integer',
  revenue: 'decimal',
} as const;
