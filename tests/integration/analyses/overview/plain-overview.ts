/** The overview counted again over plain rows: the independent route of the tests. */
import type { LineColumns, SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { createRandom } from '../../../../src/core/random';
import { literal, Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';

/** Lines of one `order` share customer and time; an order whose lines come to nothing is no purchase. */
export interface PlainLine {
  readonly order: number;
  readonly customer: number | null;
  /** `YYYY-MM-DD HH:MM:SS` */
  readonly at: string;
  readonly cents: number;
  readonly quantity: number;
  readonly channel: string | null;
  readonly category: string | null;
}

export const raw = (text: string): Sql => new Sql([text], []);

export const COLUMNS: LineColumns = { hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] };

/** Tables that are filled already. */
export function filledTables(columns: LineColumns = COLUMNS, hasCity = false): SaleTables {
  return {
    lines: () => Promise.resolve(columns),
    attributes: () =>
      Promise.resolve({
        texts: hasCity ? ['city'] : [],
        hasBirthday: false,
        hasAge: false,
        hasRegisteredAt: false,
      }),
  };
}

const text = (value: string | null): string => (value === null ? 'NULL' : literal(value));
const money = (cents: number): string => (cents / 100).toFixed(2);

export interface PlainOrder {
  readonly order: number;
  readonly customer: number | null;
  readonly at: string;
  readonly cents: number;
  readonly isPurchase: boolean;
}

export function ordersOf(lines: readonly PlainLine[]): readonly PlainOrder[] {
  const cents = new Map<number, number>();
  for (const line of lines) cents.set(line.order, (cents.get(line.order) ?? 0) + line.cents);
  const first = new Map(lines.toReversed().map((line) => [line.order, line]));
  return [...first.values()].map(({ order, customer, at }) => ({
    order,
    customer,
    at,
    cents: cents.get(order) ?? 0,
    isPurchase: (cents.get(order) ?? 0) > 0,
  }));
}

/** Fills `purchases` and `sale_lines`, the labels as ENUMs as the app has them. */
export async function fillLines(db: Db, lines: readonly PlainLine[]): Promise<void> {
  const orders = ordersOf(lines);
  const isPurchase = new Map(orders.map((order) => [order.order, order.isPurchase]));
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE purchases (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN)',
    ),
  );
  await db.exec(
    raw('DROP TABLE IF EXISTS sale_lines; DROP TYPE IF EXISTS test_channel; DROP TYPE IF EXISTS test_category'),
  );
  for (const name of ['channel', 'category'] as const) {
    const values = [...new Set(lines.flatMap((line) => line[name] ?? []))].toSorted();
    await db.exec(raw(`CREATE TYPE test_${name} AS ENUM (${values.length === 0 ? "''" : values.map(text).join()})`));
  }
  await db.exec(
    raw(
      'CREATE TABLE sale_lines (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), quantity DECIMAL(18, 0), is_purchase BOOLEAN, channel test_channel, category test_category)',
    ),
  );
  if (lines.length === 0) return;
  const head = ({ order, customer, at, cents }: Pick<PlainLine, 'order' | 'customer' | 'at' | 'cents'>): string =>
    `${order}, ${customer ?? 'NULL'}, TIMESTAMP '${at}', ${money(cents)}`;
  await db.exec(
    raw(`INSERT INTO purchases VALUES ${orders.map((order) => `(${head(order)}, ${order.isPurchase})`).join()}`),
  );
  await db.exec(
    raw(
      `INSERT INTO sale_lines VALUES ${lines
        .map(
          (line) =>
            `(${head(line)}, ${line.quantity}, ${isPurchase.get(line.order)}, ${text(line.channel)}, ${text(line.category)})`,
        )
        .join()}`,
    ),
  );
}

/** The figures of lines from one day to before another, by sorting and counting; money in cents. */
export function plainFigures(all: readonly PlainLine[], from: string, to: string) {
  const lines = all.filter(({ at }) => at >= from && at < to);
  const orders = ordersOf(lines);
  const bought = orders.filter((order) => order.isPurchase);
  const ordersEach = new Map<number, number>();
  for (const { customer } of bought) {
    if (customer !== null) ordersEach.set(customer, (ordersEach.get(customer) ?? 0) + 1);
  }
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    customers: ordersEach.size,
    repeatCustomers: [...ordersEach.values()].filter((count) => count > 1).length,
    orders: bought.length,
    identifiedOrders: bought.filter(({ customer }) => customer !== null).length,
    revenue: sum(orders.map(({ cents }) => cents)) / 100,
    identifiedRevenue: sum(orders.map(({ customer, cents }) => (customer === null ? 0 : cents))) / 100,
    items: sum(lines.map(({ quantity }) => quantity)),
    revenueOfAll: sum(orders.map(({ cents }) => cents)) / 100,
  };
}

/** Revenue in cents and customers with a purchase, by value of a label ('' = not given). */
export function plainValues(all: readonly PlainLine[], label: 'channel' | 'category', from: string, to: string) {
  const isPurchase = new Map(ordersOf(all).map((order) => [order.order, order.isPurchase]));
  const found: Record<string, { cents: number; customers: Set<number> }> = {};
  for (const line of all) {
    if (line.at < from || line.at >= to) continue;
    const value = (found[line[label] ?? ''] ??= { cents: 0, customers: new Set() });
    value.cents += line.cents;
    if (line.customer !== null && isPurchase.get(line.order) === true) value.customers.add(line.customer);
  }
  return found;
}

/** A shop of two years: regulars and one-timers, refunds inside orders and alone, orders of nobody, lines without labels. */
export function shop(orders: number, seed: number, categories = 5): readonly PlainLine[] {
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const names = Array.from({ length: categories }, (_, i) => `Kind's ${String(i).padStart(2, '0')}`);
  return Array.from({ length: orders }, (_, order) => {
    const customer = random() < 0.15 ? null : Math.floor(random() ** 2 * (orders / 3));
    const at = new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 731 * 86_400) * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    const channel = random() < 0.05 ? null : pick(['store', 'app', '微信']);
    return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      const sign = random() < 0.12 ? -1 : 1;
      return {
        order,
        customer,
        at,
        cents: sign * Math.floor(random() * 40_000),
        quantity: sign * (1 + Math.floor(random() * 3)),
        channel,
        category: random() < 0.03 ? null : pick(names),
      };
    });
  }).flat();
}
