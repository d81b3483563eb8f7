import type { Scope } from '../../analyses/analysis';
import type { Day } from '../../core/dates';
import { EMPTY, integerConstant, sql, sqlDate, type Sql } from '../../core/sql';
import type { TableLayout } from '../../db/schema';

/** Customers shown at a time. */
export const CUSTOMERS_A_PAGE = 50;
/** Orders of one customer that are listed; the count is of all of them. */
export const MOST_ORDERS = 200;

/** The selection's members as kept for the panel: a rule is answered once, not once a figure. */
export const PANEL_MEMBERS = sql`SELECT customer_key FROM panel_members`;

/** The members with their totals in scope, most money first and then by customer id. */
export function createPanelMembers(members: Sql, scope: Scope): Sql {
  return sql`CREATE OR REPLACE TABLE panel_members AS
WITH selected AS MATERIALIZED (SELECT DISTINCT customer_key FROM (${members})),
totals AS (
  SELECT customer_key, count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS money,
    max(ordered_at) FILTER (WHERE is_purchase) AS last_ordered_at
  FROM purchases
  WHERE ${inPeriod(scope)} AND customer_key IN (SELECT customer_key FROM selected)
  GROUP BY customer_key
)
SELECT customer_key, customer_id, coalesce(orders, 0) AS orders, coalesce(money, 0) AS money,
  date_diff('day', CAST(last_ordered_at AS DATE), ${sqlDate(scope.asOf)}) AS days_away
FROM selected JOIN customers USING (customer_key) LEFT JOIN totals USING (customer_key)
ORDER BY money DESC, customer_key`;
}

export const SUMMARY_SHAPE = {
  members: 'integer',
  buyers: 'integer',
  money: 'decimal',
  all_buyers: 'integer',
  all_money: 'decimal',
} as const;

/** Members that are not of the audience in force: an audience opened while another one filters. Shape { n: 'integer' }. */
export function membersOutside(audience: Sql): Sql {
  return sql`SELECT count(*) AS n FROM panel_members WHERE customer_key NOT IN (${audience})`;
}

/** How many, what they bring, and the same of everyone in scope. */
export function summaryOf(scope: Scope): Sql {
  const everyone = sql`FROM purchases WHERE customer_key IS NOT NULL AND ${inPeriod(scope)}${inAudience(scope)}`;
  return sql`SELECT count(*) AS members, count(*) FILTER (WHERE orders > 0) AS buyers, coalesce(sum(money), 0) AS money,
  (SELECT count(DISTINCT customer_key) ${everyone} AND is_purchase) AS all_buyers,
  (SELECT coalesce(sum(amount), 0) ${everyone}) AS all_money
FROM panel_members`;
}

export const CUSTOMER_SHAPE = {
  customer_key: 'integer',
  customer_id: 'text',
  orders: 'integer',
  money: 'decimal',
  days_away: 'integer?',
} as const;

/** A page of members; `rowid` follows the order they were kept in. */
export function customersOfPage(page: number): Sql {
  const start = page * CUSTOMERS_A_PAGE;
  return sql`SELECT customer_key, customer_id, orders, money, days_away FROM panel_members
WHERE rowid >= ${integerConstant(start)} AND rowid < ${integerConstant(start + CUSTOMERS_A_PAGE)} ORDER BY rowid`;
}

export const ORDER_SHAPE = {
  order_key: 'integer',
  order_id: 'text?',
  ordered_at: 'time',
  amount: 'decimal',
  is_purchase: 'boolean',
  orders_in_all: 'integer',
} as const;

/** The latest rows of a customer in scope, newest first, as the policy counts them. */
export function ordersOfCustomer(customerKey: number, scope: Scope): Sql {
  return sql`SELECT order_key, order_id, ordered_at, amount, is_purchase, count(*) OVER () AS orders_in_all
FROM purchases LEFT JOIN orders USING (order_key)
WHERE customer_key = ${customerKey} AND ${inPeriod(scope)}
ORDER BY ordered_at DESC, order_key DESC LIMIT ${MOST_ORDERS}`;
}

export const LINE_SHAPE = {
  product_id: 'text?',
  quantity: 'double?',
  amount: 'decimal',
} as const;

/** What an order's lines are looked for by. */
export interface LinesWanted {
  readonly customerKey: number;
  readonly orderKey: number;
  readonly day: Day;
  /** The policy makes one purchase of a customer's day: its lines are those of the whole day. */
  readonly mergesDays: boolean;
}

/**
 * The lines behind a row of the list as they stood in the file, in the file's order. A customer the
 * policy made of an order without one has lines without a customer.
 */
export function linesOfOrder(wanted: LinesWanted, layout: Pick<TableLayout, 'hasProduct' | 'hasQuantity'>): Sql {
  const product = layout.hasProduct ? sql`product_id` : sql`CAST(NULL AS VARCHAR)`;
  const quantity = layout.hasQuantity ? sql`CAST(quantity AS DOUBLE)` : sql`CAST(NULL AS DOUBLE)`;
  const ofOrder = sql`order_key = ${wanted.orderKey} AND coalesce(customer_key, ${wanted.customerKey}) = ${wanted.customerKey}`;
  const ofDay = sql`customer_key = ${wanted.customerKey} AND CAST(ordered_at AS DATE) = ${sqlDate(wanted.day)}`;
  return sql`SELECT ${product} AS product_id, ${quantity} AS quantity, amount
FROM order_lines LEFT JOIN accounts USING (account_key)${layout.hasProduct ? sql` LEFT JOIN products USING (product_key)` : EMPTY}
WHERE ${wanted.mergesDays ? sql`(${ofOrder}) OR (${ofDay})` : ofOrder}
ORDER BY source_row`;
}

function inPeriod({ asOf, from }: Scope): Sql {
  const start = from === null ? EMPTY : sql` AND ordered_at >= CAST(${from} AS TIMESTAMP)`;
  return sql`ordered_at < CAST(${asOf} AS TIMESTAMP)${start}`;
}

function inAudience({ audience }: Scope): Sql {
  return audience === null ? EMPTY : sql` AND customer_key IN (${audience})`;
}
