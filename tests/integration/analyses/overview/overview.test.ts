import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { addGrains } from '../../../../src/analyses/grain';
import {
  overview,
  measureOf,
  mainChange,
  revenueChange,
  type OverviewResult,
} from '../../../../src/analyses/overview/overview';
import { FIGURES_SHAPE, figuresQuery, VALUES_SHAPE, valuesQuery } from '../../../../src/analyses/overview/overview.sql';
import { OVERVIEW_DEFAULTS, type OverviewParams } from '../../../../src/analyses/overview/overview-params';
import {
  selectBuyers,
  selectRepeatCustomers,
  selectRow,
  selectStretch,
} from '../../../../src/analyses/overview/selections';
import { readPopulation } from '../../../../src/analyses/population';
import { addDays } from '../../../../src/core/dates';
import { addMoney } from '../../../../src/core/money';
import { printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import {
  fillLines,
  filledTables,
  ordersOf,
  plainFigures,
  plainValues,
  raw,
  shop,
  type PlainLine,
} from './plain-overview';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const everyone = (asOf: string): Scope => ({ asOf, from: null, audience: null });

async function run(
  scope: Scope,
  periods: Partial<OverviewParams['periods']> = {},
  tables = filledTables(),
): Promise<OverviewResult> {
  const params = { ...OVERVIEW_DEFAULTS, periods: { ...OVERVIEW_DEFAULTS.periods, ...periods } };
  return overview.run({ db, tables, scope, churnWindowDays: null }, params);
}

async function count(members: Sql): Promise<number> {
  const statement = raw(`SELECT count(*) AS n, count(DISTINCT customer_key) AS d FROM (${printSql(members)})`);
  const [row] = await db.query(statement, { n: 'integer', d: 'integer' });
  expect(row?.n).toBe(row?.d);
  return row?.d ?? -1;
}

const line = (
  order: number,
  customer: number | null,
  at: string,
  yuan: number,
  quantity: number,
  channel: string | null,
  category: string | null = null,
): PlainLine => ({ order, customer, at, cents: yuan * 100, quantity, channel, category });

describe('a case small enough for the hand', () => {
  // March against February 2024: the second of the two is looked at. 1 buys twice, 2 once, nobody once; 3 only gives back.
  const lines = [
    line(0, 1, '2024-02-01 00:00:00', 50, 1, 'store'),
    line(1, 3, '2024-02-29 23:59:59', 70, 2, 'store'),
    line(2, 1, '2024-03-01 00:00:00', 100, 2, 'store', 'tea'),
    line(2, 1, '2024-03-01 00:00:00', 20, 1, 'store', 'cups'),
    line(3, 1, '2024-03-31 23:59:59', 30, 1, 'app', 'tea'),
    line(4, 2, '2024-03-15 12:00:00', 60, 3, "O'Neil", 'tea'),
    line(5, null, '2024-03-15 12:00:00', 40, 1, null, 'tea'),
    line(6, 3, '2024-03-20 12:00:00', -70, -2, 'store', 'cups'),
    line(7, 4, '2024-03-20 12:00:00', 25, 1, 'app', 'cups'),
    line(7, 4, '2024-03-20 12:00:00', -25, -1, 'app', 'cups'),
    line(8, 9, '2024-04-01 00:00:00', 999, 9, 'app', 'tea'),
  ];

  it('counts buyers, orders and revenue of the last full month beside the month before', async () => {
    await fillLines(db, lines);
    const result = await run(everyone('2024-04-01'), { span: 'month' });
    expect(result.periods).toEqual({
      now: { from: '2024-03-01', to: '2024-04-01' },
      before: { from: '2024-02-01', to: '2024-03-01' },
      isBeforeCut: false,
    });
    expect(result.now.total).toEqual({
      customers: 2,
      repeatCustomers: 1,
      orders: 4,
      identifiedOrders: 3,
      revenue: 180,
      identifiedRevenue: 140,
      items: 6,
      revenueOfAll: 180,
    });
    expect(measureOf(result.now.total, 'orderValue')).toBe(45);
    expect(measureOf(result.now.total, 'itemsPerOrder')).toBe(1.5);
    expect(measureOf(result.now.total, 'repeatRate')).toBe(0.5);
    expect(measureOf(result.now.total, 'identifiedShare')).toBeCloseTo(140 / 180, 12);
    expect(result.before?.total).toMatchObject({ customers: 2, repeatCustomers: 0, orders: 2, revenue: 120, items: 3 });
    expect(revenueChange(result)).toBe(60);
  });

  it('gives each day of a month a stretch, also those on which nobody came', async () => {
    const { now, grain } = await run(everyone('2024-04-01'), { span: 'month' });
    expect(grain).toBe('day');
    expect(now.stretches.map(({ start }) => start)).toEqual(
      Array.from({ length: 31 }, (_, day) => `2024-03-${String(day + 1).padStart(2, '0')}`),
    );
    expect(now.stretches.filter(({ orders }) => orders > 0).map(({ start, revenue }) => [start, revenue])).toEqual([
      ['2024-03-01', 120],
      ['2024-03-15', 100],
      ['2024-03-31', 30],
    ]);
    expect(now.stretches[19]).toMatchObject({ customers: 0, orders: 0, revenue: -70, items: -2 });
  });

  it('tells revenue apart by channel, with what names none, and says what changed most', async () => {
    const result = await run(everyone('2024-04-01'), { span: 'month' });
    expect(result.breakdowns.map(({ breakdown }) => breakdown)).toEqual(['channel', 'category']);
    expect(result.breakdowns[0]?.rows).toEqual([
      { held: { kind: 'value', value: 'store' }, revenue: 50, customers: 1, revenueBefore: 120, customersBefore: 2 },
      { held: { kind: 'value', value: "O'Neil" }, revenue: 60, customers: 1, revenueBefore: 0, customersBefore: 0 },
      { held: { kind: 'value', value: 'app' }, revenue: 30, customers: 1, revenueBefore: 0, customersBefore: 0 },
      { held: { kind: 'missing' }, revenue: 40, customers: 0, revenueBefore: 0, customersBefore: 0 },
    ]);
    // All 120 of February and 190 - 70 + 20 + 0 of March's lines lie without a category or with one: tea 230, cups -50.
    expect(result.changes.map(({ value, change, isOfFew }) => [value, change, isOfFew])).toEqual([
      ['tea', 230, true],
      ['store', -70, true],
      ["O'Neil", 60, true],
      ['cups', -50, true],
      ['app', 30, true],
    ]);
    expect(mainChange(result)).toBeNull();
  });

  it('says that there is nothing to compare with where the data begins with the period', async () => {
    const result = await run(everyone('2024-03-01'), { span: 'month' });
    expect(result.periods?.before).toBeNull();
    expect(result.before).toBeNull();
    expect(result.now.total.revenue).toBe(120);
    expect(revenueChange(result)).toBeNull();
    expect(result.changes).toEqual([]);
    expect(result.breakdowns[0]?.rows[0]).toMatchObject({ revenue: 120, revenueBefore: null, customersBefore: null });
  });

  it('looks at an audience alone, beside the revenue of everyone', async () => {
    const result = await run(
      { asOf: '2024-04-01', from: null, audience: sql`SELECT 1 AS customer_key` },
      { span: 'month' },
    );
    expect(result.now.total).toEqual({
      customers: 1,
      repeatCustomers: 1,
      orders: 2,
      identifiedOrders: 2,
      revenue: 150,
      identifiedRevenue: 150,
      items: 4,
      revenueOfAll: 180,
    });
    expect(result.now.stretches[14]).toMatchObject({ start: '2024-03-15', orders: 0, revenue: 0, revenueOfAll: 100 });
    expect(result.breakdowns[0]?.rows.map(({ held, revenue }) => [held, revenue])).toEqual([
      [{ kind: 'value', value: 'store' }, 120],
      [{ kind: 'value', value: 'app' }, 30],
    ]);
  });

  it('tells revenue apart by the city of the customer where the lines name no city', async () => {
    await db.exec(
      raw(
        "CREATE OR REPLACE TABLE customer_attributes AS SELECT 1 AS customer_key, '上海' AS city UNION ALL SELECT 2, NULL",
      ),
    );
    const result = await run(
      everyone('2024-04-01'),
      { span: 'month' },
      filledTables({ hasQuantity: true, hasProduct: false, labels: [] }, true),
    );
    expect(result.breakdowns.map(({ breakdown, rows }) => [breakdown, rows])).toEqual([
      [
        'customerCity',
        [
          { held: { kind: 'value', value: '上海' }, revenue: 150, customers: 1, revenueBefore: 50, customersBefore: 1 },
          { held: { kind: 'missing' }, revenue: 30, customers: 1, revenueBefore: 70, customersBefore: 1 },
        ],
      ],
    ]);
    // One value alone says no more than the total.
    expect(result.changes).toEqual([]);
  });
});

it('has nothing to say of an empty table, nor before the first order', async () => {
  await fillLines(db, []);
  const empty = await run(everyone('2024-04-01'));
  expect([empty.periods, empty.now.total.customers, empty.now.stretches, empty.population.customers]).toEqual([
    null,
    0,
    [],
    0,
  ]);
  expect(measureOf(empty.now.total, 'orderValue')).toBeNaN();
  await fillLines(db, [line(0, 1, '2024-05-01 00:00:00', 50, 1, 'store')]);
  expect((await run(everyone('2024-05-01'))).periods).toBeNull();
  const quiet = await run(everyone('2024-12-01'), { span: 'month' });
  expect(quiet.now.total.orders).toBe(0);
  expect(quiet.now.stretches).toHaveLength(30);
  expect(quiet.breakdowns.flatMap(({ rows }) => rows)).toEqual([]);
});

describe('a shop of two years against a count over its plain rows', () => {
  const lines = shop(1_500, 42, 17);
  const asOf = '2024-12-31';
  beforeAll(() => fillLines(db, lines));

  it.each([
    ['the year by months', { span: 'year' }, 'month'],
    [
      'own dates that cut weeks at both ends',
      { span: 'custom', custom: { from: '2024-03-06', to: '2024-07-11' } },
      'week',
    ],
    ['thirty days by days, against a year earlier', { span: 'days30', against: 'yearBefore' }, 'day'],
    [
      'periods that overlap',
      {
        span: 'custom',
        custom: { from: '2024-01-15', to: '2024-12-20' },
        against: 'custom',
        customAgainst: { from: '2023-12-10', to: '2024-03-05' },
      },
      'month',
    ],
  ] as const)('agrees on %s', async (_, choice, grain) => {
    const result = await run(everyone(asOf), choice);
    expect(result.grain).toBe(grain);
    for (const { scope, total, stretches } of [result.now, result.before].flatMap((period) => period ?? [])) {
      const from = scope.from ?? '';
      expect(total).toEqual(plainFigures(lines, from, scope.asOf));
      for (const { start, isWhole, ...figures } of stretches) {
        const end = addGrains(start, grain, 1);
        expect(isWhole).toBe(start >= from && end <= scope.asOf);
        expect(figures).toEqual(plainFigures(lines, start < from ? from : start, end > scope.asOf ? scope.asOf : end));
      }
      expect((stretches[0]?.start ?? '9') <= from).toBe(true);
      expect(addGrains(stretches.at(-1)?.start ?? '', grain, 1) >= scope.asOf).toBe(true);
    }
    const { now, before } = result;
    for (const { breakdown, values } of result.breakdowns) {
      if (breakdown !== 'channel' && breakdown !== 'category') throw new Error(`unexpected ${breakdown}`);
      const plainNow = plainValues(lines, breakdown, now.scope.from ?? '', now.scope.asOf);
      const plainBefore = plainValues(lines, breakdown, before?.scope.from ?? '', before?.scope.asOf ?? '');
      expect(values.map(({ value }) => value).toSorted()).toEqual(
        [...new Set([...Object.keys(plainNow), ...Object.keys(plainBefore)])]
          .filter((value) => value !== '')
          .toSorted(),
      );
      for (const value of values) {
        expect(value).toMatchObject({
          revenue: (plainNow[value.value]?.cents ?? 0) / 100,
          customers: plainNow[value.value]?.customers.size ?? 0,
          revenueBefore: (plainBefore[value.value]?.cents ?? 0) / 100,
          customersBefore: plainBefore[value.value]?.customers.size ?? 0,
        });
      }
    }
  });

  it('sums the values beyond the twelfth in one row, whose customers count once', async () => {
    const { breakdowns, now, before } = await run(everyone(asOf), { span: 'year' });
    const category = breakdowns.find(({ breakdown }) => breakdown === 'category');
    const rows = category?.rows ?? [];
    expect(rows.map(({ held }) => held.kind)).toEqual([
      ...Array.from({ length: 12 }, () => 'value'),
      'rest',
      'missing',
    ]);
    const plain = plainValues(lines, 'category', now.scope.from ?? '', now.scope.asOf);
    const named = rows.flatMap(({ held }) => (held.kind === 'value' ? [held.value] : []));
    const rest = Object.entries(plain).filter(([value]) => value !== '' && !named.includes(value));
    expect(rest).toHaveLength(5);
    expect(rows[12]).toMatchObject({
      revenue: rest.reduce((sum, [, { cents }]) => sum + cents, 0) / 100,
      customers: new Set(rest.flatMap(([, { customers }]) => [...customers])).size,
    });
    expect(rows.reduce((sum, { revenue }) => addMoney(sum, revenue), 0)).toBe(now.total.revenue);
    expect(rows.reduce((sum, { revenueBefore }) => addMoney(sum, revenueBefore ?? 0), 0)).toBe(before?.total.revenue);
  });

  it('opens behind every number as many customers as the number says', async () => {
    const result = await run(everyone(asOf), { span: 'custom', custom: { from: '2024-01-15', to: '2024-12-20' } });
    const { now, before, grain } = result;
    if (before === null) throw new Error('a period before was expected');
    for (const period of [now, before]) {
      expect(await count(selectBuyers(period, '').members)).toBe(period.total.customers);
      expect(await count(selectRepeatCustomers(period, '').members)).toBe(period.total.repeatCustomers);
      for (const stretch of period.stretches) {
        expect(await count(selectStretch(period, stretch, grain, '').members)).toBe(stretch.customers);
      }
    }
    for (const { breakdown, rows } of result.breakdowns) {
      for (const { held, customers, customersBefore } of rows) {
        expect(await count(selectRow(now, breakdown, held, '').members)).toBe(customers);
        expect(await count(selectRow(before, breakdown, held, '').members)).toBe(customersBefore);
      }
    }
  });

  it('rests on the population of the period, as every page counts it', async () => {
    const result = await run(everyone(asOf), { span: 'quarter' });
    expect(result.population).toEqual(await readPopulation(db, result.now.scope));
  });

  it('names the largest change in the direction of the total as where it mainly comes from, unless few are behind it', async () => {
    const result = await run(everyone(asOf), { span: 'year' });
    const total = revenueChange(result) ?? 0;
    const main = mainChange(result);
    const candidates = result.changes.filter(
      ({ isOfFew, change }) => !isOfFew && Math.sign(change) === Math.sign(total),
    );
    expect(main).toEqual(candidates.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))[0]);
    expect(main).not.toBeNull();
  });

  it('prints statements that run as they stand and give the same figures', async () => {
    const { now } = await run(everyone(asOf), { span: 'quarter' });
    const rows = await db.query(raw(printSql(figuresQuery(now.scope, 'week'))), FIGURES_SHAPE);
    expect(rows[0]).toMatchObject({ stretch: null, customers: now.total.customers, revenue: now.total.revenue });
    expect(rows.length).toBe(1 + now.stretches.filter(({ revenueOfAll }) => revenueOfAll !== 0).length);
    // On exported tables a label is a text.
    await db.exec(
      raw(
        'CREATE OR REPLACE TABLE sale_lines AS SELECT * REPLACE (CAST(category AS VARCHAR) AS category) FROM sale_lines',
      ),
    );
    const values = await db.query(raw(printSql(valuesQuery('category', now.scope))), VALUES_SHAPE);
    expect(values.reduce((sum, { revenue }) => addMoney(sum, revenue), 0)).toBe(now.total.revenue);
  });
});

