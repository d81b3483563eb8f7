import { EMPTY, ident, join, sql, type Sql } from '../../core/sql';
import { LINE_LABELS, decimal, type TableLayout } from '../../db/schema';
import { INCOMING, partSuffix } from './part-names';

/** A file of orders that is in the engine, in tables of its own. */
export interface OrdersPart {
  readonly file: number;
  readonly layout: TableLayout;
  /** The key of its first account in the dataset. */
  readonly firstAccountKey: number;
  /** The table of its rows' accounts (account_key, source_row) where several columns say who ordered; else null. */
  readonly heads: string | null;
}

const table = (name: string): Sql => ident(name + INCOMING);
const partTable = (name: string, part: OrdersPart): Sql => ident(name + partSuffix(part.file));
const integer = (value: number): Sql => sql`CAST(${value} AS INTEGER)`;

/** The layout that holds the lines of every part. */
export function mergedLayout(parts: readonly Pick<OrdersPart, 'layout'>[]): TableLayout {
  const layouts = parts.map(({ layout }) => layout);
  return {
    moneyScale: Math.max(...layouts.map(({ moneyScale }) => moneyScale)),
    quantityScale: Math.max(...layouts.map(({ quantityScale }) => quantityScale)),
    hasOrderId: layouts.some(({ hasOrderId }) => hasOrderId),
    hasProduct: layouts.some(({ hasProduct }) => hasProduct),
    hasQuantity: layouts.some(({ hasQuantity }) => hasQuantity),
    labels: LINE_LABELS.filter((label) => layouts.some(({ labels }) => labels.includes(label))),
  };
}

/**
 * Puts the lines of several files of orders into the incoming tables, file after file. An order is one
 * order id of one customer, in whatever file its lines stand, so that next month's refund meets its order;
 * its account is that of its first line. Products are the same by their id.
 */
export function mergeOrders(parts: readonly OrdersPart[], layout: TableLayout): readonly Sql[] {
  const orders = join(parts.map(ordersOf), sql` UNION ALL `);
  const lines = join(
    parts.map((part) => linesOf(part, layout)),
    sql` UNION ALL BY NAME `,
  );
  return [
    sql`CREATE OR REPLACE TABLE ${table('order_keys')} AS
SELECT part, part_key, order_id, CAST(dense_rank() OVER (ORDER BY first_part, first_key) - 1 AS INTEGER) AS order_key,
  first_value(account_key) OVER (PARTITION BY first_part, first_key ORDER BY part, part_key) AS account_key
FROM (SELECT *, first_value(part) OVER same_order AS first_part, first_value(part_key) OVER same_order AS first_key
  FROM (${orders})
  WINDOW same_order AS (PARTITION BY order_id, customer_id, CASE WHEN order_id IS NULL THEN part END, CASE WHEN order_id IS NULL THEN part_key END ORDER BY part, part_key))`,
    sql`CREATE OR REPLACE TABLE ${table('orders')} AS SELECT DISTINCT order_key, order_id FROM ${table('order_keys')} ORDER BY order_key`,
    ...(layout.hasProduct ? [mergeProducts(parts)] : []),
    sql`CREATE OR REPLACE TABLE ${table('order_lines')} AS ${lines}`,
    sql`DROP TABLE ${table('order_keys')}`,
  ];
}

/** Each order of a part with its customer, and with its account in the dataset, which is that of its first line. */
function ordersOf(part: OrdersPart): Sql {
  const account =
    part.heads === null
      ? sql`any_value(lines.account_key) + ${integer(part.firstAccountKey)}`
      : sql`arg_min(heads.account_key, lines.source_row)`;
  const heads =
    part.heads === null ? EMPTY : sql` LEFT JOIN ${ident(part.heads)} heads ON heads.source_row = lines.source_row`;
  return sql`SELECT ${integer(part.file)} AS part, lines.order_key AS part_key, any_value(orders.order_id) AS order_id,
  any_value(customers.customer_id) AS customer_id, ${account} AS account_key
FROM ${partTable('order_lines', part)} lines
LEFT JOIN ${partTable('orders', part)} orders ON orders.order_key = lines.order_key
LEFT JOIN ${partTable('accounts', part)} accounts ON accounts.account_key = lines.account_key
LEFT JOIN ${partTable('customers', part)} customers ON customers.customer_key = accounts.customer_key${heads}
GROUP BY lines.order_key`;
}

function mergeProducts(parts: readonly OrdersPart[]): Sql {
  const products = parts
    .filter(({ layout }) => layout.hasProduct)
    .map((part) => sql`SELECT ${integer(part.file)} AS part, * FROM ${partTable('products', part)}`);
  return sql`CREATE OR REPLACE TABLE ${table('products')} AS
SELECT CAST(row_number() OVER (ORDER BY min(CAST(part AS BIGINT) * 4294967296 + product_key)) - 1 AS INTEGER) AS product_key, product_id
FROM (${join(products, sql` UNION ALL `)}) GROUP BY product_id ORDER BY product_key`;
}

function linesOf(part: OrdersPart, layout: TableLayout): Sql {
  const { hasProduct, hasQuantity, labels } = part.layout;
  const product = hasProduct ? sql`, merged.product_key` : EMPTY;
  const quantity = hasQuantity ? sql`, CAST(quantity AS ${decimal(layout.quantityScale)}) AS quantity` : EMPTY;
  const products = hasProduct
    ? sql` LEFT JOIN ${partTable('products', part)} own USING (product_key) LEFT JOIN ${table('products')} merged ON merged.product_id = own.product_id`
    : EMPTY;
  const texts = join(
    labels.map((label) => sql`, ${ident(label)}`),
    EMPTY,
  );
  return sql`(SELECT keys.order_key, keys.account_key, ordered_at, CAST(amount AS ${decimal(layout.moneyScale)}) AS amount,
  cancel_mark, lines.source_row${product}${quantity}${texts}, ${integer(part.file)} AS source_file
FROM ${partTable('order_lines', part)} lines
JOIN ${table('order_keys')} keys ON keys.part = ${integer(part.file)} AND keys.part_key = lines.order_key${products}
ORDER BY lines.source_row)`;
}

/** Gives the lines of the only file of orders its number. */
export function withSourceFile(file: number): Sql {
  return sql`ALTER TABLE ${table('order_lines')} ADD COLUMN source_file INTEGER;
ALTER TABLE ${table('order_lines')} ALTER source_file TYPE INTEGER USING ${integer(file)}`;
}
