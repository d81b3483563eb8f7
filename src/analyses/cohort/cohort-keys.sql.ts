import { ident, integerConstant, sql, type Sql } from '../../core/sql';
import type { CohortKey } from './cohort-params';

/** Cohorts that have a row of their own; the rest are one row together. Audiences all have one. */
export const MOST_COHORTS = 20;
/** The cohort of those who have no value, and of those whose value is not among the most frequent. */
export const NO_VALUE = 0;
export const OTHER_VALUES = MOST_COHORTS + 1;

/**
 * CTEs that end in `cohort_values (customer_key, label)`: what puts a customer of `firsts` into a cohort. Nobody has two
 * labels but by audience; customers without one are absent.
 */
export function cohortValues(by: Exclude<CohortKey, 'first-purchase' | 'active'>): readonly Sql[] {
  switch (by) {
    case 'audience':
      return [sql`cohort_values AS (SELECT DISTINCT customer_key, audience_id AS label FROM audience_members)`];
    case 'gender':
    case 'city':
    case 'level':
    case 'registration_channel':
      return [
        sql`cohort_values AS (SELECT customer_key, ${ident(by)} AS label FROM customer_attributes WHERE ${ident(by)} IS NOT NULL)`,
      ];
    case 'first-product':
      return valuesOfFirstOrder(sql`product_key`, sql`label`);
    default:
      return valuesOfFirstOrder(ident(by.slice('first-'.length)), sql`CAST(label AS VARCHAR)`);
  }
}

/**
 * The value that took the most money in the first order. Of several orders at one time, the first in the file; of several
 * values with the same money, the first in byte order (of products: in the file).
 */
function valuesOfFirstOrder(column: Sql, label: Sql): readonly Sql[] {
  return [
    sql`first_orders AS (
  SELECT customer_key, min(order_key) AS order_key FROM purchases JOIN firsts USING (customer_key)
  WHERE is_purchase AND ordered_at = first_at GROUP BY customer_key
)`,
    sql`first_values AS (
  SELECT first_orders.customer_key, sale_lines.${column} AS label, sum(amount) AS money
  FROM sale_lines JOIN first_orders ON sale_lines.order_key = first_orders.order_key
  WHERE sale_lines.${column} IS NOT NULL GROUP BY ALL
)`,
    sql`cohort_values AS (
  SELECT customer_key, min(${label}) AS label
  FROM first_values JOIN (SELECT customer_key, max(money) AS money FROM first_values GROUP BY customer_key) USING (customer_key, money)
  GROUP BY customer_key
)`,
  ];
}

/** The CTE `cohort_labels (label, cohort)`: cohorts numbered from 1, the one with the most customers first. */
export function cohortLabels(by: CohortKey): Sql {
  const rank = sql`row_number() OVER (ORDER BY count(*) DESC, label)`;
  return sql`cohort_labels AS (
  SELECT label, CAST(${by === 'audience' ? rank : sql`least(${rank}, ${integerConstant(OTHER_VALUES)})`} AS INTEGER) AS cohort
  FROM cohort_values JOIN entrants USING (customer_key) GROUP BY label
)`;
}
