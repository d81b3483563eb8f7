/** Customers and their values written again in plain TypeScript: the independent route of the tests. */
import type { Dimension } from '../../../../src/analyses/crossfilter/dimensions';
import { createRandom } from '../../../../src/core/random';
import { literal, Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';

export interface PlainLine {
  readonly customer: string | null;
  /** `YYYY-MM-DD HH:MM:SS` */
  readonly at: string;
  readonly cents: number;
  readonly isPurchase: boolean;
  readonly channel: string | null;
}

export interface PlainMember {
  readonly birthday: string | null;
  readonly age: number | null;
  readonly gender: string | null;
  readonly city: string | null;
}

export interface PlainShop {
  readonly lines: readonly PlainLine[];
  readonly members: Readonly<Record<string, PlainMember>>;
}

/** What is known of a customer, by dimension; null = unknown. */
export interface PlainCustomer {
  readonly id: string;
  readonly orders: number;
  readonly cents: number;
  readonly values: Readonly<Record<string, number | string | null>>;
}

const raw = (text: string): Sql => new Sql([text], []);
const text = (value: string | null): string => (value === null ? 'NULL' : literal(value));

/** One line an order; every customer of a line or a member is in `customers`. */
export async function fillShop(db: Db, { lines, members }: PlainShop): Promise<void> {
  const named = lines.flatMap(({ customer }) => (customer === null ? [] : [customer]));
  const ids = [...new Set([...named, ...Object.keys(members)])].toSorted((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  const keyOf = (customer: string | null): string => (customer === null ? 'NULL' : String(ids.indexOf(customer)));
  await db.exec(raw('CREATE OR REPLACE TABLE customers (customer_key INTEGER, customer_id VARCHAR)'));
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE purchases (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN)',
    ),
  );
  await db.exec(raw('DROP TABLE IF EXISTS sale_lines'));
  await db.exec(raw('DROP TYPE IF EXISTS sale_channel'));
  const channels = [...new Set(lines.flatMap(({ channel }) => (channel === null ? [] : [channel])))];
  // The engine's order of an ENUM is not the alphabet's.
  await db.exec(raw(`CREATE TYPE sale_channel AS ENUM (${['', ...channels.toReversed()].map(literal).join()})`));
  await db.exec(
    raw(
      'CREATE TABLE sale_lines (order_key INTEGER, customer_key INTEGER, ordered_at TIMESTAMP, amount DECIMAL(18, 2), is_purchase BOOLEAN, channel sale_channel)',
    ),
  );
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE customer_attributes (customer_key INTEGER, gender VARCHAR, city VARCHAR, level VARCHAR, registration_channel VARCHAR, birthday DATE, age INTEGER, registered_at TIMESTAMP)',
    ),
  );
  if (ids.length > 0)
    await db.exec(raw(`INSERT INTO customers VALUES ${ids.map((id, key) => `(${key}, ${literal(id)})`).join()}`));
  if (lines.length > 0) {
    const rows = lines.map(
      ({ customer, at, cents, isPurchase }, order) =>
        `${order}, ${keyOf(customer)}, TIMESTAMP '${at}', ${(cents / 100).toFixed(2)}, ${isPurchase}`,
    );
    await db.exec(raw(`INSERT INTO purchases VALUES ${rows.map((row) => `(${row})`).join()}`));
    await db.exec(
      raw(
        `INSERT INTO sale_lines VALUES ${rows.map((row, order) => `(${row}, ${text(lines[order]?.channel ?? null)})`).join()}`,
      ),
    );
  }
  if (ids.length > 0) {
    const rows = ids.map((id, key) => {
      const member = members[id] ?? { birthday: null, age: null, gender: null, city: null };
      return `(${key}, ${text(member.gender)}, ${text(member.city)}, NULL, NULL, ${text(member.birthday)}, ${member.age ?? 'NULL'}, NULL)`;
    });
    await db.exec(raw(`INSERT INTO customer_attributes VALUES ${rows.join()}`));
  }
}

export const FULL_TABLES: SaleTables = {
  lines: async () => ({ hasQuantity: false, hasProduct: false, labels: ['channel'] }),
  attributes: async () => ({ texts: ['gender', 'city'], hasBirthday: true, hasAge: true, hasRegisteredAt: false }),
};

