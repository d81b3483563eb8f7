import { sql, type Sql } from '../../core/sql';

/** A join between two tables of a dataset: what the rows on its left should find. */
export const JOINS = [
  'order-member',
  'line-product',
  'member-order',
  'event-member',
  'event-order',
  'event-product',
  'feedback-member',
  'feedback-customer',
  'feedback-order',
  'feedback-product',
] as const;
export type Join = (typeof JOINS)[number];

/** The tables that a join is between. */
export const TABLES_OF_JOIN = {
  'order-member': ['order_lines', 'members'],
  'line-product': ['order_lines', 'product_facts'],
  'member-order': ['members', 'order_lines'],
  'event-member': ['events', 'members'],
  'event-order': ['events', 'order_lines'],
  'event-product': ['events', 'product_facts'],
  'feedback-member': ['feedback', 'members'],
  'feedback-customer': ['feedback', 'order_lines'],
  'feedback-order': ['feedback', 'order_lines'],
  'feedback-product': ['feedback', 'product_facts'],
} as const satisfies Readonly<Record<Join, readonly [string, string]>>;

/** The customers of whom a table tells. */
const customersOf = (table: Sql): Sql =>
  sql`(SELECT DISTINCT customer_key FROM ${table} JOIN accounts USING (account_key) WHERE customer_key IS NOT NULL)`;

const PRODUCTS = sql`(SELECT DISTINCT product_id FROM product_facts)`;
const ORDER_IDS = sql`(SELECT DISTINCT order_id FROM orders WHERE order_id IS NOT NULL)`;

/**
 * One row: how many rows stand on the left of the join, how many of them say what to look for, how many
 * find it; and the same in money, NULL where the left has none. Matches by person go by the customer, so
 * they follow the resolving of identities.
 */
export function matchRate(joinName: Join): Sql {
  switch (joinName) {
    case 'order-member':
      return counted(
        sql`SELECT order_key, any_value(account_key) IS NOT NULL AS is_named, sum(amount) AS money,
    any_value(customer_key) IN ${customersOf(sql`members`)} AS is_matched
  FROM order_lines LEFT JOIN accounts USING (account_key) GROUP BY order_key`,
        true,
      );
    case 'line-product':
      return counted(
        sql`SELECT product_id IS NOT NULL AS is_named, amount AS money, product_id IN ${PRODUCTS} AS is_matched
  FROM order_lines LEFT JOIN products USING (product_key)`,
        true,
      );
    case 'member-order':
      return byPerson(sql`members`, sql`order_lines`);
    case 'event-member':
      return byPerson(sql`events`, sql`members`);
    case 'event-order':
      return byPerson(sql`events`, sql`order_lines`);
    case 'feedback-member':
      return byPerson(sql`feedback`, sql`members`);
    case 'feedback-customer':
      return byPerson(sql`feedback`, sql`order_lines`);
    case 'event-product':
      return byId(sql`events`, sql`product_id`, PRODUCTS);
    case 'feedback-product':
      return byId(sql`feedback`, sql`product_id`, PRODUCTS);
    case 'feedback-order':
      return byId(sql`feedback`, sql`order_id`, ORDER_IDS);
  }
}

function byPerson(left: Sql, right: Sql): Sql {
  return counted(
    sql`SELECT account_key IS NOT NULL AS is_named, customer_key IN ${customersOf(right)} AS is_matched
  FROM ${left} LEFT JOIN accounts USING (account_key)`,
    false,
  );
}

function byId(left: Sql, id: Sql, ids: Sql): Sql {
  return counted(sql`SELECT ${id} IS NOT NULL AS is_named, ${id} IN ${ids} AS is_matched FROM ${left}`, false);
}

function counted(rows: Sql, hasMoney: boolean): Sql {
  const money = (filter: Sql): Sql =>
    hasMoney ? sql`CAST(coalesce(sum(money)${filter}, 0) AS DOUBLE)` : sql`CAST(NULL AS DOUBLE)`;
  return sql`SELECT count(*) AS all_rows, count(*) FILTER (WHERE is_named) AS named, count(*) FILTER (WHERE is_matched) AS matched,
  ${money(sql``)} AS money, ${money(sql` FILTER (WHERE is_named)`)} AS money_named, ${money(sql` FILTER (WHERE is_matched)`)} AS money_matched
FROM (${rows})`;
}
