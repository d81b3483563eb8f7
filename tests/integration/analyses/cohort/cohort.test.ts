import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { cohort, type Cohort, type CohortResult } from '../../../../src/analyses/cohort/cohort';
import { cellMembers, cohortMembers } from '../../../../src/analyses/cohort/cohort.sql';
import {
  CLOCKS,
  COHORT_DEFAULTS,
  COHORT_GRAINS,
  type CohortParams,
} from '../../../../src/analyses/cohort/cohort-params';
import { addDays } from '../../../../src/core/dates';
import { createRandom } from '../../../../src/core/random';
import { printSql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { fillTables, raw, type PlainPurchase } from '../rfm/plain-rfm';
import { fromThenOn, plainCohorts, type PlainCohort } from './plain-cohort';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

/** The tables are filled by the tests that need them. */
const tables: SaleTables = {
  lines: async () => ({ hasQuantity: true, hasProduct: true, labels: ['channel', 'category'] }),
  attributes: async () => ({ texts: ['gender'], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};
const everyone = (asOf: string, from: string | null = null): Scope => ({ asOf, from, audience: null });
const run = (scope: Scope, params: Partial<CohortParams> = {}): Promise<CohortResult> =>
  cohort.run({ db, tables, scope, churnWindowDays: null }, { ...COHORT_DEFAULTS, ...params });
const buy = (customer: string | null, at: string, cents = 1000): PlainPurchase => ({
  customer,
  at,
  cents,
  isPurchase: true,
});
const refund = (customer: string, at: string, cents: number): PlainPurchase => ({
  customer,
  at,
  cents: -cents,
  isPurchase: false,
});

async function keysIn(members: Sql): Promise<readonly number[]> {
  const rows = await db.query(raw(`SELECT customer_key FROM (${printSql(members)}) ORDER BY customer_key`), {
    customer_key: 'integer',
  });
  return rows.map((row) => row.customer_key);
}

/** People who come at random: some once, some often, with refunds, over two years. */
function shop(customers: number, seed: number): PlainPurchase[] {
  const random = createRandom(seed);
  const times = ['', ' 00:00:00', ' 09:30:00', ' 23:59:59'];
  return Array.from({ length: customers }, (_, i) => i).flatMap((i) => {
    const start = Math.floor(random() * 600);
    return Array.from({ length: 1 + Math.floor(random() ** 2 * 9) }, (_, order) => {
      const day = start + (order === 0 ? 0 : Math.floor(random() * 250));
      const at =
        new Date(Date.UTC(2022, 10, 15) + day * 86_400_000).toISOString().slice(0, 10) +
        (times[Math.floor(random() * 4)] ?? '');
      const customer = random() < 0.05 ? null : `c${i}`;
      const isRefund = random() < 0.12;
      return { customer, at, cents: Math.floor(random() * 9000) * (isRefund ? -1 : 1), isPurchase: !isRefund };
    });
  });
}

function nameText({ name }: Cohort): string {
  return name.kind === 'time' ? name.start : name.kind === 'value' ? name.value : name.kind;
}

/** The result in the words of the plain computation. */
function flat(result: CohortResult): object {
  return Object.fromEntries(
    result.cohorts.map((one) => [
      nameText(one),
      {
        customers: one.customers,
        age: one.age,
        active: one.active,
        orders: one.orders,
        cents: one.revenue.map((money) => Math.round(money * 100)),
      },
    ]),
  );
}

function flatPlain(cohorts: ReadonlyMap<string, PlainCohort>, { criterion, measure }: CohortParams): object {
  const withMoney = measure !== 'customers';
  return Object.fromEntries(
    [...cohorts].map(([name, one]) => {
      const steps = Array.from({ length: one.reach + 1 }, (_, step) => step);
      const later = criterion === 'on-or-after' && !withMoney;
      return [
        name,
        {
          customers: one.customers.size,
          age: one.age,
          active: steps.map((step) => (later ? fromThenOn(one, step) : (one.active.get(step)?.size ?? 0))),
          orders: withMoney ? steps.map((step) => one.orders.get(step) ?? 0) : [],
          cents: withMoney ? steps.map((step) => one.cents.get(step) ?? 0) : [],
        },
      ];
    }),
  );
}

describe('a case small enough to check by hand', () => {
  const purchases = [
    // Ann: January, then February and April. Bob: January only. Cal: 31 January 23:59:59, then 1 February.
    buy('ann', '2024-01-10'),
    buy('ann', '2024-02-05'),
    buy('ann', '2024-04-30 23:59:59'),
    buy('bob', '2024-01-31'),
    buy('cal', '2024-01-31 23:59:59'),
    buy('cal', '2024-02-01 00:00:00'),
    buy('dot', '2024-02-29'),
    refund('dot', '2024-03-01', 400),
    buy(null, '2024-01-01'),
    buy('late', '2024-05-01'),
    refund('o\'hara "x"', '2024-01-05', 100),
  ];

  it('counts who bought in exactly the period, with the month beginning at local midnight', async () => {
    await fillTables(db, purchases);
    const result = await run(everyone('2024-05-01'));
    expect(result.cohorts.map((one) => [nameText(one), one.customers, one.age, one.active])).toEqual([
      ['2024-01-01', 3, 4, [3, 2, 0, 1]],
      ['2024-02-01', 1, 3, [1, 0, 0]],
    ]);
    expect(result.population).toMatchObject({ customers: 4, orders: 7, revenue: 65, revenueOfAll: 75 });
  });

  it('counts who bought then or later, which never rises', async () => {
    await fillTables(db, purchases);
    const result = await run(everyone('2024-05-01'), { criterion: 'on-or-after' });
    expect(result.cohorts.map((one) => one.active)).toEqual([
      [3, 2, 1, 1],
      [1, 0, 0],
    ]);
  });

  it('starts a step that is under way, and knows it is not over', async () => {
    await fillTables(db, purchases);
    const [january] = (await run(everyone('2024-04-02'))).cohorts;
    expect([january?.age, january?.active]).toEqual([3, [3, 2, 0, 0]]);
  });

  it('puts the money of a refund where it was given, and that of one before the first purchase into its period', async () => {
    await fillTables(db, [...purchases, refund('bob', '2023-11-11', 250)]);
    const result = await run(everyone('2024-05-01'), { measure: 'revenue' });
    expect(result.cohorts.map((one) => [one.orders, one.revenue])).toEqual([
      [
        [3, 2, 0, 1],
        [27.5, 20, 0, 10],
      ],
      [
        [1, 0, 0],
        [10, -4, 0],
      ],
    ]);
  });

  it('lets whoever bought before the period begins out of its cohorts, and says how many they are', async () => {
    await fillTables(db, purchases);
    const result = await run(everyone('2024-05-01', '2024-01-31'));
    expect(result.cohorts.map((one) => [nameText(one), one.customers, one.active])).toEqual([
      ['2024-01-01', 2, [2, 1, 0, 0]],
      ['2024-02-01', 1, [1, 0, 0]],
    ]);
    expect([result.earlier, result.population.customers]).toEqual([1, 4]);
  });

  it('has no cohort in an empty table, in a time before the first order, and for nobody', async () => {
    await fillTables(db, []);
    expect((await run(everyone('2024-05-01'))).cohorts).toEqual([]);
    await fillTables(db, purchases);
    expect((await run(everyone('2023-12-01'))).cohorts).toEqual([]);
    const nobody = { ...everyone('2024-05-01'), audience: raw('SELECT customer_key FROM customers WHERE FALSE') };
    const result = await run(nobody);
    expect([result.cohorts, result.population.customers]).toEqual([[], 0]);
    expect(Number.isNaN((await run(everyone('2023-12-01'))).population.identifiedShare)).toBe(true);
  });
});

describe('the parts', () => {
  const purchase: fc.Arbitrary<PlainPurchase> = fc.record({
    customer: fc.option(fc.nat({ max: 9 }).map(String), { nil: null }),
    at: fc
      .tuple(fc.nat({ max: 200 }), fc.constantFrom('', ' 23:59:59'))
      .map(([days, time]) => addDays('2023-12-01', days) + time),
    cents: fc.integer({ min: -2_000, max: 20_000 }),
    isPurchase: fc.boolean(),
  });

  it('sum to the wholes: customers, orders and money to the cent, and later counts never rise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(purchase, { maxLength: 40 }),
        fc.constantFrom(...COHORT_GRAINS),
        fc.constantFrom(...CLOCKS),
        async (purchases, grain, clock) => {
          await fillTables(db, purchases);
          const scope = everyone('2024-04-01');
          const params = { grain, cohortGrain: grain, clock, measure: 'revenue' } as const;
          const { cohorts, population } = await run(scope, params);
          const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
          expect(sum(cohorts.map((one) => one.customers))).toBe(population.customers);
          expect(cohorts.map((one) => one.active[0])).toEqual(cohorts.map((one) => one.customers));
          expect(sum(cohorts.flatMap((one) => one.orders))).toBe(population.orders);
          const known = purchases.filter(({ customer, at }) => customer !== null && at < scope.asOf);
          const buyers = new Set(known.filter(({ isPurchase }) => isPurchase).map(({ customer }) => customer));
          expect(sum(cohorts.flatMap((one) => one.revenue).map((money) => Math.round(money * 100)))).toBe(
            sum(known.filter(({ customer }) => buyers.has(customer)).map(({ cents }) => cents)),
          );
          const later = (await run(scope, { ...params, measure: 'customers', criterion: 'on-or-after' })).cohorts;
          for (const [i, one] of later.entries()) {
            expect(one.active).toEqual(one.active.toSorted((a, b) => b - a));
            expect(one.active.every((count, step) => count >= (cohorts[i]?.active[step] ?? 0))).toBe(true);
            // Who came back soon also came then or later.
            expect(one.returned).toBeLessThanOrEqual(one.active[1] ?? 0);
          }
        },
      ),
      { numRuns: 25, seed: 20240401 },
    );
  });
});

