import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { crossfilter, filtersOf, type CrossfilterResult } from '../../../../src/analyses/crossfilter/crossfilter';
import { membersQuery } from '../../../../src/analyses/crossfilter/crossfilter.sql';
import { CROSSFILTER_DEFAULTS } from '../../../../src/analyses/crossfilter/crossfilter-params';
import { binCount, type DimensionId, type Filters } from '../../../../src/analyses/crossfilter/dimensions';
import { createRandom } from '../../../../src/core/random';
import { printSql, Sql, sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import type { BinFilter } from '../../../../src/kernels/crossfilter/brush-cube';
import { plainFigures } from '../../../unit/kernels/crossfilter/plain-crossfilter';
import {
  BARE_TABLES,
  fillShop,
  FULL_TABLES,
  plainBin,
  plainCustomers,
  randomShop,
  type PlainLine,
  type PlainShop,
} from './plain-customers';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const ASOF = '2024-07-01';
const everyone = (from: string | null = null, asOf = ASOF): Scope => ({ asOf, from, audience: null });

async function run(scope: Scope, filters: Filters = {}, tables: SaleTables = FULL_TABLES): Promise<CrossfilterResult> {
  return crossfilter.run({ db, tables, scope, churnWindowDays: null }, { ...CROSSFILTER_DEFAULTS, filters });
}

async function idsOf(members: Sql): Promise<readonly string[]> {
  const printed = new Sql([printSql(members)], []);
  const rows = await db.query(
    sql`SELECT customer_id FROM customers JOIN (${printed}) USING (customer_key) ORDER BY customer_key`,
    { customer_id: 'text' },
  );
  return rows.map(({ customer_id }) => customer_id);
}

const sell = (customer: string | null, at: string, cents: number, channel: string | null = 'app'): PlainLine => ({
  customer,
  at: at.length === 10 ? `${at} 12:00:00` : at,
  cents,
  isPurchase: true,
  channel,
});
const refund = (customer: string, at: string, cents: number): PlainLine => ({
  ...sell(customer, at, -cents, 'store'),
  isPurchase: false,
});

describe('a shop small enough for the hand', () => {
  const shop: PlainShop = {
    lines: [
      sell("O'Neil", '2024-06-30 23:59:59', 10_000),
      sell("O'Neil", '2024-05-31', 10_000, 'store'),
      sell('b"quoted"', '2024-06-20', 5_000, 'store'),
      refund('b"quoted"', '2024-06-25', 2_000),
      sell('张三', '2024-01-01', 1_234, null),
      refund('refunds only', '2024-05-01', 700),
      sell(null, '2024-06-15', 4_000),
      sell('too late', '2024-07-01 00:00:00', 99_900),
    ],
    members: {
      "O'Neil": { birthday: '1984-07-01', age: 12, gender: 'M', city: null },
      'b"quoted"': { birthday: '1984-07-02', age: null, gender: null, city: "L'Aquila" },
      张三: { birthday: '1850-01-01', age: null, gender: 'F', city: null },
      'no orders': { birthday: '1990-01-01', age: null, gender: 'F', city: null },
    },
  };
  const columns = {
    customer_key: 'integer',
    orders: 'integer',
    revenue: 'decimal',
    recency: 'integer?',
    frequency: 'integer?',
    money: 'decimal',
    order_value: 'double?',
    tenure: 'integer?',
    age: 'integer?',
    gender: 'text?',
    city: 'text?',
    channel: 'text?',
  } as const;

  it('knows of each customer what the definitions say, birthdays and midnights to the day', async () => {
    await fillShop(db, shop);
    const { statement } = await run(everyone());
    const rows = await db.query(new Sql([printSql(statement)], []), columns);
    // b"quoted" turns 40 on the day after as-of; 张三 would be 174; 10.00 in each channel: the first by the alphabet.
    expect(rows.map((row) => Object.values(row).slice(1))).toEqual([
      [2, 200, 1, 2, 200, 100, 31, 40, 'M', null, 'app'],
      [1, 30, 11, 1, 30, 30, 11, 39, null, "L'Aquila", 'store'],
      [0, -7, null, null, -7, null, null, null, null, null, 'store'],
      [1, 12.34, 182, 1, 12.34, 12.34, 182, null, 'F', null, null],
    ]);
  });

  it('rests on everyone who bought or was refunded, and on the cent', async () => {
    await fillShop(db, shop);
    const { population, everyone: all, moneyUnits } = await run(everyone());
    expect(population).toMatchObject({ customers: 3, orders: 4, revenue: 235.34, revenueOfAll: 275.34 });
    expect([all.customers, all.orders, all.money, moneyUnits]).toEqual([4, 4, 23_534, 100]);
  });

  it('takes measures from the period alone, and the tenure from the first purchase of all', async () => {
    await fillShop(db, shop);
    const { statement } = await run(everyone('2024-06-01'));
    const rows = await db.query(new Sql([printSql(statement)], []), columns);
    expect(rows.map(({ orders, money, tenure, channel }) => [orders, money, tenure, channel])).toEqual([
      [1, 100, 31, 'app'],
      [1, 30, 11, 'store'],
    ]);
  });

  it('lists the customers of a choice, with quotes in what is chosen', async () => {
    await fillShop(db, shop);
    const result = await run(everyone());
    const choose = async (filters: Filters): Promise<readonly string[]> =>
      idsOf(membersQuery(result.scope, result.dimensions, filtersOf(result.dimensions, filters)));
    const labels = (...chosen: string[]) => ({ labels: chosen, others: false, unknown: false });
    const unknown = { labels: [], others: false, unknown: true };
    expect(await choose({ city: labels("L'Aquila") })).toEqual(['b"quoted"']);
    expect(await choose({ recency: unknown })).toEqual(['refunds only']);
    expect(await choose({ channel: labels('app', 'store'), gender: unknown })).toEqual(['b"quoted"', 'refunds only']);
    expect(await choose({ frequency: { from: 2, to: null } })).toEqual(["O'Neil"]);
    expect(await choose({})).toEqual(["O'Neil", 'b"quoted"', 'refunds only', '张三']);
  });

  it('shows orders alone where the data has nothing more, and says what is missing', async () => {
    await fillShop(db, shop);
    const { dimensions, missing } = await run(everyone(), {}, BARE_TABLES);
    expect(dimensions.map(({ id }) => id)).toEqual(['recency', 'frequency', 'money', 'order_value', 'tenure']);
    expect(missing).toContain('age');
  });

  it('has nothing to show of an empty period or of an empty table', async () => {
    await fillShop(db, shop);
    const nobody = { customers: 0, orders: 0, money: 0, dimensions: [] };
    expect(await run(everyone(null, '2020-01-01'))).toMatchObject({
      dimensions: [],
      everyone: nobody,
      figures: nobody,
    });
    await fillShop(db, { lines: [], members: {} });
    expect((await run(everyone())).population).toMatchObject({ customers: 0, orders: 0, revenue: 0 });
  });
});

describe('against crossfiltering row by row', () => {
  const shop = randomShop(700, 17);
  const scopes: readonly (readonly [from: string | null, audience: Sql | null])[] = [
    [null, null],
    ['2023-09-01', null],
    [null, sql`SELECT customer_key FROM customers WHERE customer_id <> ${'o\'0"'} AND customer_key % 3 > 0`],
  ];

  it.each(scopes)('has the same figures and members for any filters, from %s', async (from, audience) => {
    await fillShop(db, shop);
    const scope: Scope = { asOf: ASOF, from, audience };
    const allowed = new Set(audience === null ? [] : await idsOf(audience));
    const customers = plainCustomers(shop, ASOF, from ?? '').filter(({ id }) => audience === null || allowed.has(id));
    const random = createRandom(4);
    const open = await run(scope);
    expect(open.dimensions.map(({ id }) => id)).toEqual([
      'recency',
      'frequency',
      'money',
      'order_value',
      'tenure',
      'age',
      'gender',
      'city',
      'channel',
    ] satisfies DimensionId[]);
    const { dimensions } = open;
    const counts = dimensions.map(binCount);
    const chunk = {
      bins: dimensions.map((dimension) => Uint8Array.from(customers, (customer) => plainBin(dimension, customer))),
      orders: Int32Array.from(customers, ({ orders }) => orders),
      money: Float64Array.from(customers, ({ cents }) => cents),
    };
    expect(open.everyone).toEqual(plainFigures(chunk, counts, []));
    for (let round = 0; round < 8; round++) {
      const filters: Filters = Object.fromEntries(
        dimensions
          .filter(() => random() < 0.4)
          .map((dimension) => {
            const dice = random();
            if ('labels' in dimension || dice < 0.2) {
              const labels = 'labels' in dimension ? dimension.labels.filter(() => random() < 0.5) : [];
              return [dimension.id, { labels, others: random() < 0.5, unknown: 'cuts' in dimension || random() < 0.5 }];
            }
            const [a, b] = [random(), random()]
              .map((share) => dimension.cuts[Math.floor(share * dimension.cuts.length)] ?? 0)
              .toSorted((x, y) => x - y);
            return [dimension.id, { from: dice < 0.4 ? null : a, to: dice > 0.8 || a === b ? null : b }];
          }),
      );
      const bins = filtersOf(dimensions, filters);
      const expected = plainFigures(chunk, counts, bins);
      expect((await run(scope, filters)).figures).toEqual(expected);
      const passes = (bin: number, filter: BinFilter): boolean =>
        filter === null || filter.some(([start, end]) => bin >= start && bin < end);
      expect(await idsOf(membersQuery(scope, dimensions, bins))).toEqual(
        customers
          .filter((_, row) =>
            dimensions.every((_, place) => passes(chunk.bins[place]?.[row] ?? -1, bins[place] ?? null)),
          )
          .map(({ id }) => id)
          .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
      );
    }
  });
});
