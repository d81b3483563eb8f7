import { EMPTY, join, sql, sqlDate, type Sql } from '../core/sql';
import type { Day } from '../core/dates';
import type { RowsSource } from './table-pages';

/** Headings in the reader's language: the texts of messages.ts have them all. */
export interface CustomerHeadings {
  readonly customerId: string;
  readonly recencyScore: string;
  readonly frequencyScore: string;
  readonly moneyScore: string;
  readonly segment: string;
  readonly recencyDays: string;
  readonly lastOrderedAt: string;
  readonly orders: string;
  readonly revenue: string;
  readonly orderId: string;
  readonly orderedAt: string;
  readonly amount: string;
  readonly countsAsPurchase: string;
}

/** The days a file's totals are of. */
export interface ExportPeriod {
  readonly asOf: Day;
  readonly from: Day | null;
}

/**
 * Customers with the scores, segment and totals of the RFM that was run last, one row each, by
 * customer id. Null: everyone who was scored. A selected customer without a score has empty scores
 * and the segment name under `prospects`.
 */
export function scoredCustomers(
  headings: CustomerHeadings,
  segmentNames: Readonly<Record<string, string>>,
  members: Sql | null,
): RowsSource {
  return {
    columns: [
      { name: 'customer_id', heading: headings.customerId, kind: 'id' },
      { name: 'r', heading: headings.recencyScore, kind: 'integer' },
      { name: 'f', heading: headings.frequencyScore, kind: 'integer' },
      { name: 'm', heading: headings.moneyScore, kind: 'integer' },
      { name: 'segment', heading: headings.segment, kind: 'text' },
      { name: 'recency_days', heading: headings.recencyDays, kind: 'integer' },
      { name: 'last_ordered_at', heading: headings.lastOrderedAt, kind: 'time' },
      { name: 'orders', heading: headings.orders, kind: 'integer' },
      { name: 'revenue', heading: headings.revenue, kind: 'decimal' },
    ],
    rows: sql`SELECT customer_id, r, f, m, ${segmentName(segmentNames)} AS segment,
  rfm_base.recency_days, last_ordered_at, coalesce(rfm_base.frequency, 0) AS orders, coalesce(rfm_base.money, 0) AS revenue
FROM customers
${members === null ? EMPTY : sql`LEFT `}JOIN rfm_scores USING (customer_key)
LEFT JOIN rfm_base USING (customer_key)
${
  members === null
    ? EMPTY
    : sql`WHERE customer_key IN (${members})
`
}ORDER BY customer_key`,
  };
}

/** Customers with their totals in a period, straight from the purchases: no analysis need have run. */
export function customerTotals(headings: CustomerHeadings, period: ExportPeriod, members: Sql): RowsSource {
  return {
    columns: [
      { name: 'customer_id', heading: headings.customerId, kind: 'id' },
      { name: 'recency_days', heading: headings.recencyDays, kind: 'integer' },
      { name: 'last_ordered_at', heading: headings.lastOrderedAt, kind: 'time' },
      { name: 'orders', heading: headings.orders, kind: 'integer' },
      { name: 'revenue', heading: headings.revenue, kind: 'decimal' },
    ],
    rows: sql`WITH totals AS (
  SELECT customer_key, max(ordered_at) FILTER (WHERE is_purchase) AS last_ordered_at,
    count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS revenue
  FROM purchases
  WHERE ${inPeriod(period)} AND customer_key IN (${members})
  GROUP BY customer_key
)
SELECT customer_id, date_diff('day', CAST(last_ordered_at AS DATE), ${sqlDate(period.asOf)}) AS recency_days,
  last_ordered_at, coalesce(orders, 0) AS orders, coalesce(revenue, 0) AS revenue
FROM customers LEFT JOIN totals USING (customer_key)
WHERE customer_key IN (${members})
ORDER BY customer_key`,
  };
}

/** The orders of customers in a period, by customer and time, one row an order as the policy counts it. */
export function ordersOf(headings: CustomerHeadings, period: ExportPeriod, members: Sql): RowsSource {
  return {
    columns: [
      { name: 'customer_id', heading: headings.customerId, kind: 'id' },
      { name: 'order_id', heading: headings.orderId, kind: 'id' },
      { name: 'ordered_at', heading: headings.orderedAt, kind: 'time' },
      { name: 'amount', heading: headings.amount, kind: 'decimal' },
      { name: 'is_purchase', heading: headings.countsAsPurchase, kind: 'boolean' },
    ],
    rows: sql`SELECT customer_id, order_id, ordered_at, amount, is_purchase
FROM purchases JOIN customers USING (customer_key) LEFT JOIN orders USING (order_key)
WHERE ${inPeriod(period)} AND customer_key IN (${members})
ORDER BY customer_key, ordered_at, order_key`,
  };
}

function inPeriod({ asOf, from }: ExportPeriod): Sql {
  const start = from === null ? EMPTY : sql` AND ordered_at >= CAST(${from} AS TIMESTAMP)`;
  return sql`ordered_at < CAST(${asOf} AS TIMESTAMP)${start}`;
}

function segmentName(names: Readonly<Record<string, string>>): Sql {
  const cases = Object.entries(names).map(([id, name]) => sql`WHEN ${id} THEN ${name}`);
  const segment = sql`coalesce(segment, 'prospects')`;
  return cases.length === 0 ? segment : sql`CASE ${segment} ${join(cases, sql` `)} ELSE segment END`;
}
