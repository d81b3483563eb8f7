import { ident, join, sql, type Sql } from '../../core/sql';
import type { Scope } from '../analysis';
import type { Period } from '../periods';
import { inAudience, inPeriod } from '../scope.sql';
import type { Breakdown, LabelValue } from './change-params';

/** The two periods beside each other, and for whom. */
export interface Comparison {
  readonly scope: Scope;
  readonly before: Period;
  readonly now: Period;
}

export const SIDES = ['before', 'now'] as const;
export type Side = (typeof SIDES)[number];

/** Rows of `purchases` or `sale_lines` that lie in the period, whoever made them. */
export function inside({ from, to }: Period): Sql {
  return inPeriod(to, from);
}

/** Rows of either period, of the audience. */
function inEither({ scope, before, now }: Comparison): Sql {
  return sql`((${inside(before)}) OR (${inside(now)}))${inAudience(scope.audience)}`;
}

/**
 * What customers are by what they paid in the two periods, refunds netted. Only more than zero counts as having bought:
 * `new` and `lapsed` did so in one of them; `more`, `same`, `less` in both; `without` in neither, though they have rows.
 */
export const STATES = ['lapsed', 'less', 'same', 'more', 'new', 'without', 'unidentified'] as const;
export type State = (typeof STATES)[number];

/** The state of a row that has customer_key, revenue_before and revenue_now. */
const STATE = sql`CASE
    WHEN customer_key IS NULL THEN 'unidentified'
    WHEN revenue_before > 0 AND revenue_now > 0 THEN CASE
      WHEN revenue_now > revenue_before THEN 'more' WHEN revenue_now < revenue_before THEN 'less' ELSE 'same' END
    WHEN revenue_now > 0 THEN 'new'
    WHEN revenue_before > 0 THEN 'lapsed'
    ELSE 'without' END`;

/** WITH of `spent`: one row a customer with rows in either period, and one for all rows of nobody. */
function withSpent(comparison: Comparison): Sql {
  const { before, now } = comparison;
  return sql`WITH bought AS (
  SELECT customer_key,
    count(*) FILTER (WHERE is_purchase AND ${inside(before)}) AS orders_before,
    count(*) FILTER (WHERE is_purchase AND ${inside(now)}) AS orders_now,
    coalesce(sum(amount) FILTER (WHERE ${inside(before)}), 0) AS revenue_before,
    coalesce(sum(amount) FILTER (WHERE ${inside(now)}), 0) AS revenue_now
  FROM purchases WHERE ${inEither(comparison)} GROUP BY customer_key
),
carried AS (
  SELECT customer_key,
    sum(quantity) FILTER (WHERE ${inside(before)}) AS items_before,
    sum(quantity) FILTER (WHERE ${inside(now)}) AS items_now
  FROM sale_lines WHERE customer_key IS NOT NULL AND ${inEither(comparison)} GROUP BY customer_key
),
spent AS (
  SELECT *, ${STATE} AS state FROM bought LEFT JOIN carried USING (customer_key)
)
`;
}

/** Counts and sums over rows of a customer with orders, items and revenue of both periods. Shape: SUMS_SHAPE. */
const SUMS = join(
  SIDES.flatMap((side) => {
    const [orders, items, revenue] = [ident(`orders_${side}`), ident(`items_${side}`), ident(`revenue_${side}`)];
    const known = sql`customer_key IS NOT NULL`;
    return [
      sql`count(*) FILTER (WHERE ${known} AND ${orders} > 0) AS ${ident(`customers_${side}`)}`,
      sql`coalesce(sum(${orders}) FILTER (WHERE ${known}), 0) AS ${orders}`,
      sql`coalesce(sum(${items}) FILTER (WHERE ${known} AND ${orders} > 0), 0) AS ${items}`,
      sql`coalesce(sum(${revenue}) FILTER (WHERE ${known} AND ${orders} > 0), 0) AS ${revenue}`,
      sql`coalesce(sum(${revenue}) FILTER (WHERE ${known} AND ${orders} = 0), 0) AS ${ident(`refunds_${side}`)}`,
      sql`count(*) FILTER (WHERE ${known} AND ${orders} = 0 AND ${revenue} <> 0) AS ${ident(`refunded_${side}`)}`,
      sql`coalesce(sum(${revenue}) FILTER (WHERE NOT ${known}), 0) AS ${ident(`unidentified_${side}`)}`,
    ];
  }),
  sql`,
  `,
);

