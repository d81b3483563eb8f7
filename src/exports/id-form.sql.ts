import { ident, join, sql, type Sql } from '../core/sql';
import type { RowsSource } from './table-pages';

/** The table (value, shown) that holds the pseudonym of each customer id: see ingest/privacy/shown-values. */
export const CUSTOMER_PSEUDONYMS = 'customer_pseudonyms';

const CUSTOMER_ID = 'customer_id';
const ORDER_ID = 'order_id';

/**
 * The file with pseudonyms in place of its customer ids, or without any. Order numbers go as well, for in the
 * shop's own system they lead back to the customer; and the rows come in the order of what is left, for the
 * order of the ids would tell something of them. `pseudonym` needs CUSTOMER_PSEUDONYMS to hold every customer
 * of the file; one that is missing there has none.
 */
export function withoutIds(source: RowsSource, form: 'pseudonym' | 'none'): RowsSource {
  const columns = source.columns.filter(
    ({ name }) => name !== ORDER_ID && (form === 'pseudonym' || name !== CUSTOMER_ID),
  );
  const selected = join(
    columns.map(({ name }) => (name === CUSTOMER_ID ? sql`shown AS customer_id` : sql`file_rows.${ident(name)}`)),
  );
  return { columns, rows: sql`SELECT ${selected} FROM (${source.rows}) file_rows${pseudonymJoin(form)} ORDER BY ALL` };
}

/** The tables that scripts read. */
export type ScriptTableName =
  'customers' | 'purchases' | 'audience_members' | 'sale_lines' | 'customer_attributes' | 'external_series';

/**
 * The same for the tables of a script, which keep their columns: an id that may not be seen is NULL, and the keys are
 * numbered anew, customers in the order of their pseudonyms and orders by customer and time; of birthdays the year is left. As they lie in the engine,
 * customers follow the bytes of their ids and orders the file, which would tell something of both. Either form needs
 * CUSTOMER_PSEUDONYMS to hold every customer.
 */
export function tablesWithoutIds(form: 'pseudonym' | 'none'): Readonly<Record<ScriptTableName, Sql>> {
  const numbered = sql`(SELECT customer_key, shown, CAST(row_number() OVER (ORDER BY shown) - 1 AS INTEGER) AS number
  FROM customers JOIN ${ident(CUSTOMER_PSEUDONYMS)} ON value = customer_id) numbered`;
  const id = form === 'pseudonym' ? sql`shown` : sql`CAST(NULL AS VARCHAR)`;
  const orderNumber = sql`CAST(row_number() OVER (ORDER BY number, ordered_at, amount, order_key) - 1 AS INTEGER)`;
  const onKey = (table: ScriptTableName): Sql =>
    sql`${numbered} ON numbered.customer_key = ${ident(table)}.customer_key`;
  return {
    customers: sql`SELECT customers.* REPLACE (number AS customer_key, ${id} AS customer_id)
FROM customers JOIN ${onKey('customers')} ORDER BY number`,
    purchases: sql`SELECT purchases.* REPLACE (number AS customer_key, ${orderNumber} AS order_key)
FROM purchases LEFT JOIN ${onKey('purchases')} ORDER BY number, ordered_at, amount`,
    sale_lines: sql`SELECT sale_lines.* REPLACE (number AS customer_key, order_number AS order_key)
FROM sale_lines JOIN (
  SELECT purchases.order_key, purchases.ordered_at, number, ${orderNumber} AS order_number
  FROM purchases LEFT JOIN ${onKey('purchases')}
) numbered_orders USING (order_key, ordered_at) ORDER BY order_number, sale_lines.amount`,
    customer_attributes: sql`SELECT customer_attributes.* REPLACE (number AS customer_key,
  CAST(date_trunc('year', birthday) AS DATE) AS birthday)
FROM customer_attributes JOIN ${onKey('customer_attributes')} ORDER BY number`,
    external_series: sql`SELECT * FROM external_series`,
    audience_members: sql`SELECT audience_members.* REPLACE (number AS customer_key)
FROM audience_members JOIN ${onKey('audience_members')} ORDER BY audience_id, number`,
  };
}

function pseudonymJoin(form: 'pseudonym' | 'none'): Sql {
  return form === 'none'
    ? sql``
    : sql` LEFT JOIN ${ident(CUSTOMER_PSEUDONYMS)} ON ${ident(CUSTOMER_PSEUDONYMS)}.value = file_rows.customer_id`;
}
