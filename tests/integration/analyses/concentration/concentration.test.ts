import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { concentration, type ConcentrationResult } from '../../../../src/analyses/concentration/concentration';
import {
  CONCENTRATION_DEFAULTS,
  customersWithin,
  type ConcentrationParams,
} from '../../../../src/analyses/concentration/concentration-params';
import {
  selectClass,
  selectEveryone,
  selectWithoutPurchase,
  selectTop,
} from '../../../../src/analyses/concentration/selections';
import { addDays } from '../../../../src/core/dates';
import { printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { noSaleTables } from '../no-sale-tables';
import { fillTables, raw, type PlainPurchase } from '../rfm/plain-rfm';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const EVERYONE: Scope = { asOf: '2024-07-01', from: null, audience: null };

function run(params: Partial<ConcentrationParams> = {}, scope = EVERYONE): Promise<ConcentrationResult> {
  return concentration.run(
    { db, tables: noSaleTables, scope, churnWindowDays: null },
    { ...CONCENTRATION_DEFAULTS, ...params },
  );
}

const buy = (customer: string | null, cents: number, at = '2024-05-01'): PlainPurchase => ({
  customer,
  at,
  cents,
  isPurchase: true,
});
const refund = (customer: string, cents: number, at = '2024-06-01'): PlainPurchase => ({
  customer,
  at,
  cents: -cents,
  isPurchase: false,
});

/** The ids behind a selection, by the statement as it is printed. */
async function ids(members: Sql): Promise<readonly string[]> {
  const statement = sql`SELECT customer_id FROM customers WHERE customer_key IN (${raw(printSql(members))}) ORDER BY customer_key`;
  return (await db.query(statement, { customer_id: 'text' })).map(({ customer_id }) => customer_id);
}

describe('the worked example of the method note', () => {
  const example = [buy("O'Neil", 5_000), buy('b', 3_000), buy('c', 1_000), buy('张三', 500), buy('a"quoted"', 500)];

  it('gives the shares, the classes and the coefficient that are computed there by hand', async () => {
    await fillTables(db, example);
    const result = await run();
    expect(result.curve).toEqual([
      { x: 0, y: 0 },
      { x: 0.2, y: 0.5 },
      { x: 0.4, y: 0.8 },
      { x: 0.6, y: 0.9 },
      { x: 0.8, y: 0.95 },
      { x: 1, y: 1 },
    ]);
    expect(result.classes.map(({ id, customers, revenue, lowest }) => [id, customers, revenue, lowest])).toEqual([
      ['heavy', 1, 50, 50],
      ['medium', 2, 40, 10],
      ['light', 2, 10, 5],
    ]);
    expect(result.gini).toBeCloseTo(0.46, 12);
    expect(result.half).toEqual({ customers: 1, customerShare: 0.2 });
  });

  it('parts equal customers by their ids in byte order where a limit falls among them', async () => {
    await fillTables(db, example);
    const result = await run({ cutPercents: [20, 80] });
    const lists = [];
    for (const found of result.classes) lists.push(await ids(selectClass(result, found, '').members));
    expect(lists).toEqual([["O'Neil"], ['a"quoted"', 'b', 'c'], ['张三']]);
    expect(await ids(selectTop(result, 2, '').members)).toEqual(["O'Neil", 'b']);
  });
});

describe('what counts', () => {
  const purchases = [
    buy('early', 99_900, '2024-04-30 23:59:59'),
    buy('ann', 10_000, '2024-05-01 00:00:00'),
    refund('ann', 2_500),
    buy('ben', 2_000),
    buy('ben', 500),
    refund('early', 4_000),
    buy('back', 1_000),
    refund('back', 1_500),
    buy('late', 99_900, '2024-07-01 00:00:00'),
    buy(null, 7_000),
  ];
  const scope: Scope = { asOf: '2024-07-01', from: '2024-05-01', audience: null };

  it('nets refunds, keeps those of refunds alone apart, and sums with them to the population', async () => {
    await fillTables(db, purchases);
    const result = await run({}, scope);
    // 75 ann, 25 ben, -5 back; early has a refund of -40 and no purchase in the period.
    expect(result.classes.map(({ customers, revenue, orders }) => [customers, revenue, orders])).toEqual([
      [1, 75, 1],
      [1, 25, 2],
      [1, -5, 1],
    ]);
    expect(result.withoutPurchase).toEqual({ customers: 1, revenue: -40 });
    expect(await ids(selectWithoutPurchase(result, '').members)).toEqual(['early']);
    expect(result.population).toEqual({
      customers: 3,
      orders: 4,
      revenue: 55,
      revenueOfAll: 125,
      identifiedShare: 55 / 125,
    });
    expect(await ids(selectEveryone(result, '').members)).toEqual(['ann', 'back', 'ben']);
  });

  it('lets the curve pass 1 where buyers are below zero, and counts them as 0 in the coefficient alone', async () => {
    await fillTables(db, purchases);
    const result = await run({}, scope);
    expect(result.curve.map(({ y }) => y)).toEqual([0, 75 / 95, 100 / 95, 1]);
    expect(result.customersBelowZero).toBe(1);
    // (2 * 75 + 0 * 25 - 2 * 0) / (3 * 100)
    expect(result.gini).toBeCloseTo(0.5, 12);
  });

  it('ranks by orders where orders are measured', async () => {
    await fillTables(db, purchases);
    const result = await run({ measure: 'orders' }, scope);
    expect(await ids(selectTop(result, 1, '').members)).toEqual(['ben']);
    expect(result.curve.map(({ y }) => y)).toEqual([0, 0.5, 0.75, 1]);
    expect(result.classes.map(({ lowest }) => lowest)).toEqual([2, 1, 1]);
  });

  it('holds to an audience', async () => {
    await fillTables(db, purchases);
    const audience = sql`SELECT customer_key FROM customers WHERE customer_id IN ('ann', 'ben')`;
    const result = await run({}, { ...scope, audience });
    expect(result.population.revenue).toBe(100);
    expect(result.classes.map(({ revenueShare }) => revenueShare)).toEqual([0.75, 0, 0.25]);
  });
});

describe('little or nothing', () => {
  it('has no curve and no coefficient where nobody bought, and still says what is unidentified', async () => {
    await fillTables(db, [buy(null, 500)]);
    const result = await run();
    expect(result).toMatchObject({ curve: [], gini: Number.NaN, half: null });
    expect(result.population.revenueOfAll).toBe(5);
    expect(result.classes.map(({ customers, customerShare }) => [customers, customerShare])).toEqual([
      [0, Number.NaN],
      [0, Number.NaN],
      [0, Number.NaN],
    ]);
  });

  it('has no curve where what was bought was given back', async () => {
    await fillTables(db, [buy('a', 500), refund('a', 500)]);
    const result = await run();
    expect(result.curve).toEqual([]);
    expect(result.classes[0]).toMatchObject({ customers: 1, customerShare: 1, revenueShare: Number.NaN });
  });

  it('puts one customer among the heavy ones, with a coefficient of 0', async () => {
    await fillTables(db, [buy('a', 500)]);
    const result = await run();
    expect(result.classes.map(({ customers }) => customers)).toEqual([1, 0, 0]);
    expect(result.gini).toBeCloseTo(0, 12);
  });
});

const purchase: fc.Arbitrary<PlainPurchase> = fc.record({
  customer: fc.option(fc.nat({ max: 30 }).map(String), { nil: null }),
  at: fc.nat({ max: 60 }).map((days) => addDays('2024-05-15', days)),
  cents: fc.integer({ min: -2_000, max: 20_000 }),
  isPurchase: fc.boolean(),
});

/** The same by sorting and adding in plain TypeScript: customers with a purchase, the most first, in cents. */
function plainRanking(purchases: readonly PlainPurchase[], asOf: string) {
  const found = new Map<string, { orders: number; revenue: number }>();
  for (const { customer, at, cents, isPurchase } of purchases) {
    if (customer === null || at >= asOf) continue;
    const known = found.get(customer) ?? { orders: 0, revenue: 0 };
    found.set(customer, { orders: known.orders + Number(isPurchase), revenue: known.revenue + cents });
  }
  return [...found].flatMap(([id, sums]) => (sums.orders > 0 ? [{ id, ...sums }] : []));
}

it('agrees with sorting and adding by hand: shares, classes and their lists, and the coefficient as an area', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(purchase, { maxLength: 80 }),
      fc.constantFrom('revenue' as const, 'orders' as const),
      fc.uniqueArray(fc.integer({ min: 1, max: 399 }), { minLength: 2, maxLength: 2 }),
      async (purchases, measure, quarters) => {
        await fillTables(db, purchases);
        const [low = 0, high = 0] = quarters.toSorted((a, b) => a - b).map((quarter) => quarter / 4);
        const result = await run({ measure, cutPercents: [low, high] });
        const ranking = plainRanking(purchases, EVERYONE.asOf).sort(
          (a, b) => b[measure] - a[measure] || (a.id < b.id ? -1 : 1),
        );
        const lasts = [low, high, 100].map((percent) => Math.ceil((ranking.length * percent * 4) / 400));
        for (const [place, found] of result.classes.entries()) {
          const members = ranking.slice(lasts[place - 1] ?? 0, lasts[place]);
          expect(found.customers).toBe(members.length);
          expect(Math.round(found.revenue * 100)).toBe(members.reduce((sum, { revenue }) => sum + revenue, 0));
          expect(found.orders).toBe(members.reduce((sum, { orders }) => sum + orders, 0));
          expect(await ids(selectClass(result, found, '').members)).toEqual(members.map(({ id }) => id).sort());
        }
        const total = ranking.reduce((sum, row) => sum + row[measure], 0);
        let reached = 0;
        expect(result.curve.length).toBe(total > 0 ? ranking.length + 1 : 0);
        for (const [place, point] of result.curve.slice(1).entries()) {
          reached += ranking[place]?.[measure] ?? Number.NaN;
          expect(point.x).toBeCloseTo((place + 1) / ranking.length, 12);
          expect(point.y).toBeCloseTo(reached / total, 9);
        }
        const kept = ranking.map((row) => Math.max(0, row[measure]));
        const sum = kept.reduce((a, b) => a + b, 0);
        let area = 0;
        let before = 0;
        for (const amount of kept) {
          area += (before + amount / 2) / (sum * kept.length);
          before += amount;
        }
        if (sum > 0) expect(result.gini).toBeCloseTo(2 * area - 1, 9);
        else expect(result.gini).toBeNaN();
      },
    ),
    { numRuns: 25, seed: 20240701 },
  );
});

