import { sql, type SqlValue } from '../../src/core/sql';
import type { Db } from '../../src/db/db';
import { createCanonicalTables, type TableLayout } from '../../src/db/schema';

export interface SmallOrder {
  readonly orderId: string;
  readonly customerId: string | null;
  /** `2024-01-03 08:05:00` */
  readonly orderedAt: string;
  /** Exact, two decimals. */
  readonly amount: string;
  readonly isPurchase?: boolean;
  readonly productId?: string;
}

export const SMALL_LAYOUT: TableLayout = {
  moneyScale: 2,
  quantityScale: 0,
  hasOrderId: true,
  hasProduct: true,
  hasQuantity: false,
  labels: ['channel'],
};

/**
 * Fills the canonical tables and `purchases` with one line an order, customer keys in the byte order
 * of the ids as an import gives them.
 */
export async function openSmallShop(db: Db, orders: readonly SmallOrder[]): Promise<void> {
  for (const statement of createCanonicalTables(SMALL_LAYOUT)) await db.exec(statement);
  const ids = [...new Set(orders.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))];
  const byBytes = ids.toSorted(compareBytes);
  const products = [...new Set(orders.map(({ productId }) => productId ?? 'P1'))].toSorted();
  for (const [key, id] of byBytes.entries()) {
    await db.exec(sql`INSERT INTO customers VALUES (${key}, ${id})`);
    await db.exec(sql`INSERT INTO accounts VALUES (${ids.indexOf(id)}, ${key})`);
  }
  for (const [key, id] of products.entries()) await db.exec(sql`INSERT INTO products VALUES (${key}, ${id})`);
  await db.exec(
    sql`CREATE OR REPLACE TABLE purchases (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN)`,
  );
  for (const [key, order] of orders.entries()) {
    const customerKey: SqlValue = order.customerId === null ? null : byBytes.indexOf(order.customerId);
    const productKey = products.indexOf(order.productId ?? 'P1');
    await db.exec(sql`INSERT INTO orders VALUES (${key}, ${order.orderId})`);
    const accountKey: SqlValue = order.customerId === null ? null : ids.indexOf(order.customerId);
    await db.exec(sql`INSERT INTO order_lines VALUES (${key}, ${accountKey}, CAST(${order.orderedAt} AS TIMESTAMP),
      CAST(${order.amount} AS DECIMAL(18, 2)), false, ${key + 2}, ${productKey}, 'app')`);
    await db.exec(sql`INSERT INTO purchases VALUES (${key}, ${customerKey}, CAST(${order.orderedAt} AS TIMESTAMP),
      CAST(${order.amount} AS DECIMAL(18, 2)), ${order.isPurchase ?? true})`);
  }
}

/** UTF-8 keeps the order of code points, so comparing these compares bytes. */
function compareBytes(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const difference = (first[i]?.codePointAt(0) ?? 0) - (second[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

/** Texts that break naive writers and readers; each different, none with a lone surrogate. */
export const NAUGHTY_IDS: readonly string[] = [
  '000123',
  '123456789012345678',
  '=1+1',
  "'=1+1",
  "''+2",
  '+8613812345678',
  '-5',
  '@SUM(A1)',
  '\tTAB',
  "O'Brien",
  'a,b',
  'say "hi"',
  'two\nlines',
  'two\r\nlines',
  '\\n \\- \\',
  ' leading',
  'trailing ',
  '<script>alert(1)</script>',
  "'; DROP TABLE customers; --",
  '王小明',
  '𠮷野家👨‍👩‍👧',
  'NULL',
  '_x0041_',
  '%s%n',
  '\u202eabc',
  '1E5',
];
