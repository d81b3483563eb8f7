import { integerConstant, sql, type Sql } from '../../core/sql';
import type { Row } from '../../db/shape';
import type { Scope } from '../analysis';
import { inScope } from '../scope.sql';
import { CURVE_POINTS, hundredthsOf, type CutPercents, type Measure } from './concentration-params';

/** What customers are ranked by. */
const MEASURE_COLUMNS: Readonly<Record<Measure, Sql>> = { revenue: sql`money`, orders: sql`orders` };

/**
 * The WITH that ranks the customers of a scope: `ranked(customer_key, orders, money, rank, buyers)`, one row a customer
 * with anything in scope, 1 = the most. Equal ones stand in the order of customer_key, which is that of their ids;
 * those without a purchase come after all `buyers`,
 * which are counted without FILTER: with it the engine counts them anew for every row.
 */
export function withRanked(scope: Scope, measure: Measure): Sql {
  return sql`WITH spent AS (
  SELECT customer_key, CAST(count(*) FILTER (WHERE is_purchase) AS INTEGER) AS orders, sum(amount) AS money
  FROM purchases WHERE ${inScope(scope)} GROUP BY customer_key
), ranked AS (
  SELECT customer_key, orders, money,
    row_number() OVER (ORDER BY orders = 0, ${MEASURE_COLUMNS[measure]} DESC, customer_key) AS rank,
    count(nullif(orders, 0)) OVER () AS buyers
  FROM spent
)
`;
}

/** The last rank inside the first so many percent, rounded up in whole numbers. */
function lastRank(percent: number): Sql {
  return sql`(buyers * ${integerConstant(hundredthsOf(percent))} + 9999) // 10000`;
}

/**
 * The curve and the classes in one reading: a row for each of CURVE_POINTS equal parts of the ranks and each class in
 * it, from the top; part and class are NULL for those without a purchase. Cost: one GROUP BY of `purchases` and one sort
 * of the customers.
 */
export function partsStatement(scope: Scope, measure: Measure, [heavy, medium]: CutPercents): Sql {
  const column = MEASURE_COLUMNS[measure];
  return sql`${withRanked(scope, measure)}SELECT
  CASE WHEN orders > 0 THEN (rank - 1) * ${integerConstant(CURVE_POINTS)} // buyers END AS part,
  CASE WHEN orders = 0 THEN NULL WHEN rank <= ${lastRank(heavy)} THEN 'heavy' WHEN rank <= ${lastRank(medium)} THEN 'medium' ELSE 'light' END AS class,
  count(*) AS customers, sum(orders) AS orders, sum(money) AS revenue,
  CAST(min(${column}) AS DOUBLE) AS lowest,
  count(*) FILTER (WHERE ${column} < 0) AS below_zero,
  sum(greatest(CAST(${column} AS DOUBLE), 0)) AS amount,
  sum(rank * greatest(CAST(${column} AS DOUBLE), 0)) AS ranked_amount
FROM ranked GROUP BY part, class ORDER BY part NULLS LAST, min(rank)`;
}

export const PARTS_SHAPE = {
  part: 'integer?',
  class: 'text?',
  customers: 'integer',
  orders: 'integer',
  revenue: 'decimal',
  lowest: 'double',
  below_zero: 'integer',
  amount: 'double',
  ranked_amount: 'double',
} as const;
export type PartRow = Row<typeof PARTS_SHAPE>;
