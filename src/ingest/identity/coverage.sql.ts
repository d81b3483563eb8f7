import { join, sql, type Sql } from '../../core/sql';

/**
 * How much of the orders and of the money has a known customer, from the lines as they stand: before the
 * policy, so that it tells of the data and not of a choice.
 */

export const COVERAGE_SHAPE = {
  label: 'text',
  orders: 'integer',
  known_orders: 'integer',
  revenue: 'decimal',
  known_revenue: 'decimal',
} as const;

const FIGURES = sql`count(*) AS orders, count(*) FILTER (known) AS known_orders,
  coalesce(sum(amount), 0) AS revenue, coalesce(sum(amount) FILTER (known), 0) AS known_revenue`;

/** An order is known when any of its lines names an account; its channel is the first in byte order. */
function orderRows(channel: Sql): Sql {
  return sql`SELECT order_key, bool_or(customer_key IS NOT NULL) AS known, sum(amount) AS amount,
    min(ordered_at) AS ordered_at, ${channel} AS channel
  FROM order_lines LEFT JOIN accounts USING (account_key) GROUP BY order_key`;
}

const channelOf = (hasChannel: boolean): Sql => (hasChannel ? sql`coalesce(min(channel), '')` : sql`''`);

/** One row: everything. */
export function coverageOfAll(): Sql {
  return sql`WITH occasions AS (${orderRows(sql`''`)}) SELECT '' AS label, ${FIGURES} FROM occasions`;
}

/** One row a channel, the most revenue first; '' where the line names none. */
export function coverageByChannel(): Sql {
  return sql`WITH occasions AS (${orderRows(channelOf(true))})
SELECT channel AS label, ${FIGURES} FROM occasions GROUP BY channel ORDER BY revenue DESC, label`;
}

/** One row a month, `2024-01`, in order. */
export function coverageByMonth(): Sql {
  return sql`WITH occasions AS (${orderRows(sql`''`)})
SELECT strftime(ordered_at, '%Y-%m') AS label, ${FIGURES} FROM occasions GROUP BY label ORDER BY label`;
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

/** One row a set of tables in which customers are seen, the most customers first. Names are joined by U+001F. */
export function seenTogether(tables: readonly Sighting[]): Sql {
  const seen = tables.map(
    (table) => sql`SELECT DISTINCT customer_key, ${table} AS place FROM accounts
  WHERE account_key IN (SELECT account_key FROM ${TABLES[table]})`,
  );
  return sql`WITH seen AS (
  ${join(
    seen,
    sql`
  UNION ALL
  `,
  )}
), customers AS (
  SELECT customer_key, string_agg(place, chr(31) ORDER BY place) AS places, count(*) AS n FROM seen GROUP BY customer_key
)
SELECT places, CAST(min(n) AS INTEGER) AS place_count, count(*) AS customers
FROM customers GROUP BY places ORDER BY customers DESC, places`;
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