export const SUMS_SHAPE = {
  customers_before: 'integer',
  orders_before: 'integer',
  items_before: 'decimal',
  revenue_before: 'decimal',
  refunds_before: 'decimal',
  refunded_before: 'integer',
  unidentified_before: 'decimal',
  customers_now: 'integer',
  orders_now: 'integer',
  items_now: 'decimal',
  revenue_now: 'decimal',
  refunds_now: 'decimal',
  refunded_now: 'integer',
  unidentified_now: 'decimal',
} as const;

/** One row a state that has rows: how many customers, and the sums of both periods. */
export function statesQuery(comparison: Comparison): Sql {
  return sql`${withSpent(comparison)}SELECT state, count(customer_key) AS customers,
  ${SUMS}
FROM spent GROUP BY state ORDER BY state`;
}

export const STATES_SHAPE = { state: 'text', customers: 'integer', ...SUMS_SHAPE } as const;

/** The customers of some of the states. */
export function membersOfStates(comparison: Comparison, states: readonly State[]): Sql {
  return sql`${withSpent(comparison)}SELECT customer_key FROM spent WHERE state IN (${join(states.map((state) => sql`${state}`))})`;
}

/** The lines with what they are broken down by as the column `name`. */
function linesNamed(breakdown: Breakdown): Sql {
  const attribute = /^customer_(.+)$/.exec(breakdown)?.[1];
  return attribute === undefined
    ? sql`(SELECT *, ${ident(breakdown)} AS name FROM sale_lines)`
    : sql`(SELECT sale_lines.*, customer_attributes.${ident(attribute)} AS name
    FROM sale_lines LEFT JOIN customer_attributes USING (customer_key))`;
}

/**
 * One row a value of the breakdown: the same sums, of the lines that have it. An order with lines of several values is
 * an order of each, and so is its customer; money and items belong to one value each.
 */
export function groupsQuery(comparison: Comparison, breakdown: Breakdown): Sql {
  const { before, now } = comparison;
  return sql`WITH orders AS (
  SELECT name, customer_key, any_value(is_purchase) AS is_purchase,
    any_value(${inside(before)}) AS is_before, any_value(${inside(now)}) AS is_now,
    sum(quantity) AS items, sum(amount) AS revenue
  FROM ${linesNamed(breakdown)} WHERE ${inEither(comparison)} GROUP BY name, customer_key, order_key
),
spent AS (
  SELECT name, customer_key,
    count(*) FILTER (WHERE is_purchase AND is_before) AS orders_before,
    count(*) FILTER (WHERE is_purchase AND is_now) AS orders_now,
    sum(items) FILTER (WHERE is_before) AS items_before, sum(items) FILTER (WHERE is_now) AS items_now,
    coalesce(sum(revenue) FILTER (WHERE is_before), 0) AS revenue_before,
    coalesce(sum(revenue) FILTER (WHERE is_now), 0) AS revenue_now
  FROM orders GROUP BY name, customer_key
)
SELECT CAST(name AS VARCHAR) AS name,
  ${SUMS}
FROM spent GROUP BY name ORDER BY 1 NULLS LAST`;
}

export const GROUPS_SHAPE = { name: 'text?', ...SUMS_SHAPE } as const;

/** Who bought of a value of the breakdown in one period. */
export function membersOfGroup(comparison: Comparison, breakdown: Breakdown, { name }: LabelValue, side: Side): Sql {
  return sql`SELECT DISTINCT customer_key FROM ${linesNamed(breakdown)}
WHERE customer_key IS NOT NULL AND is_purchase AND ${inside(comparison[side])}${inAudience(comparison.scope.audience)}
  AND ${isNamed(sql`name`, name)}`;
}

/** Compares as text: a value that the type of the label does not have is no error. */
export function isNamed(column: Sql, name: string | null): Sql {
  return name === null ? sql`${column} IS NULL` : sql`CAST(${column} AS VARCHAR) = ${name}`;
}

/** Who got money back in one period but bought nothing there: it was for earlier purchases. */
export function membersRefunded(comparison: Comparison, side: Side): Sql {
  return sql`SELECT customer_key FROM purchases
WHERE customer_key IS NOT NULL AND ${inside(comparison[side])}${inAudience(comparison.scope.audience)}
GROUP BY customer_key HAVING count(*) FILTER (WHERE is_purchase) = 0 AND sum(amount) <> 0`;
}
