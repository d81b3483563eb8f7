import { EMPTY, join, sql, type Sql } from '../core/sql';
import { decimal, type TableLayout } from '../db/schema';
import type { LineClass, Policy } from './import-contract';

/** Known customers have the keys below this number; those made for unidentified orders follow. */
const KNOWN_CUSTOMERS = sql`(SELECT coalesce(max(customer_key) + 1, 0) FROM accounts)`;

/**
 * Whom lines and what is made of them belong to: an order has one account, so its customer is looked up
 * once an order; what is put together from several orders is of one customer.
 */
function owner(policy: Policy): Sql {
  return policy.sameDay === 'separate' ? sql`account_key` : sql`customer_key`;
}

/** The rows with their customer_key in place of their owner. */
function withCustomer(policy: Policy, rows: Sql): Sql {
  return policy.sameDay === 'separate'
    ? sql`SELECT * EXCLUDE (account_key) FROM (
  ${rows}
) LEFT JOIN accounts USING (account_key)`
    : rows;
}

/**
 * The lines as the policy sees them: `is_left_out` lines count nowhere, `is_return` lines have
 * their `money` below zero whatever sign was written. `extra` takes further columns of order_lines along.
 */
export function judgedLines(policy: Policy, layout: TableLayout, extra: Sql = EMPTY): Sql {
  const isReturn = join(
    [
      sql`amount < 0`,
      ...(layout.hasQuantity ? [sql`coalesce(quantity < 0, FALSE)`] : []),
      ...(policy.cancelMarks === 'return' ? [sql`cancel_mark`] : []),
      ...statusIs(policy, layout, 'return'),
    ],
    sql` OR `,
  );
  const isLeftOut = join(
    [...statusIs(policy, layout, 'leave-out'), ...(policy.returns === 'ignore' ? [sql`is_return`] : [])],
    sql` OR `,
  );
  const lines = policy.sameDay === 'separate' ? EMPTY : sql` LEFT JOIN accounts USING (account_key)`;
  return sql`SELECT order_key, ${owner(policy)}, ordered_at, is_return,
    CASE WHEN is_return THEN -abs(amount) ELSE amount END AS money${extra},
    ${isLeftOut.parts.join('') === '' ? sql`FALSE` : isLeftOut} AS is_left_out
  FROM (SELECT *, ${isReturn} AS is_return FROM order_lines${lines})`;
}

/** The test for a class of the status column; none where no value is of that class. */
function statusIs(policy: Policy, layout: TableLayout, wanted: LineClass): readonly Sql[] {
  if (!layout.labels.includes('status')) return [];
  const values = Object.entries(policy.statusClasses).filter(([, lineClass]) => lineClass === wanted);
  if (values.length === 0) return [];
  const list = join(values.map(([value]) => sql`${value}`));
  return [sql`coalesce(status IN (${list}), FALSE)`];
}

/** What lines are put together into one occasion, as the GROUP BY of judged lines. */
function occasion(policy: Policy): Sql {
  if (policy.sameDay === 'separate') return sql`order_key`;
  return sql`customer_key, CAST(ordered_at AS DATE), CASE WHEN customer_key IS NULL THEN order_key END`;
}

/** False where every line is an occasion of its own: the grouping would be most of the time. */
function isGrouped(policy: Policy, oneLineAnOrder: boolean): boolean {
  return !(oneLineAnOrder && policy.sameDay === 'separate');
}

function isPurchase(policy: Policy, net: Sql, hasSale: Sql): Sql {
  return policy.zeroOrders === 'count' ? sql`${net} > 0 OR (${net} = 0 AND ${hasSale})` : sql`${net} > 0`;
}

/**
 * Makes the table `purchases` from order_lines: a row an occasion, in no order. Exact: sums are of
 * DECIMAL.
 *
 * @param oneLineAnOrder true when no order has two lines, which spares the grouping
 */
export function createPurchases(policy: Policy, layout: TableLayout, oneLineAnOrder: boolean): Sql {
  const money = decimal(layout.moneyScale);
  const grouped = isGrouped(policy, oneLineAnOrder);
  const whose = owner(policy);
  const rows = grouped
    ? sql`SELECT min(order_key) AS order_key, min(${whose}) AS ${whose}, min(ordered_at) AS ordered_at,
    CAST(sum(money) AS ${money}) AS amount, bool_or(NOT is_return) AS has_sale
  FROM lines WHERE NOT is_left_out GROUP BY ${occasion(policy)}`
    : sql`SELECT order_key, ${whose}, ordered_at, CAST(money AS ${money}) AS amount, NOT is_return AS has_sale
  FROM lines WHERE NOT is_left_out`;
  const oneEach = policy.unidentified === 'one-each';
  return sql`CREATE OR REPLACE TABLE purchases AS
WITH lines AS (
  ${judgedLines(policy, layout)}
), occasions AS (
  ${withCustomer(policy, rows)}
)${oneEach ? sql`, keyed AS (${keyedOccasions()})` : EMPTY}
SELECT order_key, customer_key, ordered_at, amount, ${isPurchase(policy, sql`amount`, sql`has_sale`)} AS is_purchase
FROM ${oneEach ? sql`keyed` : sql`occasions`}`;
}

/** Gives each unidentified occasion a customer key of its own, after the known ones. */
function keyedOccasions(): Sql {
  return sql`
  SELECT * FROM occasions WHERE customer_key IS NOT NULL
  UNION ALL
  SELECT * REPLACE (CAST(${KNOWN_CUSTOMERS} + row_number() OVER (ORDER BY order_key) - 1 AS INTEGER) AS customer_key)
  FROM occasions WHERE customer_key IS NULL
`;
}