describe('against the plain computation', () => {
  const options: readonly Partial<CohortParams>[] = [
    {},
    { criterion: 'on-or-after' },
    { measure: 'revenue' },
    { measure: 'value', cohortGrain: 'quarter' },
    { cohortGrain: 'week', grain: 'week', measure: 'orders' },
    { cohortGrain: 'day', grain: 'day' },
    { cohortGrain: 'quarter', grain: 'quarter', criterion: 'on-or-after' },
    { cohortGrain: 'week', grain: 'month', criterion: 'on-or-after' },
    { clock: 'rolling', measure: 'revenue' },
    { clock: 'rolling', grain: 'week', cohortGrain: 'month', criterion: 'on-or-after' },
    { clock: 'rolling', grain: 'day', cohortGrain: 'quarter', measure: 'orders' },
    { clock: 'rolling', grain: 'quarter' },
    { criterion: 'brackets', measure: 'value' },
    {
      criterion: 'brackets',
      clock: 'rolling',
      brackets: [
        { fromDay: 3, toDay: 9 },
        { fromDay: 20, toDay: 20 },
      ],
    },
    { by: 'active' },
    { by: 'active', criterion: 'on-or-after', cohortGrain: 'quarter' },
    { by: 'active', cohortGrain: 'week', measure: 'revenue' },
  ];
  const scopes = [
    ['2024-04-01', null],
    ['2024-03-13', '2023-05-17'],
  ] as const;

  it.each(options)('gives the same numbers for %j', async (change) => {
    const purchases = shop(160, 7);
    await fillTables(db, purchases);
    const params = { ...COHORT_DEFAULTS, ...change };
    for (const [asOf, from] of scopes) {
      const result = await run(everyone(asOf, from), change);
      const plain = plainCohorts(purchases, { asOf, from }, params);
      expect(plain.size).toBeGreaterThan(2);
      expect(flat(result)).toEqual(flatPlain(plain, params));
    }
  });

  it.each(options.filter((_, i) => i % 2 === 1))(
    'opens behind each cell as many customers as it counts, for %j',
    async (change) => {
      const purchases = shop(60, 11);
      await fillTables(db, purchases);
      const params = { ...COHORT_DEFAULTS, ...change };
      const scope = everyone('2024-03-13', '2023-05-17');
      const result = await run(scope, change);
      for (const one of result.cohorts.filter((_, i) => i % 6 === 1)) {
        expect((await keysIn(cohortMembers(scope, params, one.number))).length).toBe(one.customers);
        for (const [step, count] of [...one.active.entries()].filter(([step]) => step % 4 < 2 && step < 14))
          expect([step, (await keysIn(cellMembers(scope, params, one.number, step))).length]).toEqual([step, count]);
      }
    },
  );
});
