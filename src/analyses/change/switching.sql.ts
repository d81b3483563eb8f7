import { ident, sql, type Sql } from '../../core/sql';
import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import { inAudience } from '../scope.sql';
import { inside, isNamed, type Comparison, type Side } from './change.sql';
import type { LabelValue } from './change-params';

/**
 * Where the change of a value's revenue comes from. `new` and `lost` are customers who bought, in all, in one period only; of
 * those who bought in both, what moved between values is `switchedIn` and `switchedOut`, and `more` and `less` is the rest.
 */
export const GAIN_PARTS = ['new', 'lost', 'more', 'less', 'switchedIn', 'switchedOut', 'without'] as const;
export type GainPart = (typeof GAIN_PARTS)[number];

/**
 * WITH of `moves`: one row a customer and value, with what they spent on it in both periods, and beside it the sum of
 * all rises (`gain`) and falls (`loss`) of that customer. What a customer takes from falling values is put into rising
 * ones, up to the smaller of the two sums, each in proportion.
 */
function withMoves({ scope, before, now }: Comparison, label: SaleLabel): Sql {
  return sql`WITH spent AS MATERIALIZED (
  SELECT customer_key, ${ident(label)} AS name,
    coalesce(sum(amount) FILTER (WHERE ${inside(before)}), 0) AS before,
    coalesce(sum(amount) FILTER (WHERE ${inside(now)}), 0) AS now
  FROM sale_lines WHERE ((${inside(before)}) OR (${inside(now)}))${inAudience(scope.audience)}
  GROUP BY customer_key, name
),
people AS (
  SELECT customer_key,
    CASE WHEN sum(before) > 0 AND sum(now) > 0 THEN 'stayed'
      WHEN sum(now) > 0 THEN 'new' WHEN sum(before) > 0 THEN 'lost' ELSE 'without' END AS state,
    sum(greatest(now - before, 0)) AS gain, sum(greatest(before - now, 0)) AS loss
  FROM spent WHERE customer_key IS NOT NULL GROUP BY customer_key
),
moves AS MATERIALIZED (
  SELECT spent.customer_key, name, before, now, now - before AS change, coalesce(state, 'unidentified') AS state, gain, loss
  FROM spent LEFT JOIN people USING (customer_key)
)`;
}

/** Which rows of `moves` a part counts. */
const COUNTED: Readonly<Record<GainPart, Sql>> = {
  new: sql`state = 'new' AND change <> 0`,
  lost: sql`state = 'lost' AND change <> 0`,
  more: sql`state = 'stayed' AND change > 0 AND gain > loss`,
  less: sql`state = 'stayed' AND change < 0 AND loss > gain`,
  switchedIn: sql`state = 'stayed' AND change > 0 AND loss > 0`,
  switchedOut: sql`state = 'stayed' AND change < 0 AND gain > 0`,
  without: sql`state = 'without' AND change <> 0`,
};

/**
 * One row a value. Where a customer's own sums are equal on the side in question, all of the change is switched, exactly;
 * shares of a change are rounded to cents once a value.
 */
export function switchingQuery(comparison: Comparison, label: SaleLabel): Sql {
  const money = (condition: Sql): Sql => sql`coalesce(sum(change) FILTER (WHERE ${condition}), 0)`;
  const shared = (condition: Sql, share: Sql): Sql =>
    sql`round(coalesce(sum(change * CAST(${share} AS DOUBLE)) FILTER (WHERE ${condition}), 0), 2)`;
  return sql`${withMoves(comparison, label)}
SELECT CAST(name AS VARCHAR) AS name,
  sum(before) AS before, sum(now) AS now,
  count(*) FILTER (WHERE customer_key IS NOT NULL AND before > 0) AS customers_before,
  count(*) FILTER (WHERE customer_key IS NOT NULL AND now > 0) AS customers_now,
  ${money(COUNTED.new)} AS new_change, count(*) FILTER (WHERE ${COUNTED.new}) AS new_customers,
  ${money(COUNTED.lost)} AS lost_change, count(*) FILTER (WHERE ${COUNTED.lost}) AS lost_customers,
  ${money(sql`state = 'stayed' AND change > 0`)} AS gained, ${money(sql`state = 'stayed' AND change < 0`)} AS given_up,
  ${money(sql`${COUNTED.switchedIn} AND loss >= gain`)} AS wholly_in,
  ${shared(COUNTED.more, sql`loss / gain`)} AS partly_in,
  ${money(sql`${COUNTED.switchedOut} AND gain >= loss`)} AS wholly_out,
  ${shared(COUNTED.less, sql`gain / loss`)} AS partly_out,
  count(*) FILTER (WHERE ${COUNTED.more}) AS more_customers, count(*) FILTER (WHERE ${COUNTED.less}) AS less_customers,
  count(*) FILTER (WHERE ${COUNTED.switchedIn}) AS in_customers,
  count(*) FILTER (WHERE ${COUNTED.switchedOut}) AS out_customers,
  ${money(COUNTED.without)} AS without_change, count(*) FILTER (WHERE ${COUNTED.without}) AS without_customers,
  ${money(sql`state = 'unidentified'`)} AS unidentified_change
FROM moves GROUP BY name ORDER BY 1 NULLS LAST`;
}

