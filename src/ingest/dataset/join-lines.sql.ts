import { EMPTY, ident, join, sql, type Sql } from '../../core/sql';
import { decimal, type LineLabel, type TableLayout } from '../../db/schema';
import { INCOMING } from './part-names';

const table = (name: string): Sql => ident(name + INCOMING);

/** Labels that stand with the order and not with its lines. */
const HEAD_LABELS: readonly Exclude<LineLabel, 'category'>[] = ['channel', 'store', 'payment', 'city', 'status'];

/** The layout of lines whose heads and lines stand in two files; scales are of the columns that give the money. */
export function joinedLayout(
  heads: readonly { readonly name: string; readonly scale: number }[],
  items: readonly { readonly name: string; readonly scale: number }[],
): TableLayout {
  const has = (columns: typeof heads, name: string): boolean => columns.some((column) => column.name === name);
  const scale = (columns: typeof heads, name: string): number =>
    columns.find((column) => column.name === name)?.scale ?? 0;
  const product = has(items, 'amount') ? 0 : scale(items, 'quantity') + scale(items, 'unit_price');
  const moneyScale = Math.max(
    scale(heads, 'amount'),
    scale(heads, 'refund_amount'),
    scale(items, 'amount'),
    // A total that is shared out over its lines comes to cents even where it is whole.
    has(heads, 'amount') ? 2 : 0,
    product,
  );
  const labels: LineLabel[] = HEAD_LABELS.filter((label) => has(heads, label));
  return {
    moneyScale: Math.min(6, moneyScale),
    quantityScale: scale(items, 'quantity'),
    hasOrderId: true,
    hasProduct: has(items, 'product_id') || has(items, 'product_name'),
    hasQuantity: has(items, 'quantity'),
    labels: has(items, 'category') ? ['category', ...labels] : labels,
  };
}

/**
 * Makes orders, products and order_lines of `order_heads` and `order_items`, joined by the order's id. An
 * order with lines that all have their own money (an amount, or pieces and their price) comes to the sum
 * of these, and a refund of its head is a line of its own; otherwise the head's money is shared out over
 * the lines by their pieces, exactly. An order without lines is one line. Left out, with their reasons:
 * lines whose order is in no file, and what then still has no money.
 */
export function joinLines(layout: TableLayout): readonly Sql[] {
  return [
    keyedHeads(layout),
    keyedItems(layout),
    sql`CREATE OR REPLACE TABLE ${table('orders')} AS SELECT order_key, order_id FROM ${table('order_keys')} ORDER BY order_key`,
    ...(layout.hasProduct ? [products()] : []),
    sql`CREATE OR REPLACE TABLE ${table('order_lines')} AS ${allLines(layout)}`,
    leftOut(),
  ];
}

/** Takes away what only the joining needed. */
export function dropJoined(): readonly Sql[] {
  return ['order_keys', 'line_keys', 'order_heads', 'order_items'].map(
    (name) => sql`DROP TABLE IF EXISTS ${table(name)}`,
  );
}

/** The reports' figures of a joining. Read before dropJoined. */
export function joinFigures(): Sql {
  return sql`SELECT
  (SELECT count(*) FROM ${table('line_keys')}) AS items,
  (SELECT count(*) FROM ${table('line_keys')} WHERE order_key IS NULL) AS items_without_order,
  (SELECT count(*) FROM ${table('order_keys')}) AS orders,
  (SELECT count(*) FROM ${table('order_keys')} WHERE order_key NOT IN (SELECT order_key FROM ${table('line_keys')} WHERE order_key IS NOT NULL)) AS orders_without_items,
  (SELECT count(*) FROM (SELECT order_key, bool_and(own IS NOT NULL) AS all_own, sum(own) AS own FROM ${table('line_keys')} WHERE order_key IS NOT NULL GROUP BY order_key)
    JOIN ${table('order_keys')} USING (order_key) WHERE all_own AND amount IS NOT NULL) AS orders_with_both,
  (SELECT count(*) FROM (SELECT order_key, bool_and(own IS NOT NULL) AS all_own, sum(own) AS own FROM ${table('line_keys')} WHERE order_key IS NOT NULL GROUP BY order_key)
    JOIN ${table('order_keys')} USING (order_key) WHERE all_own AND own = amount) AS orders_that_agree`;
}

/** A row an order: heads with the same id are one, those without an id each their own. */
function keyedHeads(layout: TableLayout): Sql {
  // A sum has all the digits there are, which would leave a column beside it none after the point.
  const money = decimal(layout.moneyScale);
  const labels = join(
    HEAD_LABELS.map((label) => sql`, arg_min(${ident(label)}, place) AS ${ident(label)}`),
    EMPTY,
  );
  return sql`CREATE OR REPLACE TABLE ${table('order_keys')} AS
SELECT CAST(row_number() OVER (ORDER BY min(place)) - 1 AS INTEGER) AS order_key, any_value(order_id) AS order_id,
  arg_min(account_key, place) AS account_key, min(occurred_at) AS ordered_at, CAST(sum(amount) AS ${money}) AS amount,
  CAST(sum(abs(refund_amount)) AS ${money}) AS refund, arg_min(source_file, place) AS source_file, arg_min(source_row, place) AS source_row,
  arg_min(source_line, place) AS source_line${labels}
FROM (SELECT *, row_number() OVER (ORDER BY source_file, source_row) AS place FROM ${table('order_heads')})
GROUP BY order_id, CASE WHEN order_id IS NULL THEN place END`;
}

