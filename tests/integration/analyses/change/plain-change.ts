/** The comparison of two periods written again in plain TypeScript, in whole cents: the independent route of the tests. */
import { literal, printSql, Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';

/** A line of an order. An order whose lines come to zero or less is no purchase. */
export interface PlainLine {
  readonly order: number;
  readonly customer: string | null;
  /** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, the same for all lines of an order */
  readonly at: string;
  readonly cents: number;
  readonly quantity: number;
  readonly category: string | null;
  readonly channel: string | null;
}

export const raw = (text: string): Sql => new Sql([text], []);

/** Fills the tables that the analysis reads; `genders` by customer. */
export async function fillTables(
  db: Db,
  lines: readonly PlainLine[],
  genders: Readonly<Record<string, string>> = {},
): Promise<void> {
  const ids = [...new Set(lines.flatMap(({ customer }) => (customer === null ? [] : [customer])))].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const keys = new Map(ids.map((id, key) => [id, key]));
  const text = (value: string | null): string => (value === null ? 'NULL' : literal(value));
  const totals = totalsByOrder(lines);
  await db.exec(
    raw('DROP TABLE IF EXISTS sale_lines; DROP TYPE IF EXISTS sale_category; DROP TYPE IF EXISTS sale_channel'),
  );
  for (const label of ['category', 'channel'] as const) {
    const values = [...new Set(lines.flatMap((line) => line[label] ?? []))].sort();
    await db.exec(raw(`CREATE TYPE sale_${label} AS ENUM (${values.map((value) => literal(value)).join()})`));
  }
  await db.exec(raw('CREATE OR REPLACE TABLE customers (customer_key INTEGER, customer_id VARCHAR)'));
  await db.exec(raw('CREATE OR REPLACE TABLE customer_attributes (customer_key INTEGER, gender VARCHAR)'));
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE purchases (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN)',
    ),
  );
  await db.exec(
    raw(
      'CREATE TABLE sale_lines (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), quantity DECIMAL(18, 1), is_purchase BOOLEAN, category sale_category, channel sale_channel)',
    ),
  );
  if (ids.length > 0) {
    await db.exec(raw(`INSERT INTO customers VALUES ${ids.map((id, key) => `(${key}, ${literal(id)})`).join()}`));
    await db.exec(
      raw(
        `INSERT INTO customer_attributes VALUES ${ids.map((id, key) => `(${key}, ${text(genders[id] ?? null)})`).join()}`,
      ),
    );
  }
  if (lines.length === 0) return;
  const key = (customer: string | null): string => (customer === null ? 'NULL' : String(keys.get(customer)));
  const heads = [...new Map(lines.map((line) => [line.order, line])).values()];
  await db.exec(
    raw(
      `INSERT INTO purchases VALUES ${heads.map(({ order, customer, at }) => `(${order}, ${key(customer)}, TIMESTAMP '${at}', ${money(totals.get(order))}, ${(totals.get(order) ?? 0) > 0})`).join()}`,
    ),
  );
  await db.exec(
    raw(
      `INSERT INTO sale_lines VALUES ${lines.map(({ order, customer, at, cents, quantity, category, channel }) => `(${order}, ${key(customer)}, TIMESTAMP '${at}', ${money(cents)}, ${quantity.toFixed(1)}, ${(totals.get(order) ?? 0) > 0}, ${text(category)}, ${text(channel)})`).join()}`,
    ),
  );
}

const money = (cents = 0): string => (cents / 100).toFixed(2);

function totalsByOrder(lines: readonly PlainLine[]): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  for (const { order, cents } of lines) totals.set(order, (totals.get(order) ?? 0) + cents);
  return totals;
}