export const BARE_TABLES: SaleTables = {
  lines: async () => ({ hasQuantity: false, hasProduct: false, labels: [] }),
  attributes: async () => ({ texts: [], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};

const days = (from: string, to: string): number =>
  (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / 86_400_000;

/** Years gone by between two days, by the calendar. */
function yearsBetween(birthday: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthday.slice(0, 4));
  return day.slice(5) < birthday.slice(5) ? years - 1 : years;
}

export function plainCustomers({ lines, members }: PlainShop, asOf: string, from = ''): readonly PlainCustomer[] {
  const ids = [...new Set(lines.flatMap(({ customer }) => (customer === null ? [] : [customer])))];
  return ids.flatMap((id) => {
    const before = lines.filter(({ customer, at }) => customer === id && at < asOf);
    const inside = before.filter(({ at }) => at >= from);
    if (inside.length === 0) return [];
    const bought = inside.filter(({ isPurchase }) => isPurchase);
    const last = bought
      .map(({ at }) => at)
      .toSorted()
      .toReversed()[0];
    const first = before
      .filter(({ isPurchase }) => isPurchase)
      .map(({ at }) => at)
      .toSorted()[0];
    const cents = inside.reduce((sum, line) => sum + line.cents, 0);
    const spent = new Map<string, number>();
    for (const { channel, cents: amount } of inside)
      if (channel !== null) spent.set(channel, (spent.get(channel) ?? 0) + amount);
    const [channel] = [...spent].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? [null];
    const member = members[id];
    const birthday = member?.birthday ?? null;
    const age = birthday === null ? (member?.age ?? null) : yearsBetween(birthday, asOf);
    return [
      {
        id,
        orders: bought.length,
        cents,
        values: {
          recency: last === undefined ? null : days(last, asOf),
          frequency: bought.length === 0 ? null : bought.length,
          money: cents / 100,
          order_value: bought.length === 0 ? null : cents / 100 / bought.length,
          tenure: first === undefined ? null : days(first, asOf),
          age: age !== null && age >= 0 && age <= 120 ? age : null,
          gender: member?.gender ?? null,
          city: member?.city ?? null,
          channel,
        },
      },
    ];
  });
}

/** The bin of a customer, found by looking through the dimension's own description of its bins. */
export function plainBin(dimension: Dimension, { values }: PlainCustomer): number {
  const value = values[dimension.id] ?? null;
  if ('cuts' in dimension) {
    if (value === null) return dimension.cuts.length + 1;
    return dimension.cuts.filter((cut) => Number(value) >= cut).length;
  }
  const known = dimension.labels.length + Math.min(1, dimension.others);
  if (value === null) return known;
  const place = dimension.labels.indexOf(String(value));
  return place === -1 ? known - 1 : place;
}

/** A shop of many one-time buyers, refunds, orders of nobody, odd names and members who say little. */
export function randomShop(customers: number, seed: number): PlainShop {
  const random = createRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() ** 1.5 * values.length)] as T;
  const at = (): string =>
    new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 600) * 86_400_000 + Math.floor(random() * 86_400) * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  const cities = Array.from({ length: 25 }, (_, place) => (place === 3 ? "L'Aquila" : `城市 ${place}`));
  const lines: PlainLine[] = [];
  const members: Record<string, PlainMember> = {};
  for (let i = 0; i < customers; i++) {
    const id = i % 9 === 0 ? `o'${i}"` : `c${i}`;
    const orders = random() < 0.4 ? 1 : 1 + Math.floor(random() ** 3 * 15);
    const line = (cents: number, isPurchase: boolean): PlainLine => ({
      customer: random() < 0.05 ? null : id,
      at: at(),
      cents,
      isPurchase,
      channel: random() < 0.1 ? null : pick(['App', 'app', '门店', 'web "x"']),
    });
    for (let j = 0; j < orders; j++) lines.push(line(Math.floor(random() ** 4 * 90_000) + 500, true));
    if (random() < 0.15) lines.push(line(-Math.floor(random() * 30_000), false));
    if (random() < 0.8)
      members[id] = {
        birthday: random() < 0.6 ? `${1920 + Math.floor(random() * 95)}-02-${10 + Math.floor(random() * 19)}` : null,
        age: random() < 0.3 ? Math.floor(random() * 130) : null,
        gender: random() < 0.2 ? null : pick(['F', 'M']),
        city: random() < 0.1 ? null : pick(cities),
      };
  }
  return { lines, members };
}