it('keeps 400 exact points of many customers, each at the rank a limit there would have', async () => {
  const many = Array.from({ length: 1_003 }, (_, place) => buy(`c${place}`, 100 + ((place * 7919) % 5_000)));
  await fillTables(db, many);
  const result = await run({ cutPercents: [12.5, 33.75] });
  const cents = many.map((row) => row.cents).sort((a, b) => b - a);
  const total = cents.reduce((a, b) => a + b, 0);
  expect(result.curve).toHaveLength(401);
  for (const quarter of [1, 50, 135, 399, 400]) {
    const customers = customersWithin(quarter / 4, 1_003);
    expect(customers).toBe(Math.ceil((1_003 * quarter) / 400));
    expect(result.curve[quarter]?.x).toBeCloseTo(customers / 1_003, 12);
    expect(result.curve[quarter]?.y).toBeCloseTo(cents.slice(0, customers).reduce((a, b) => a + b, 0) / total, 9);
  }
  expect(result.classes[0]?.revenueShare).toBeCloseTo(result.curve[50]?.y ?? Number.NaN, 12);
  // A limit between two of them has a point of its own: the first 124 of 1,003.
  const between = await run({ cutPercents: [12.3, 33.75] });
  expect(between.curve).toHaveLength(402);
  expect(between.curve[50]?.x).toBeCloseTo(124 / 1_003, 12);
  expect(between.curve[50]?.y).toBeCloseTo(between.classes[0]?.revenueShare ?? Number.NaN, 12);
});
