import { EMPTY, integerConstant, join, sql, type Sql } from '../../core/sql';

/**
 * How much of the orders and of the money has a known customer, from the lines as they stand: before the
 * policy, so that it tells of the data and not of a choice.
 */

export const COVERAGE_SHAPE = {
  part: 'text',
  label: 'text',
  orders: 'integer',
  known_orders: 'integer',
  revenue: 'decimal',
  known_revenue: 'decimal',
} as const;

/**
 * Parts of the data: `all`, one row; `channel`, one row each, the most revenue first, '' where the line
 * names none; `month`, one row each, `2024-01`, in order. An order is known when any of its lines names
 * an account; its channel is the first in byte order, its month that of its first line.
 *
 * The lines are grouped once: what the parts are made of are the sums by month, channel and whether known.
 */
export function coverage(hasChannel: boolean): Sql {
  return sql`WITH occasions AS (
  SELECT order_key, bool_or(account_key IS NOT NULL) AS known, sum(amount) AS amount,
    date_trunc('month', min(ordered_at)) AS month${hasChannel ? sql`, coalesce(min(channel), '') AS channel` : EMPTY}
  FROM order_lines GROUP BY order_key
), sums AS (
  SELECT month, ${hasChannel ? EMPTY : sql`'' AS `}channel, known, count(*) AS orders, sum(amount) AS revenue
  FROM occasions GROUP BY month, known${hasChannel ? sql`, channel` : EMPTY}
), parts AS (
  SELECT CASE WHEN grouping(month) = 0 THEN 'month' WHEN grouping(channel) = 0 THEN 'channel' ELSE 'all' END AS part,
    coalesce(strftime(month, '%Y-%m'), channel, '') AS label,
    coalesce(sum(orders), 0) AS orders, coalesce(sum(orders) FILTER (known), 0) AS known_orders,
    coalesce(sum(revenue), 0) AS revenue, coalesce(sum(revenue) FILTER (known), 0) AS known_revenue
  FROM sums GROUP BY GROUPING SETS ((), (month), (channel))
)
SELECT part, label, orders, known_orders, revenue, known_revenue FROM parts
ORDER BY part, CASE WHEN part = 'channel' THEN revenue END DESC, label`;
}

/** One row a set of channels that customers bought through, the most customers first. Names are joined by U+001F. */
export function channelsTogether(most: number): Sql {
  return sql`WITH used AS (
  SELECT customer_key, channel, sum(amount) AS amount FROM order_lines JOIN accounts USING (account_key)
  WHERE channel IS NOT NULL GROUP BY customer_key, channel
), customers AS (
  SELECT customer_key, string_agg(channel, chr(31) ORDER BY channel) AS channels, count(*) AS n, sum(amount) AS amount
  FROM used GROUP BY customer_key
)
SELECT channels, CAST(min(n) AS INTEGER) AS channel_count, count(*) AS customers, coalesce(sum(amount), 0) AS revenue
FROM customers GROUP BY channels ORDER BY customers DESC, channels LIMIT ${most}`;
}

/** Tables in which an account can be seen. */
export const SIGHTINGS = ['order_lines', 'members', 'events', 'feedback'] as const;
export type Sighting = (typeof SIGHTINGS)[number];

/** One row a set of tables in which customers are seen, the most customers first. Bit i of `places` is SIGHTINGS[i]. */
export function seenTogether(tables: readonly Sighting[]): Sql {
  const seen = tables.map(
    (table) => sql`SELECT customer_key, ${integerConstant(1 << SIGHTINGS.indexOf(table))} AS place FROM accounts
  WHERE account_key IN (SELECT account_key FROM ${TABLES[table]})`,
  );
  return sql`WITH seen AS (
  ${join(
    seen,
    sql`
  UNION ALL
  `,
  )}
), customers AS (SELECT customer_key, bit_or(place) AS places FROM seen GROUP BY customer_key)
SELECT places, count(*) AS customers FROM customers GROUP BY places ORDER BY customers DESC, places`;
}

const TABLES: Readonly<Record<Sighting, Sql>> = {
  order_lines: sql`order_lines`,
  members: sql`members`,
  events: sql`events`,
  feedback: sql`feedback`,
};

/** The tables with accounts that there are. Shape: { table_name: 'text' }. */
export function sightingTables(): Sql {
  return sql`SELECT table_name FROM information_schema.columns
WHERE column_name = 'account_key' AND table_name IN (${join(SIGHTINGS.map((table) => sql`${table}`))})
ORDER BY table_name`;
}
