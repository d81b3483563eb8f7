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
  const owned = join(parts.map(ordersOf), sql` UNION ALL `);
  const lines = join(
    parts.map((part) => linesOf(part, layout)),
    sql` UNION ALL BY NAME `,
  );
  // Grouped and joined rather than windowed: a window over as many partitions as orders takes ten times as long.
  return [
    sql`CREATE OR REPLACE TABLE ${table('part_orders')} AS ${owned}`,
    sql`CREATE OR REPLACE TABLE ${table('first_orders')} AS
SELECT order_id, customer_id, min(place) AS first_place FROM ${table('part_orders')} WHERE order_id IS NOT NULL GROUP BY order_id, customer_id`,
    sql`CREATE OR REPLACE TABLE ${table('order_keys')} AS
WITH placed AS (SELECT own.place, own.order_id, coalesce(first_place, own.place) AS first_place
  FROM ${table('part_orders')} own LEFT JOIN ${table('first_orders')} firsts
  ON firsts.order_id = own.order_id AND firsts.customer_id IS NOT DISTINCT FROM own.customer_id),
numbered AS (SELECT place, account_key, CAST(row_number() OVER (ORDER BY place) - 1 AS INTEGER) AS order_key
  FROM ${table('part_orders')} WHERE place IN (SELECT first_place FROM placed))
SELECT placed.place, placed.order_id, numbered.order_key, numbered.account_key
FROM placed JOIN numbered ON numbered.place = placed.first_place`,
    sql`CREATE OR REPLACE TABLE ${table('orders')} AS
SELECT order_key, any_value(order_id) AS order_id FROM ${table('order_keys')} GROUP BY order_key ORDER BY order_key`,
    ...(layout.hasProduct ? [mergeProducts(parts)] : []),
    sql`CREATE OR REPLACE TABLE ${table('order_lines')} AS ${lines}`,
    ...['part_orders', 'first_orders', 'order_keys'].map((name) => sql`DROP TABLE ${table(name)}`),
  ];
}

/** Where an order stands among those of all parts: by its part, then by its key there. */
function place(part: OrdersPart, orderKey: Sql): Sql {
  return sql`(CAST(${part.file} AS BIGINT) << 32) + ${orderKey}`;
}

/** Each order of a part with its customer, and with its account in the dataset, which is that of its first line. */
function ordersOf(part: OrdersPart): Sql {
  const first =
    part.heads === null
      ? sql`SELECT order_key, any_value(account_key) AS part_account, any_value(account_key) + ${integer(part.firstAccountKey)} AS account_key
  FROM ${partTable('order_lines', part)} GROUP BY order_key`
      : sql`SELECT order_key, any_value(lines.account_key) AS part_account, arg_min(heads.account_key, lines.source_row) AS account_key
  FROM ${partTable('order_lines', part)} lines LEFT JOIN ${ident(part.heads)} heads ON heads.source_row = lines.source_row GROUP BY order_key`;
  return sql`SELECT ${place(part, sql`own.order_key`)} AS place, order_id, customer_id, own.account_key
FROM (${first}) own LEFT JOIN ${partTable('orders', part)} orders ON orders.order_key = own.order_key
LEFT JOIN ${partTable('accounts', part)} accounts ON accounts.account_key = part_account
LEFT JOIN ${partTable('customers', part)} customers ON customers.customer_key = accounts.customer_key`;
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
JOIN ${table('order_keys')} keys ON keys.place = ${place(part, sql`lines.order_key`)}${products}
ORDER BY lines.source_row)`;
}

/** Gives the lines of the only file of orders its number, and, where several columns say who ordered, their accounts by these. */
export function numberOnlyFile({ file, heads }: OrdersPart): readonly Sql[] {
  const lines = table('order_lines');
  if (heads === null) {
    return [
      sql`ALTER TABLE ${lines} ADD COLUMN source_file INTEGER`,
      sql`ALTER TABLE ${lines} ALTER source_file TYPE INTEGER USING ${integer(file)}`,
    ];
  }
  return [
    sql`CREATE OR REPLACE TABLE ${lines} AS
SELECT lines.* REPLACE (first_lines.account_key AS account_key), ${integer(file)} AS source_file
FROM ${lines} lines JOIN (SELECT order_key, arg_min(heads.account_key, lines.source_row) AS account_key
  FROM ${lines} lines LEFT JOIN ${ident(heads)} heads ON heads.source_row = lines.source_row GROUP BY order_key) first_lines
  ON first_lines.order_key = lines.order_key ORDER BY lines.source_row`,
    sql`DROP TABLE ${ident(heads)}`,
  ];
}
