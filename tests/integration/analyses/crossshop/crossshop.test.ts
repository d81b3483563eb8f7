import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { crossshop, setsIn, type CrossShopResult } from '../../../../src/analyses/crossshop/crossshop';
import { CROSSSHOP_DEFAULTS, type CrossShopParams } from '../../../../src/analyses/crossshop/crossshop-params';
import {
  selectCombination,
  selectEveryone,
  selectWithoutPurchase,
  selectSetCount,
  selectWithin,
} from '../../../../src/analyses/crossshop/selections';
import { addDays } from '../../../../src/core/dates';
import { printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { fillTables, raw, type PlainLine } from '../change/plain-change';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const EVERYONE: Scope = { asOf: '2024-07-01', from: null, audience: null };

const withLabels = (labels: Awaited<ReturnType<SaleTables['lines']>>['labels']): SaleTables => ({
  lines: () => Promise.resolve({ hasQuantity: true, hasProduct: false, labels }),
  attributes: () => Promise.reject(new Error('no attributes are needed')),
});

function run(
  params: Partial<CrossShopParams> = {},
  scope = EVERYONE,
  tables = withLabels(['category', 'channel']),
): Promise<CrossShopResult> {
  return crossshop.run({ db, tables, scope, churnWindowDays: null }, { ...CROSSSHOP_DEFAULTS, ...params });
}

const line = (
  order: number,
  customer: string | null,
  category: string | null,
  cents: number,
  more: Partial<PlainLine> = {},
): PlainLine => ({
  order,
  customer,
  at: '2024-05-01',
  cents,
  quantity: cents < 0 ? -1 : 1,
  category,
  channel: null,
  ...more,
});

/** The ids behind a selection, by the statement as it is printed. */
async function ids(members: Sql): Promise<readonly string[]> {
  const statement = sql`SELECT customer_id FROM customers WHERE customer_key IN (${raw(printSql(members))}) ORDER BY customer_key`;
  return (await db.query(statement, { customer_id: 'text' })).map(({ customer_id }) => customer_id);
}

describe('a case small enough for the hand', () => {
  const lines = [
    // Tea and cups in one order, and tea again.
    line(1, 'ann', 'tea', 1_000),
    line(1, 'ann', "cook's cup", 3_000),
    line(2, 'ann', 'tea', 500),
    // Tea alone; the cup came back within the order, and is no piece bought.
    line(3, 'ben', 'tea', 2_000),
    line(3, 'ben', "cook's cup", -300),
    // A cup in one order and tea in another, of which the tea was given back later: it was bought all the same.
    line(4, 'cleo', "cook's cup", 4_000),
    line(5, 'cleo', 'tea', 800),
    line(6, 'cleo', 'tea', -800),
    // An order that its returns empty is no purchase, and buys nothing.
    line(7, 'dan', 'tea', 900),
    line(7, 'dan', 'tea', -900),
    line(8, 'dan', 'salt', 100),
    // A gift of a cup, and something without a category.
    line(9, 'eve', "cook's cup", 0),
    line(9, 'eve', null, 700),
    // Refunds alone, somebody unknown, and the midnight at which as-of begins.
    line(10, 'fay', 'tea', -250),
    line(11, null, 'tea', 9_900),
    line(12, 'ben', "cook's cup", 9_900, { at: '2024-07-01 00:00:00' }),
    line(13, 'ben', 'salt', 100, { at: '2024-06-30 23:59:59' }),
  ];
  const sets = [['tea'], ["cook's cup"]];

  it('puts each customer into one exact combination, with all that they spent', async () => {
    await fillTables(db, lines);
    const result = await run({ dimension: 'category', sets });
    expect(
      result.combinations.map(({ mask, customers, orders, revenue }) => [mask, customers, orders, revenue]),
    ).toEqual([
      [0, 1, 1, 1],
      [1, 1, 2, 18],
      [2, 1, 1, 7],
      [3, 2, 4, 85],
    ]);
    expect(result.withoutPurchase).toEqual({ customers: 1, revenue: -2.5 });
    expect(result.population).toMatchObject({ customers: 5, orders: 8, revenue: 108.5 });
    expect(result.setCounts.map(({ sets: count, customers, revenue }) => [count, customers, revenue])).toEqual([
      [0, 1, 1],
      [1, 2, 25],
      [2, 2, 85],
    ]);
  });

  it('opens the customers of every figure', async () => {
    await fillTables(db, lines);
    const result = await run({ dimension: 'category', sets });
    expect(await ids(selectCombination(result, 0, '').members)).toEqual(['dan']);
    expect(await ids(selectCombination(result, 1, '').members)).toEqual(['ben']);
    expect(await ids(selectCombination(result, 2, '').members)).toEqual(['eve']);
    expect(await ids(selectCombination(result, 3, '').members)).toEqual(['ann', 'cleo']);
    expect(await ids(selectWithin(result, 1, '').members)).toEqual(['ann', 'ben', 'cleo']);
    expect(await ids(selectSetCount(result, 1, 1, '').members)).toEqual(['ben', 'eve']);
    expect(await ids(selectWithoutPurchase(result, '').members)).toEqual(['fay']);
    expect(await ids(selectEveryone(result, '').members)).toEqual(['ann', 'ben', 'cleo', 'dan', 'eve']);
  });

  it('says of the buyers of one how many buy the other, against everyone', async () => {
    await fillTables(db, lines);
    const { overlaps } = await run({ dimension: 'category', sets });
    // Tea: ann, ben, cleo. Cups: ann, cleo, eve. Of 5 who bought.
    expect(overlaps[0]?.[0]).toBeNull();
    expect(overlaps[0]?.[1]).toEqual({ customers: 2, share: 2 / 3, lift: 2 / 3 / (3 / 5) });
    expect(overlaps[1]?.[0]).toEqual({ customers: 2, share: 2 / 3, lift: 2 / 3 / (3 / 5) });
  });

  it('takes several values as one set', async () => {
    await fillTables(db, lines);
    const result = await run({ dimension: 'category', sets: [['tea', 'salt'], ["cook's cup"]] });
    expect(result.combinations.map(({ mask, customers }) => [mask, customers])).toEqual([
      [1, 2],
      [2, 1],
      [3, 2],
    ]);
  });

  it('begins with the largest values of the first label there is, by the money of known customers', async () => {
    await fillTables(db, lines);
    const result = await run();
    expect(result.dimension).toBe('category');
    expect(result.values).toEqual([
      { value: "cook's cup", revenue: 67 },
      { value: 'tea', revenue: 32.5 },
      { value: 'salt', revenue: 2 },
    ]);
    expect(result.sets).toEqual([["cook's cup"], ['tea'], ['salt']]);
  });

  it('holds to the period and the audience', async () => {
    await fillTables(db, lines);
    const audience = sql`SELECT customer_key FROM customers WHERE customer_id IN ('ben', 'dan')`;
    const result = await run({ dimension: 'category', sets }, { asOf: '2024-07-01', from: '2024-06-01', audience });
    expect(result.combinations.map(({ mask, customers, revenue }) => [mask, customers, revenue])).toEqual([[0, 1, 1]]);
    expect(result.overlaps[0]?.[1]).toEqual({ customers: 0, share: Number.NaN, lift: Number.NaN });
  });
});

describe('what is not there', () => {
  it('is said by an empty result: no label, one value, an unknown dimension', async () => {
    await fillTables(db, [line(1, 'ann', 'tea', 100)]);
    expect(await run({}, EVERYONE, withLabels([]))).toMatchObject({ dimension: null, sets: [], combinations: [] });
    expect(await run()).toMatchObject({ dimension: 'category', sets: [['tea']], combinations: [] });
    const other = await run({ dimension: 'brand', sets: [['a'], ['b']] });
    expect(other).toMatchObject({ dimension: 'category', sets: [['tea']] });
  });

  it('is an empty table without a purchase in the period', async () => {
    await fillTables(db, [line(1, 'ann', 'tea', 100), line(1, 'ann', 'cup', 100)]);
    const result = await run(
      { dimension: 'category', sets: [['tea'], ['cup']] },
      { asOf: '2024-04-01', from: null, audience: null },
    );
    expect(result.combinations).toEqual([]);
    expect(result.setCounts.map(({ customers, customerShare }) => [customers, customerShare])).toEqual([
      [0, Number.NaN],
      [0, Number.NaN],
      [0, Number.NaN],
    ]);
  });
});

const VALUES = ['a', 'b', 'c', 'd', 'e', "f'g"] as const;

const basket = fc.record({
  customer: fc.option(fc.nat({ max: 12 }).map(String), { nil: null }),
  at: fc.nat({ max: 60 }).map((days) => addDays('2024-05-15', days)),
  lines: fc.array(
    fc.record({
      cents: fc.integer({ min: -900, max: 2_000 }),
      quantity: fc.constantFrom(-1, 0, 1, 2.5),
      category: fc.option(fc.constantFrom(...VALUES), { nil: null }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

it('agrees with sets put together by hand: each number is the length of the list behind it, and all sum to everyone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(basket, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 2, max: 6 }),
      async (baskets, count) => {
        const lines = baskets.flatMap(({ customer, at, lines: own }, order) =>
          own.map((one) => ({ order, customer, at, channel: null, ...one })),
        );
        await fillTables(db, lines);
        const sets = VALUES.slice(0, count).map((value) => [value]);
        const result = await run({ dimension: 'category', sets });
        const people = new Map<string, { mask: number; orders: number; cents: number }>();
        for (const { customer, at, lines: own } of baskets) {
          if (customer === null || at >= EVERYONE.asOf) continue;
          const known = people.get(customer) ?? { mask: 0, orders: 0, cents: 0 };
          const cents = own.reduce((sum, one) => sum + one.cents, 0);
          const bought = cents > 0 ? own.filter(({ quantity }) => quantity > 0) : [];
          people.set(customer, {
            mask: sets.reduce(
              (mask, [value], place) =>
                bought.some(({ category }) => category === value) ? mask | (1 << place) : mask,
              known.mask,
            ),
            orders: known.orders + Number(cents > 0),
            cents: known.cents + cents,
          });
        }
        const buyers = [...people].filter(([, { orders }]) => orders > 0);
        const idsWhere = (keep: (mask: number) => boolean): readonly string[] =>
          buyers.flatMap(([id, { mask }]) => (keep(mask) ? [id] : [])).sort();
        for (const { mask, customers, orders, revenue } of result.combinations) {
          const own = buyers.filter(([, one]) => one.mask === mask).map(([, one]) => one);
          expect([customers, orders, Math.round(revenue * 100)]).toEqual([
            own.length,
            own.reduce((sum, one) => sum + one.orders, 0),
            own.reduce((sum, one) => sum + one.cents, 0),
          ]);
          expect(await ids(selectCombination(result, mask, '').members)).toEqual(idsWhere((other) => other === mask));
        }
        const total = (parts: readonly { customers: number; revenue: number }[]): readonly [number, number] => [
          parts.reduce((sum, { customers }) => sum + customers, 0),
          parts.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0),
        ];
        const everything = Math.round((result.population.revenue - result.withoutPurchase.revenue) * 100);
        expect(total(result.combinations)).toEqual([result.population.customers, everything]);
        expect(total(result.setCounts)).toEqual([result.population.customers, everything]);
        expect(await ids(selectSetCount(result, 2, count, '').members)).toEqual(idsWhere((mask) => setsIn(mask) > 1));
        const pair = result.overlaps[0]?.[1];
        expect(pair?.customers).toBe(idsWhere((mask) => (mask & 3) === 3).length);
        expect(await ids(selectWithin(result, 3, '').members)).toEqual(idsWhere((mask) => (mask & 3) === 3));
      },
    ),
    { numRuns: 20, seed: 20240701 },
  );
});
