import { sql, ident, join, EMPTY, type Sql } from '../core/sql';

/** Optional low-cardinality columns of an order line, kept as text when the file has them. */
export const LINE_LABELS = ['category', 'channel', 'store', 'payment', 'city', 'status'] as const;
export type LineLabel = (typeof LINE_LABELS)[number];

/** What the import found in the file beyond the columns that every dataset has. */
export interface TableLayout {
  /** Digits after the point that the money needs, 0..6. */
  readonly moneyScale: number;
  /** Digits after the point of the quantities, 0..6. */
  readonly quantityScale: number;
  readonly hasOrderId: boolean;
  readonly hasProduct: boolean;
  readonly hasQuantity: boolean;
  readonly labels: readonly LineLabel[];
}

export const CANONICAL_TABLES = ['customers', 'accounts', 'products', 'orders', 'order_lines', 'left_out'] as const;
export type CanonicalTable = (typeof CANONICAL_TABLES)[number];

/**
 * The tables an import fills, in the order of their columns. Rows of order_lines lie in the order of the
 * file (source_row ascending), because they are written while it is being read.
 *
 * - An account is a customer id as the file writes it; account_key is dense, in the order in which the
 *   file first names them, and NULL on lines that name none. `accounts` says which customer each belongs
 *   to: all of them, so that a join of lines with accounts loses only the lines of nobody.
 * - customer_key is dense and follows the byte order of customer_id, so ordering by the key is ordering by
 *   the id.
 * - order_key is dense, in the order in which the file first names the orders; an order is of one account.
 *
 * `suffix` is appended to every name, for tables that take the place of others only once they are full.
 */
export function createCanonicalTables(layout: TableLayout, suffix = ''): readonly Sql[] {
  return [...createFixedTables(suffix), createOrderLines(layout, suffix)];
}

/** The canonical tables that are the same whatever is in the file. */
export function createFixedTables(suffix = ''): readonly Sql[] {
  const table = (name: CanonicalTable): Sql => ident(name + suffix);
  return [
    sql`CREATE OR REPLACE TABLE ${table('customers')} (customer_key INTEGER, customer_id VARCHAR)`,
    sql`CREATE OR REPLACE TABLE ${table('accounts')} (account_key INTEGER, customer_key INTEGER)`,
    sql`CREATE OR REPLACE TABLE ${table('products')} (product_key INTEGER, product_id VARCHAR)`,
    sql`CREATE OR REPLACE TABLE ${table('orders')} (order_key INTEGER, order_id VARCHAR)`,
    sql`CREATE OR REPLACE TABLE ${table('left_out')} (line INTEGER, reason VARCHAR, column_name VARCHAR, value VARCHAR, raw VARCHAR)`,
  ];
}

/** The table of lines. Its scales are those that the first lines need. */
export function createOrderLines(layout: TableLayout, suffix = ''): Sql {
  const labels = join(
    layout.labels.map((label) => sql`, ${ident(label)} VARCHAR`),
    EMPTY,
  );
  return sql`CREATE OR REPLACE TABLE ${ident(`order_lines${suffix}`)} (
  order_key INTEGER, account_key INTEGER, ordered_at TIMESTAMP, amount ${decimal(layout.moneyScale)},
  cancel_mark BOOLEAN, source_row INTEGER${layout.hasProduct ? sql`, product_key INTEGER` : EMPTY}${
    layout.hasQuantity ? sql`, quantity ${decimal(layout.quantityScale)}` : EMPTY
  }${labels})`;
}

/** Gives the numbers of the lines the scales that later lines need. Exact: scales only grow, and the import sees to the room. */
export function widenOrderLines(layout: TableLayout, suffix = ''): Sql {
  const table = ident(`order_lines${suffix}`);
  const quantity = layout.hasQuantity
    ? sql`; ALTER TABLE ${table} ALTER quantity TYPE ${decimal(layout.quantityScale)}`
    : EMPTY;
  return sql`ALTER TABLE ${table} ALTER amount TYPE ${decimal(layout.moneyScale)}${quantity}`;
}

/** Takes every cancel_mark off the lines. The column is written anew, which an UPDATE would keep twice. */
export function clearCancelMarks(suffix = ''): Sql {
  return sql`ALTER TABLE ${ident(`order_lines${suffix}`)} ALTER cancel_mark TYPE BOOLEAN USING FALSE`;
}

/** DECIMAL(18, scale); a scale of 0 still is a DECIMAL so that sums stay exact and alike. */
export function decimal(scale: number): Sql {
  const types = [
    sql`DECIMAL(18, 0)`,
    sql`DECIMAL(18, 1)`,
    sql`DECIMAL(18, 2)`,
    sql`DECIMAL(18, 3)`,
    sql`DECIMAL(18, 4)`,
    sql`DECIMAL(18, 5)`,
    sql`DECIMAL(18, 6)`,
  ];
  const type = types[scale];
  if (type === undefined) throw new RangeError(`invalid scale: ${scale} (needs 0..6)`);
  return type;
}