/** The lines with the key of their order, NULL where no file has it, and their own money. */
function keyedItems(layout: TableLayout): Sql {
  const money = decimal(layout.moneyScale);
  return sql`CREATE OR REPLACE TABLE ${table('line_keys')} AS
SELECT order_key, items.order_id, coalesce(product_id, product_name) AS product_id, category, quantity,
  coalesce(CAST(items.amount AS ${money}), CAST(quantity * unit_price AS ${money})) AS own,
  items.source_file, items.source_row, items.source_line,
  concat_ws(',', items.order_id, product_id, product_name, category, quantity, unit_price, items.amount) AS raw
FROM ${table('order_items')} items
LEFT JOIN (SELECT order_key, order_id FROM ${table('order_keys')} WHERE order_id IS NOT NULL) heads ON heads.order_id = items.order_id`;
}

function products(): Sql {
  return sql`CREATE OR REPLACE TABLE ${table('products')} AS
SELECT CAST(row_number() OVER (ORDER BY min(place)) - 1 AS INTEGER) AS product_key, product_id
FROM (SELECT product_id, row_number() OVER (ORDER BY source_file, source_row) AS place FROM ${table('line_keys')} WHERE order_key IS NOT NULL)
WHERE product_id IS NOT NULL GROUP BY product_id ORDER BY product_key`;
}

function allLines(layout: TableLayout): Sql {
  const money = decimal(layout.moneyScale);
  const labels = join(
    layout.labels.map((label) => (label === 'category' ? sql`, lines.category` : sql`, ${ident(label)}`)),
    EMPTY,
  );
  const product = layout.hasProduct ? sql`, product_key` : EMPTY;
  const quantity = layout.hasQuantity
    ? sql`, CAST(lines.quantity AS ${decimal(layout.quantityScale)}) AS quantity`
    : EMPTY;
  const joined = layout.hasProduct ? sql` LEFT JOIN ${table('products')} USING (product_id)` : EMPTY;
  // Whole sums of the shares so far are rounded, and their differences are the lines': they add up to the cent.
  const shared = (pieces: Sql): Sql =>
    sql`CAST(round(CAST(amount - coalesce(refund, 0) AS DOUBLE) * (${pieces}) / all_pieces, CAST(${layout.moneyScale} AS INTEGER)) AS ${money})`;
  return sql`WITH weighed AS (SELECT *, CASE WHEN coalesce(quantity, 0) = 0 THEN 1 ELSE abs(quantity) END AS pieces
  FROM ${table('line_keys')} WHERE order_key IS NOT NULL),
placed AS (SELECT *, sum(pieces) OVER (PARTITION BY order_key ORDER BY source_file, source_row ROWS UNBOUNDED PRECEDING) AS pieces_so_far,
    sum(pieces) OVER (PARTITION BY order_key) AS all_pieces, bool_and(own IS NOT NULL) OVER (PARTITION BY order_key) AS all_own
  FROM weighed),
lines AS (SELECT order_key, product_id, category, quantity, source_file, source_row, 0 AS part,
    CASE WHEN all_own THEN own ELSE ${shared(sql`pieces_so_far`)} - ${shared(sql`pieces_so_far - pieces`)} END AS money
  FROM placed JOIN (SELECT order_key, amount, refund FROM ${table('order_keys')}) USING (order_key)
  UNION ALL
  SELECT order_key, NULL, NULL, NULL, source_file, source_row, 1, -refund FROM ${table('order_keys')}
  WHERE refund > 0 AND order_key IN (SELECT order_key FROM placed WHERE all_own)
  UNION ALL
  SELECT order_key, NULL, NULL, NULL, source_file, source_row, 2, amount - coalesce(refund, 0) FROM ${table('order_keys')}
  WHERE order_key NOT IN (SELECT order_key FROM placed))
SELECT order_key, account_key, ordered_at, CAST(money AS ${money}) AS amount,
  (SELECT 2 * count(*) FILTER (WHERE order_id SIMILAR TO '[0-9].*') > count(order_id) FROM ${table('order_keys')}) AND coalesce(order_id SIMILAR TO '[cC][0-9].*', FALSE) AS cancel_mark,
  lines.source_row${product}${quantity}${labels}, lines.source_file
FROM lines JOIN (SELECT order_key, order_id, account_key, ordered_at, channel, store, payment, city, status FROM ${table('order_keys')}) USING (order_key)${joined}
WHERE money IS NOT NULL ORDER BY order_key, lines.part, lines.source_file, lines.source_row`;
}

/** What is in no line: lines without their order, and orders or lines without money. */
function leftOut(): Sql {
  const lost = sql`order_key NOT IN (SELECT order_key FROM ${table('order_lines')})`;
  return sql`INSERT INTO ${table('left_out_rows')}
SELECT source_file, source_line, CASE WHEN order_key IS NULL THEN 'order-not-found' ELSE 'no-amount' END, '', coalesce(order_id, ''), raw
FROM ${table('line_keys')} WHERE order_key IS NULL OR ${lost}
UNION ALL
SELECT source_file, source_line, 'order-without-lines', '', coalesce(order_id, ''), coalesce(order_id, '') FROM ${table('order_keys')}
WHERE ${lost} AND order_key NOT IN (SELECT order_key FROM ${table('line_keys')} WHERE order_key IS NOT NULL)`;
}