export const TABLES: SaleTables = {
  lines: () => Promise.resolve({ hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] }),
  attributes: () => Promise.resolve({ texts: ['gender'], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};

export async function count(db: Db, members: Sql): Promise<number> {
  const rows = await db.query(
    raw(`SELECT count(DISTINCT customer_key) AS n, count(*) AS all FROM (${printSql(members)})`),
    {
      n: 'integer',
      all: 'integer',
    },
  );
  // A list names nobody twice, and never nobody.
  return rows[0]?.n === rows[0]?.all ? (rows[0]?.n ?? -1) : -1;
}

/** Half open: `from` <= at < `to`. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

const within = ({ at }: PlainLine, { from, to }: Window): boolean => at >= from && at < to;

/** Sums in whole cents and pieces. */
export interface PlainSums {
  readonly customers: number;
  readonly orders: number;
  readonly items: number;
  readonly revenue: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly unidentified: number;
}

/** What the lines of one period come to; `of` narrows them to a group, orders stay what they are in whole. */
export function plainSums(lines: readonly PlainLine[], window: Window, of: (line: PlainLine) => boolean): PlainSums {
  const totals = totalsByOrder(lines);
  const mine = lines.filter((line) => within(line, window) && of(line));
  const buyers = new Set(mine.filter(({ order }) => (totals.get(order) ?? 0) > 0).map(({ customer }) => customer));
  const sum = (rows: readonly PlainLine[], value: (line: PlainLine) => number): number =>
    rows.reduce((all, line) => all + value(line), 0);
  const bought = mine.filter(({ customer }) => customer !== null && buyers.has(customer));
  const returned = mine.filter(({ customer }) => customer !== null && !buyers.has(customer));
  const balance = (who: string | null): number =>
    sum(
      returned.filter(({ customer }) => customer === who),
      ({ cents }) => cents,
    );
  return {
    customers: [...buyers].filter((customer) => customer !== null).length,
    orders: new Set(bought.filter(({ order }) => (totals.get(order) ?? 0) > 0).map(({ order }) => order)).size,
    items: sum(bought, ({ quantity }) => quantity),
    revenue: sum(bought, ({ cents }) => cents),
    refunds: sum(returned, ({ cents }) => cents),
    refunded: [...new Set(returned.map(({ customer }) => customer))].filter((customer) => balance(customer) !== 0)
      .length,
    unidentified: sum(
      mine.filter(({ customer }) => customer === null),
      ({ cents }) => cents,
    ),
  };
}

/** What each known customer spent on each category in both periods, in cents. */
export function plainSpending(
  lines: readonly PlainLine[],
  before: Window,
  now: Window,
): ReadonlyMap<string, ReadonlyMap<string | null, { before: number; now: number }>> {
  const people = new Map<string, Map<string | null, { before: number; now: number }>>();
  for (const line of lines) {
    if (line.customer === null || (!within(line, before) && !within(line, now))) continue;
    const spent = people.get(line.customer) ?? new Map<string | null, { before: number; now: number }>();
    people.set(line.customer, spent);
    const sums = spent.get(line.category) ?? { before: 0, now: 0 };
    spent.set(line.category, sums);
    if (within(line, before)) sums.before += line.cents;
    if (within(line, now)) sums.now += line.cents;
  }
  return people;
}

/** The state of a customer by what they spent in all. */
export function plainState(spent: ReadonlyMap<string | null, { before: number; now: number }>): string {
  const sums = [...spent.values()];
  const before = sums.reduce((all, value) => all + value.before, 0);
  const now = sums.reduce((all, value) => all + value.now, 0);
  if (before > 0 && now > 0) return now > before ? 'more' : now < before ? 'less' : 'same';
  return now > 0 ? 'new' : before > 0 ? 'lapsed' : 'without';
}

/** Money that one customer moved from each falling to each rising category, in cents and parts of them. */
export function plainFlows(
  spent: ReadonlyMap<string | null, { before: number; now: number }>,
): readonly { readonly from: string | null; readonly to: string | null; readonly cents: number }[] {
  const changes = [...spent].map(([name, { before, now }]) => ({ name, change: now - before }));
  const falls = changes.filter(({ change }) => change < 0);
  const rises = changes.filter(({ change }) => change > 0);
  const loss = falls.reduce((all, { change }) => all - change, 0);
  const gain = rises.reduce((all, { change }) => all + change, 0);
  return falls.flatMap((fall) =>
    rises.map((rise) => ({
      from: fall.name,
      to: rise.name,
      cents: (-fall.change * rise.change) / Math.max(gain, loss),
    })),
  );
}
