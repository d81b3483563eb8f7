import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { flowPeriod, lifecycle, type LifecycleResult } from '../../../../src/analyses/lifecycle/lifecycle';
import { LIFE_STATES } from '../../../../src/analyses/lifecycle/life-periods';
import { LIFECYCLE_DEFAULTS, LIFECYCLE_GRAINS } from '../../../../src/analyses/lifecycle/lifecycle-params';
import { selectActive, selectFlow, selectState, selectStatus } from '../../../../src/analyses/lifecycle/selections';
import { addDays } from '../../../../src/core/dates';
import { confirmedSql, printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { fillTables, type PlainPurchase } from '../rfm/plain-rfm';
import { noSaleTables } from '../no-sale-tables';
import { plainLifecycle, type Grain } from './plain-lifecycle';

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
const refund = (customer: string, at: string, cents: number): PlainPurchase => ({
  customer,
  at,
  cents: -cents,
  isPurchase: false,
});

async function run(
  purchases: readonly PlainPurchase[],
  scope: Partial<Scope> & { asOf: string },
  grain: Grain = 'month',
  churnWindowDays: number | null = null,
): Promise<LifecycleResult> {
  await fillTables(db, purchases);
  return lifecycle.run(
    { db, tables: noSaleTables, scope: { from: null, audience: null, ...scope }, churnWindowDays },
    { ...LIFECYCLE_DEFAULTS, grain },
  );
}

/** The ids behind a selection, as printed: runnable as it stands. */
async function ids(members: Sql): Promise<readonly string[]> {
  const rows = await db.query(
    sql`SELECT customer_id FROM customers WHERE customer_key IN (${confirmedSql(printSql(members))}) ORDER BY customer_key`,
    { customer_id: 'text' },
  );
  const [all] = await db.query(sql`SELECT count(*) AS n FROM (${members})`, { n: 'integer' });
  expect(all?.n).toBe(rows.length);
  return rows.map(({ customer_id }) => customer_id);
}

const states = ({ periods }: LifecycleResult) =>
  periods.map((period) => [period.start, ...LIFE_STATES.map((state) => period.states[state].customers), period.away]);

describe('a case small enough for the hand', () => {
  const purchases = [
    // Bought in January, February and April: returning in February, dormant in March, resurrected in April.
    buy("O'Neil", '2024-01-31 23:59:59', 1_000),
    buy("O'Neil", '2024-02-01', 2_000),
    buy("O'Neil", '2024-04-30', 4_000),
    // One purchase; the refund of March is no sign of life.
    buy('b"quoted"', '2024-02-29', 5_000),
    refund('b"quoted"', '2024-03-05', 500),
    // Bought in January and, after being away, in June, which is not over.
    buy('张三', '2024-01-02', 100),
    buy('张三', '2024-06-02', 300),
    refund('refunds only', '2024-04-01', 700),
    buy(null, '2024-03-15', 9_900),
    buy('too late', '2024-06-11 00:00:00', 9_900),
  ];
  const asOf = '2024-06-11';

  it('counts new, returning, resurrected, dormant and away by calendar month', async () => {
    const result = await run(purchases, { asOf });
    expect(states(result)).toEqual([
      ['2024-01-01', 2, 0, 0, 0, 0],
      ['2024-02-01', 1, 1, 0, 1, 0],
      ['2024-03-01', 0, 0, 0, 2, 1],
      ['2024-04-01', 0, 0, 1, 0, 2],
      ['2024-05-01', 0, 0, 0, 1, 2],
      ['2024-06-01', 0, 0, 1, 0, 2],
    ]);
    expect(result.periods.map(({ isComplete }) => isComplete)).toEqual([true, true, true, true, true, false]);
    expect(result.periods.map(({ pulse }) => pulse)).toEqual([Number.NaN, 1, 0, Number.NaN, 0, Number.NaN]);
  });

  it('gives each state its revenue, the dormant what they brought before, and refunds of nobody active apart', async () => {
    const { periods, population } = await run(purchases, { asOf });
    const [, february, march, april] = periods;
    expect(february?.states.returning.revenue).toBe(20);
    expect(february?.states.dormant).toEqual({ customers: 1, orders: 1, revenue: 1 });
    expect(march?.states.dormant.revenue).toBe(70);
    expect([march?.active.revenue, march?.refunds]).toEqual([0, -5]);
    expect([april?.active.revenue, april?.refunds]).toEqual([40, -7]);
    expect(population).toMatchObject({ customers: 3, orders: 6, revenue: 112 });
  });

  it('tells from where to where customers went', async () => {
    const result = await run(purchases, { asOf });
    expect(result.periods[3]?.flows).toEqual([
      { from: 'dormant', into: 'resurrected', customers: 1 },
      { from: 'dormant', into: 'away', customers: 1 },
      { from: 'away', into: 'away', customers: 1 },
    ]);
    expect(flowPeriod(result, null)?.start).toBe('2024-05-01');
    expect(flowPeriod(result, '2024-02-01')?.start).toBe('2024-02-01');
  });

  it('opens the customers behind a state, a flow and everyone who bought', async () => {
    const result = await run(purchases, { asOf });
    const [, february, march, april] = result.periods;
    if (february === undefined || march === undefined || april === undefined) throw new Error('periods are missing');
    expect(await ids(selectState(result, february, 'dormant', '').members)).toEqual(['张三']);
    expect(await ids(selectState(result, march, 'dormant', '').members)).toEqual(["O'Neil", 'b"quoted"']);
    expect(await ids(selectActive(result, april, '').members)).toEqual(["O'Neil"]);
    expect(await ids(selectFlow(result, april, 'dormant', 'away', '').members)).toEqual(['b"quoted"']);
  });

  it('is active or lapsed at as-of by the churn window: that of the data unless one is set', async () => {
    // Gaps: 1 and 89 days of O'Neil, 152 of 张三; four in five of the three gaps need all of them.
    const ofData = await run(purchases, { asOf });
    expect(ofData.status).toEqual({
      windowDays: 152,
      isFromData: true,
      active: { customers: 3, revenue: 119 },
      lapsed: { customers: 0, revenue: 0 },
    });
    // 2024-04-30 is 42 days before 2024-06-11.
    const set = await run(purchases, { asOf }, 'month', 42);
    expect(set.status).toMatchObject({ isFromData: false, active: { customers: 2 }, lapsed: { customers: 1 } });
    const shorter = await run(purchases, { asOf }, 'month', 41);
    expect(shorter.status?.active).toEqual({ customers: 1, revenue: 4 });
    expect(await ids(selectStatus(shorter, false, '')?.members ?? sql``)).toEqual(["O'Neil", 'b"quoted"']);
  });

  it('a first day inside a month cuts that month; what came before it is history, not a new customer', async () => {
    const result = await run(purchases, { asOf, from: '2024-02-10' });
    // O'Neil's first of February and January are the period before: dormant, as is 张三 of January.
    expect(states(result)[0]).toEqual(['2024-02-01', 1, 0, 0, 2, 0]);
    expect(result.periods[0]?.isComplete).toBe(false);
    expect(await run(purchases, { asOf, from: '2024-02-01' })).toMatchObject({
      periods: [{ start: '2024-02-01', isComplete: true }, {}, {}, {}, {}],
    });
  });

  it('weeks begin on Monday and quarters in January', async () => {
    const two = [
      buy('a', '2023-12-31 23:00:00'),
      buy('a', '2024-01-01'),
      buy('a', '2024-01-07'),
      buy('a', '2024-01-08'),
    ];
    const weeks = await run(two, { asOf: '2024-01-15' }, 'week');
    expect(weeks.periods.map(({ start, active }) => [start, active.customers, active.orders])).toEqual([
      ['2023-12-25', 1, 1],
      ['2024-01-01', 1, 2],
      ['2024-01-08', 1, 1],
    ]);
    const quarters = await run(two, { asOf: '2024-02-15' }, 'quarter');
    expect(quarters.periods.map(({ start, end }) => [start, end])).toEqual([
      ['2023-10-01', '2024-01-01'],
      ['2024-01-01', '2024-04-01'],
    ]);
    expect(quarters.periods[1]?.states.returning.customers).toBe(1);
  });

  it('nothing before as-of is an empty result, and one purchase has no churn window', async () => {
    const nothing = await run([buy('a', '2024-05-01')], { asOf: '2024-05-01' });
    expect(nothing).toMatchObject({ periods: [], status: null, population: { customers: 0 } });
    expect(flowPeriod(nothing, null)).toBeUndefined();
    const one = await run([buy('a', '2024-05-01')], { asOf: '2024-05-02' });
    expect(one.status).toBeNull();
    expect(states(one)).toEqual([['2024-05-01', 1, 0, 0, 0, 0]]);
  });

  it('counts an audience alone', async () => {
    const audience = sql`SELECT customer_key FROM customers WHERE customer_id = ${"O'Neil"}`;
    const result = await run(purchases, { asOf, audience });
    expect(result.periods.map(({ active }) => active.customers)).toEqual([1, 1, 0, 1, 0, 0]);
  });
});

describe('any shop', () => {
  const purchase: fc.Arbitrary<PlainPurchase> = fc.record({
    customer: fc.option(fc.nat({ max: 7 }).map(String), { nil: null, freq: 12 }),
    at: fc.nat({ max: 300 }).map((days) => addDays('2023-11-20', days)),
    cents: fc.integer({ min: -500, max: 9_000 }),
    isPurchase: fc.boolean(),
  });

  it('agrees with counting customer by customer; the identities hold, parts sum to wholes, and each number is the count of its list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(purchase, { maxLength: 50 }),
        fc.constantFrom(...LIFECYCLE_GRAINS),
        fc.option(fc.constantFrom('2024-01-01', '2024-02-14'), { nil: null }),
        fc.nat({ max: 60 }),
        async (purchases, grain, from, pick) => {
          const asOf = '2024-08-05';
          const result = await run(purchases, { asOf, from }, grain);
          const plain = plainLifecycle(purchases, grain, asOf, from ?? '');
          const counts = (lists: Readonly<Record<string, readonly string[]>>) =>
            Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.length]));
          expect(result.periods.length).toBe(plain.length);
          result.periods.forEach((period, i) => {
            const expected = plain[i];
            if (expected === undefined) throw new Error('a period too many');
            const { flows, cents, ...lists } = expected;
            const figures = Object.fromEntries(
              LIFE_STATES.map((state) => [state, period.states[state].customers] as const),
            );
            expect({ ...figures, away: period.away }).toEqual(counts(lists));
            expect(
              Object.fromEntries(period.flows.map((flow) => [`${flow.from}/${flow.into}`, flow.customers])),
            ).toEqual(counts(flows));
            expect(Math.round((period.active.revenue + period.refunds) * 100)).toBe(cents);
            const previous = result.periods[i - 1];
            expect(period.active.customers).toBe(
              period.states.new.customers + period.states.returning.customers + period.states.resurrected.customers,
            );
            if (previous !== undefined)
              expect(period.states.dormant.customers).toBe(
                previous.active.customers - period.states.returning.customers,
              );
          });
          const inScope = purchases.filter(({ customer, at }) => customer !== null && at < asOf && at >= (from ?? ''));
          const revenue = result.periods.reduce((sum, period) => sum + period.active.revenue + period.refunds, 0);
          expect(Math.round(revenue * 100)).toBe(inScope.reduce((sum, { cents }) => sum + cents, 0));
          const status = result.status;
          if (status !== null)
            expect(status.active.customers + status.lapsed.customers).toBe(result.population.customers);
          const period = result.periods[pick % Math.max(1, result.periods.length)];
          const wanted = plain[pick % Math.max(1, plain.length)];
          if (period === undefined || wanted === undefined) return;
          const state = LIFE_STATES[pick % 4] ?? 'new';
          expect(await ids(selectState(result, period, state, '').members)).toEqual(wanted[state].toSorted());
          const flow = period.flows[pick % Math.max(1, period.flows.length)];
          if (flow !== undefined)
            expect(await ids(selectFlow(result, period, flow.from, flow.into, '').members)).toEqual(
              wanted.flows[`${flow.from}/${flow.into}`]?.toSorted(),
            );
        },
      ),
      { numRuns: 40, seed: 20240805 },
    );
  });
});