const anyLine: fc.Arbitrary<PlainLine> = fc
  .record({
    order: fc.nat({ max: 25 }),
    cents: fc.integer({ min: -3_000, max: 9_000 }),
    quantity: fc.integer({ min: -2, max: 4 }),
    channel: fc.constantFrom('a', 'b"b', null),
    category: fc.constantFrom(null, ...Array.from({ length: 15 }, (_, i) => `k${i}`)),
  })
  .map((given) => ({
    ...given,
    // What an order says of its buyer and time is the same on all its lines.
    customer: given.order % 5 === 0 ? null : given.order % 7,
    at: `${addDays('2024-01-20', (given.order * 11) % 80)} ${given.order % 2 === 0 ? '00:00:00' : '23:59:59'}`,
  }));

it('sums by stretch and by value to the total of either period, to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyLine, { maxLength: 50 }),
      fc.constantFrom('month', 'days30', 'scope'),
      async (lines, span) => {
        await fillLines(db, lines);
        const { now, before, breakdowns } = await run(everyone('2024-04-01'), { span });
        for (const period of [now, before].flatMap((one) => one ?? [])) {
          const { total, stretches, scope } = period;
          for (const figure of ['orders', 'revenue', 'identifiedRevenue', 'items', 'revenueOfAll'] as const) {
            expect(stretches.reduce((sum, stretch) => addMoney(sum, stretch[figure]), 0)).toBe(total[figure]);
          }
          const inside = ordersOf(lines).filter(({ at }) => at >= (scope.from ?? '') && at < scope.asOf);
          expect(Math.round(total.revenue * 100)).toBe(inside.reduce((sum, { cents }) => sum + cents, 0));
        }
        for (const { rows } of breakdowns) {
          expect(rows.reduce((sum, { revenue }) => addMoney(sum, revenue), 0)).toBe(now.total.revenue);
          if (before !== null) {
            expect(rows.reduce((sum, { revenueBefore }) => addMoney(sum, revenueBefore ?? 0), 0)).toBe(
              before.total.revenue,
            );
          }
        }
      },
    ),
    { numRuns: 25, seed: 20240401 },
  );
});