/** Takes away the customers that were made for unidentified orders under a policy before. */
export function dropMadeCustomers(): Sql {
  return sql`DELETE FROM customers WHERE customer_key >= ${KNOWN_CUSTOMERS}`;
}

/** Adds a customer, named after the order, for each key that createPurchases made. */
export function insertMadeCustomers(layout: TableLayout): Sql {
  const names = layout.hasOrderId
    ? sql`coalesce(order_id, '#' || order_key) FROM purchases LEFT JOIN orders USING (order_key)`
    : sql`'#' || order_key FROM purchases`;
  return sql`INSERT INTO customers
SELECT customer_key, 'anonymous-' || ${names}
WHERE customer_key >= ${KNOWN_CUSTOMERS} ORDER BY customer_key`;
}

/** Lines, and the orders they make, in the tables as they are. */
export function countLinesAndOrders(): Sql {
  return sql`SELECT count(*) AS lines, coalesce(max(order_key) + 1, 0) AS orders FROM order_lines`;
}

/** One row: the counts of PolicyOutcome. `oneLineAnOrder` as for createPurchases. */
export function outcome(policy: Policy, layout: TableLayout, oneLineAnOrder: boolean): Sql {
  const whose = owner(policy);
  const known = policy.unidentified === 'one-each' ? sql`TRUE` : sql`customer_key IS NOT NULL`;
  const unknownCustomers =
    policy.unidentified === 'one-each' ? sql` + count(*) FILTER (is_purchase AND customer_key IS NULL)` : EMPTY;
  const occasions = isGrouped(policy, oneLineAnOrder)
    ? sql`SELECT min(${whose}) AS ${whose}, count(*) AS lines,
    coalesce(sum(money) FILTER (NOT is_left_out), 0) AS net,
    count(*) FILTER (NOT is_left_out AND NOT is_return) AS sales,
    count(*) FILTER (NOT is_left_out AND money = 0) AS worthless,
    count(*) FILTER (is_left_out) AS left_out
  FROM judged GROUP BY ${occasion(policy)}`
    : sql`SELECT ${whose}, 1 AS lines, CASE WHEN is_left_out THEN 0 ELSE money END AS net,
    CAST(NOT is_left_out AND NOT is_return AS INTEGER) AS sales,
    CAST(NOT is_left_out AND money = 0 AS INTEGER) AS worthless,
    CAST(is_left_out AS INTEGER) AS left_out
  FROM judged`;
  return sql`WITH judged AS (
  ${judgedLines(policy, layout)}
), occasions AS (
  ${withCustomer(policy, occasions)}
), decided AS (
  SELECT *, ${isPurchase(policy, sql`net`, sql`sales > 0`)} AS is_purchase FROM occasions
)
SELECT CAST(coalesce(sum(lines), 0) AS BIGINT) AS lines,
  CAST(coalesce(sum(sales) FILTER (is_purchase), 0) AS BIGINT) AS lines_counted,
  CAST(coalesce(sum(left_out), 0) + coalesce(sum(worthless) FILTER (NOT is_purchase), 0) AS BIGINT) AS lines_left_out,
  count(*) FILTER (is_purchase AND ${known}) AS purchases,
  count(DISTINCT customer_key) FILTER (is_purchase)${unknownCustomers} AS customers,
  coalesce(sum(net), 0) AS revenue,
  coalesce(sum(net) FILTER (${known}), 0) AS revenue_identified
FROM decided`;
}

/** One row a group of lines that a choice is about; groups without lines are absent. */
export function groups(layout: TableLayout, oneLineAnOrder: boolean, mostStatuses: number): Sql {
  const counts = sql`count(*) AS rows, count(DISTINCT order_key) AS orders, coalesce(sum(amount), 0) AS amount`;
  const negative = layout.hasQuantity ? sql`amount < 0 OR quantity < 0` : sql`amount < 0`;
  const group = (name: string, where: Sql): Sql =>
    sql`SELECT ${name} AS line_group, '' AS value, ${counts} FROM order_lines WHERE ${where}`;
  const orderDays = oneLineAnOrder
    ? sql`SELECT customer_key, CAST(ordered_at AS DATE) AS day, 1 AS rows, amount FROM order_lines JOIN accounts USING (account_key)`
    : sql`SELECT customer_key, day, rows, amount FROM (
      SELECT min(account_key) AS account_key, CAST(min(ordered_at) AS DATE) AS day, count(*) AS rows, sum(amount) AS amount
      FROM order_lines GROUP BY order_key
    ) JOIN accounts USING (account_key)`;
  const sameDay = sql`SELECT 'same-day', '', coalesce(sum(rows), 0), coalesce(sum(orders), 0), coalesce(sum(amount), 0) FROM (
  SELECT sum(rows) AS rows, count(*) AS orders, sum(amount) AS amount FROM (
    ${orderDays}
  ) GROUP BY customer_key, day HAVING count(*) > 1
)`;
  const statuses = sql`SELECT * FROM (
  SELECT 'status', status, ${counts} FROM order_lines WHERE status IS NOT NULL GROUP BY status
  ORDER BY count(*) DESC, status LIMIT ${mostStatuses}
)`;
  const all = join(
    [
      group('negative', negative),
      group('zero', sql`amount = 0`),
      group('cancel-mark', sql`cancel_mark`),
      group('unidentified', sql`account_key IS NULL`),
      sameDay,
      ...(layout.labels.includes('status') ? [statuses] : []),
    ],
    sql`\nUNION ALL\n`,
  );
  return sql`SELECT line_group, value, CAST(rows AS BIGINT) AS rows, CAST(orders AS BIGINT) AS orders, amount
FROM (${all}) WHERE rows > 0
ORDER BY line_group, rows DESC, value`;
}