export const SWITCHING_SHAPE = {
  name: 'text?',
  before: 'decimal',
  now: 'decimal',
  customers_before: 'integer',
  customers_now: 'integer',
  new_change: 'decimal',
  new_customers: 'integer',
  lost_change: 'decimal',
  lost_customers: 'integer',
  gained: 'decimal',
  given_up: 'decimal',
  wholly_in: 'decimal',
  partly_in: 'double',
  wholly_out: 'decimal',
  partly_out: 'double',
  more_customers: 'integer',
  less_customers: 'integer',
  in_customers: 'integer',
  out_customers: 'integer',
  without_change: 'decimal',
  without_customers: 'integer',
  unidentified_change: 'decimal',
} as const;

/**
 * One row a value that customers switched from to `focus`, or to it from `focus`: the money and how many they are. Shares
 * of money as DOUBLE: they sum to switchedIn and switchedOut of `focus` but for rounding.
 */
export function partnersQuery(comparison: Comparison, label: SaleLabel, { name }: LabelValue): Sql {
  const [toFocus, fromFocus] = [isNamed(sql`target`, name), isNamed(sql`source`, name)];
  return sql`${withMoves(comparison, label)}, pairs AS (
  SELECT given.name AS source, taken.name AS target,
    CAST(taken.change AS DOUBLE) * CAST(-given.change / greatest(given.gain, given.loss) AS DOUBLE) AS amount
  FROM moves AS given JOIN moves AS taken USING (customer_key)
  WHERE ${IS_PAIR} AND (${isNamed(sql`given.name`, name)} OR ${isNamed(sql`taken.name`, name)})
)
SELECT CAST(CASE WHEN ${fromFocus} THEN target ELSE source END AS VARCHAR) AS name,
  coalesce(sum(amount) FILTER (WHERE ${toFocus}), 0) AS came, count(*) FILTER (WHERE ${toFocus}) AS came_customers,
  coalesce(sum(amount) FILTER (WHERE ${fromFocus}), 0) AS went, count(*) FILTER (WHERE ${fromFocus}) AS went_customers
FROM pairs GROUP BY 1 ORDER BY 1 NULLS LAST`;
}

export const PARTNERS_SHAPE = {
  name: 'text?',
  came: 'double',
  came_customers: 'integer',
  went: 'double',
  went_customers: 'integer',
} as const;

/** A falling and a rising value of a customer who bought in both periods. */
const IS_PAIR = sql`given.state = 'stayed' AND given.change < 0 AND taken.change > 0`;

/** Whom a part of a value's change counts. */
export function membersOfPart(comparison: Comparison, label: SaleLabel, { name }: LabelValue, part: GainPart): Sql {
  return sql`${withMoves(comparison, label)}
SELECT customer_key FROM moves WHERE ${isNamed(sql`name`, name)} AND ${COUNTED[part]}`;
}

/** Who paid more than nothing for a value in one period. */
export function membersOfValue(comparison: Comparison, label: SaleLabel, { name }: LabelValue, side: Side): Sql {
  return sql`${withMoves(comparison, label)}
SELECT customer_key FROM moves WHERE customer_key IS NOT NULL AND ${isNamed(sql`name`, name)} AND ${ident(side)} > 0`;
}

/** Who switched from one value to another. */
export function membersOfPair(comparison: Comparison, label: SaleLabel, source: LabelValue, target: LabelValue): Sql {
  return sql`${withMoves(comparison, label)}
SELECT customer_key FROM moves AS given JOIN moves AS taken USING (customer_key)
WHERE ${IS_PAIR} AND ${isNamed(sql`given.name`, source.name)} AND ${isNamed(sql`taken.name`, target.name)}`;
}
