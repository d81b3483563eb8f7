import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { churnWindowStatement, readChurnWindow } from '../../../../src/analyses/purchase-days.sql';
import { nextChances, purchaseCounts } from '../../../../src/analyses/rhythm/gaps';
import { rhythm, type RhythmResult } from '../../../../src/analyses/rhythm/rhythm';
import {
  selectDays,
  selectGaps,
  selectHour,
  selectPurchases,
  selectReached,
} from '../../../../src/analyses/rhythm/selections';
import { addDays, daysBetween } from '../../../../src/core/dates';
import { confirmedSql, printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { noSaleTables } from '../no-sale-tables';
import { fillTables, type PlainPurchase } from '../rfm/plain-rfm';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const buy = (customer: string | null, at: string, cents = 1_000): PlainPurchase => ({
  customer,
  at,
  cents,
  isPurchase: true,
});
const refund = (customer: string, at: string): PlainPurchase => ({ customer, at, cents: -300, isPurchase: false });

async function run(
  purchases: readonly PlainPurchase[],
  scope: Partial<Scope> & { asOf: string },
): Promise<RhythmResult> {
  await fillTables(db, purchases);
  return rhythm.run({
    db,
    tables: noSaleTables,
    scope: { from: null, audience: null, ...scope },
    churnWindowDays: null,
  });
}

async function ids(members: Sql): Promise<readonly string[]> {
  const rows = await db.query(
    sql`SELECT customer_id FROM customers WHERE customer_key IN (${confirmedSql(printSql(members))}) ORDER BY customer_key`,
    { customer_id: 'text' },
  );
  const [all] = await db.query(sql`SELECT count(*) AS n FROM (${members})`, { n: 'integer' });
  expect(all?.n).toBe(rows.length);
  return rows.map(({ customer_id }) => customer_id);
}

describe('a case small enough for the hand', () => {
  const purchases = [
    buy("O'Neil", '2024-02-28 23:59:59'),
    buy("O'Neil", '2024-03-01 00:00:00'),
    buy("O'Neil", '2024-03-01 18:30:00'),
    buy("O'Neil", '2024-03-11 18:05:00', 5_000),
    refund("O'Neil", '2024-03-12 09:00:00'),
    buy('b"quoted"', '2024-03-01 18:00:00'),
    buy('b"quoted"', '2024-03-03 18:59:59'),
    buy('once', '2024-03-18 12:00:00'),
    refund('refunds only', '2024-03-02 12:00:00'),
    buy(null, '2024-03-01 18:00:00'),
    buy('too late', '2024-03-21 00:00:00'),
  ];
  const asOf = '2024-03-21';
  const scope: Scope = { asOf, from: null, audience: null };

  it('measures gaps from day to day, over the leap day and midnight, orders of one day being one', async () => {
    const result = await run(purchases, { asOf });
    expect(result.gaps).toEqual([
      { gap_days: 2, gaps: 2 },
      { gap_days: 10, gaps: 1 },
    ]);
    expect(result.dataWindowDays).toBe(10);
    expect(await readChurnWindow(db, scope)).toBe(10);
    expect(
      result.bins.map(({ from, gaps, customers }) => [from, gaps, customers]).filter(([, gaps]) => gaps !== 0),
    ).toEqual([
      [1, 2, 2],
      [9, 1, 1],
    ]);
    expect(result.population).toMatchObject({ customers: 3, orders: 7, revenue: 104 });
  });

  it('keeps what has not come back apart, seen open until the day before as-of', async () => {
    const { open } = await run(purchases, { asOf });
    expect(open).toEqual([
      { purchases: 1, open_days: 2, customers: 1 },
      { purchases: 2, open_days: 17, customers: 1 },
      { purchases: 3, open_days: 9, customers: 1 },
    ]);
    expect(purchaseCounts(open, 12).map(({ customers }) => customers)).toEqual([1, 1, 1]);
  });

  it('knows who came back after the n-th purchase day', async () => {
    const { next } = await run(purchases, { asOf });
    // The first purchase days are 22, 20 and 3 days old; only the third has no second.
    expect(nextChances(next, 3)[0]).toMatchObject({ purchases: 1, customers: 3, cameBack: 2 });
    expect(nextChances(next, 20)).toMatchObject([
      { purchases: 1, customers: 2, cameBack: 2 },
      { purchases: 2, customers: 1, cameBack: 1 },
    ]);
    expect(await ids(selectReached(scope, 2, 18, '').members)).toEqual(["O'Neil", 'b"quoted"']);
    expect(await ids(selectReached(scope, 2, 19, '').members)).toEqual(["O'Neil"]);
  });

  it('counts by weekday and hour of the wall clock, refunds as revenue of their hour', async () => {
    const { hours, timedOrders } = await run(purchases, { asOf });
    expect(timedOrders).toBe(6);
    // 2024-02-28 is a Wednesday, 2024-03-01 a Friday, 03-03 a Sunday, 03-11 and 03-18 Mondays, 03-12 a Tuesday.
    expect(hours).toEqual([
      { weekday: 1, hour: 12, orders: 1, revenue: 10, customers: 1 },
      { weekday: 1, hour: 18, orders: 1, revenue: 50, customers: 1 },
      { weekday: 2, hour: 9, orders: 0, revenue: -3, customers: 0 },
      { weekday: 3, hour: 23, orders: 1, revenue: 10, customers: 1 },
      { weekday: 5, hour: 0, orders: 1, revenue: 10, customers: 1 },
      { weekday: 5, hour: 18, orders: 2, revenue: 20, customers: 2 },
      { weekday: 6, hour: 12, orders: 0, revenue: -3, customers: 0 },
      { weekday: 7, hour: 18, orders: 1, revenue: 10, customers: 1 },
    ]);
    expect(await ids(selectHour(scope, 5, 18, '').members)).toEqual(["O'Neil", 'b"quoted"']);
  });

  it('counts by day, and opens the customers of a gap, a number of purchases and a day', async () => {
    const { days } = await run(purchases, { asOf });
    expect(days.find(({ day }) => day === '2024-03-01')).toMatchObject({ orders: 3, revenue: 30, customers: 2 });
    expect(days.find(({ day }) => day === '2024-03-12')).toMatchObject({ orders: 0, revenue: -3, customers: 0 });
    expect(await ids(selectGaps(scope, { from: 1, to: 2 }, '').members)).toEqual(["O'Neil", 'b"quoted"']);
    expect(await ids(selectGaps(scope, { from: 2, to: 10 }, '').members)).toEqual(["O'Neil"]);
    expect(await ids(selectPurchases(scope, { purchases: 2, isOrMore: false }, '').members)).toEqual(['b"quoted"']);
    expect(await ids(selectPurchases(scope, { purchases: 2, isOrMore: true }, '').members)).toEqual([
      "O'Neil",
      'b"quoted"',
    ]);
    expect(await ids(selectDays(scope, ['2024-03-03', '2024-03-18'], '').members)).toEqual(['b"quoted"', 'once']);
  });

  it('starts afresh where the scope has a first day', async () => {
    const { gaps, open } = await run(purchases, { asOf, from: '2024-03-02' });
    expect(gaps).toEqual([]);
    expect(open.map(({ purchases: n, customers }) => [n, customers])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect((await run(purchases, { asOf, from: '2024-03-02' })).dataWindowDays).toBeNull();
  });

  it('has no hours where no order has a time of day, and nothing where nothing was bought', async () => {
    const days = await run([buy('a', '2024-03-01'), buy('a', '2024-03-05')], { asOf });
    expect([days.hours, days.timedOrders]).toEqual([[], 0]);
    const nothing = await run([buy('a', asOf)], { asOf });
    expect(nothing).toMatchObject({ gaps: [], open: [], days: [], bins: [], shares: [], firstDay: asOf });
    expect(await readChurnWindow(db, scope)).toBeNull();
    expect(printSql(churnWindowStatement(scope))).toContain("'2024-03-21'");
  });
});

describe('a file of holidays', () => {
  it('is read from the series that name days: without a number holidays, with a last day campaigns, indices none', async () => {
    await db.exec(
      sql`CREATE OR REPLACE TABLE external_series (starts_at TIMESTAMP, ends_at TIMESTAMP, series VARCHAR, value DECIMAL(18, 1))`,
    );
    await db.exec(sql`INSERT INTO external_series VALUES
      (TIMESTAMP '2024-03-05', NULL, 'Women''s Day', NULL),
      (TIMESTAMP '2024-03-01', TIMESTAMP '2024-03-02', 'sale', 20),
      (TIMESTAMP '2024-03-01', NULL, 'index', 101.5),
      (TIMESTAMP '2024-03-09', NULL, NULL, NULL)`);
    const result = await run([buy('a', '2024-03-01'), buy('b', '2024-03-05'), buy('b', '2024-03-12')], {
      asOf: '2024-03-20',
    });
    expect(result.occasions).toEqual([
      { name: 'sale', isHoliday: false, first: '2024-03-01', last: '2024-03-02' },
      { name: "Women's Day", isHoliday: true, first: '2024-03-05', last: '2024-03-05' },
    ]);
    // The two Tuesdays after the fifth had one order and none.
    expect(result.effects.find(({ isHoliday }) => isHoliday)).toMatchObject({
      days: ['2024-03-05'],
      orders: 1,
      usual: { orders: 0.5 },
    });
    await db.exec(sql`DELETE FROM external_series WHERE series <> 'index' OR series IS NULL`);
    expect((await run([buy('a', '2024-03-01')], { asOf: '2024-03-20' })).occasions).toBeNull();
    await db.exec(sql`DROP TABLE external_series`);
    expect((await run([buy('a', '2024-03-01')], { asOf: '2024-03-20' })).occasions).toBeNull();
  });
});

describe('any shop', () => {
  const purchase: fc.Arbitrary<PlainPurchase> = fc.record({
    customer: fc.option(fc.nat({ max: 6 }).map(String), { nil: null, freq: 12 }),
    at: fc
      .tuple(fc.nat({ max: 60 }), fc.nat({ max: 23 }))
      .map(([days, hour]) => `${addDays('2024-01-29', days)} ${String(hour).padStart(2, '0')}:30:00`),
    cents: fc.integer({ min: -500, max: 9_000 }),
    isPurchase: fc.boolean(),
  });

  it('agrees with going through each customer by hand, sums to the population, and each number is the count of its list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(purchase, { maxLength: 50 }), fc.nat({ max: 30 }), async (purchases, pick) => {
        const asOf = '2024-03-20';
        const scope: Scope = { asOf, from: null, audience: null };
        const result = await run(purchases, { asOf });
        const known = purchases.filter(({ customer, at }) => customer !== null && at < asOf);
        const byCustomer = new Map<string, Set<string>>();
        for (const { customer, at, isPurchase } of known) {
          if (customer === null || !isPurchase) continue;
          byCustomer.set(customer, (byCustomer.get(customer) ?? new Set()).add(at.slice(0, 10)));
        }
        const gaps: number[] = [];
        for (const days of byCustomer.values()) {
          const sorted = [...days].sort();
          sorted.slice(1).forEach((day, i) => gaps.push(daysBetween(sorted[i] ?? day, day)));
        }
        const found = result.gaps.flatMap(({ gap_days, gaps: count }) => Array.from({ length: count }, () => gap_days));
        expect(found).toEqual(gaps.toSorted((a, b) => a - b));
        const sorted = gaps.toSorted((a, b) => a - b);
        expect(result.dataWindowDays).toBe(sorted[Math.ceil(0.8 * sorted.length - 1e-9) - 1] ?? null);
        expect(await readChurnWindow(db, scope)).toBe(result.dataWindowDays);
        const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
        expect(sum(result.open.map(({ customers }) => customers))).toBe(byCustomer.size);
        expect(result.population.customers).toBe(byCustomer.size);
        expect(sum(result.days.map(({ orders }) => orders))).toBe(result.population.orders);
        expect(Math.round(sum(result.days.map(({ revenue }) => revenue)) * 100)).toBe(
          sum(known.map(({ cents }) => cents)),
        );
        if (result.timedOrders > 0) {
          expect(sum(result.hours.map(({ orders }) => orders))).toBe(result.population.orders);
          expect(Math.round(sum(result.hours.map(({ revenue }) => revenue)) * 100)).toBe(
            sum(known.map(({ cents }) => cents)),
          );
        }
        const bin = result.bins[pick % Math.max(1, result.bins.length)];
        if (bin !== undefined) expect((await ids(selectGaps(scope, bin, '').members)).length).toBe(bin.customers);
        const count = purchaseCounts(result.open, 3)[pick % 3];
        if (count !== undefined)
          expect((await ids(selectPurchases(scope, count, '').members)).length).toBe(count.customers);
        const chance = nextChances(result.next, pick)[0];
        if (chance !== undefined)
          expect((await ids(selectReached(scope, chance.purchases, pick, '').members)).length).toBe(chance.customers);
        const hour = result.hours[pick % Math.max(1, result.hours.length)];
        if (hour !== undefined)
          expect((await ids(selectHour(scope, hour.weekday, hour.hour, '').members)).length).toBe(hour.customers);
        const day = result.days[pick % Math.max(1, result.days.length)];
        if (day !== undefined) expect((await ids(selectDays(scope, [day.day], '').members)).length).toBe(day.customers);
      }),
      { numRuns: 40, seed: 20240320 },
    );
  });
});
