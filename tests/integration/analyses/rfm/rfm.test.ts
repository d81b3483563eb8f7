import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { RFM_DEFAULTS, type RfmParams, type Scoring } from '../../../../src/analyses/rfm/rfm-params';
import { rfm, runRfm, type RfmResult } from '../../../../src/analyses/rfm/rfm';
import { RfmTables } from '../../../../src/analyses/rfm/rfm-tables';
import { selectCell, selectGroup, selectScore } from '../../../../src/analyses/rfm/selections';
import { createRandom } from '../../../../src/core/random';
import { printSql, sql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import {
  fillTables,
  plainCustomers,
  plainSegment,
  raw,
  scoresByCuts,
  scoresByGivenCuts,
  scoresByRank,
  type PlainPurchase,
  type Scores,
} from './plain-rfm';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const ASOF = '2024-07-01';
const everyone = (asOf = ASOF): Scope => ({ asOf, from: null, audience: null });
const buy = (customer: string | null, at: string, cents: number): PlainPurchase => ({
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

const SCORE_SHAPE = {
  customer_id: 'text',
  recency_days: 'integer',
  frequency: 'integer',
  money: 'decimal',
  r: 'integer',
  f: 'integer',
  m: 'integer',
  fm: 'integer',
  segment: 'text',
} as const;

const TABLE_SHAPE = { ...SCORE_SHAPE };

/** What the app's own tables hold. */
async function tableRows() {
  const statement = sql`SELECT customer_id, recency_days, frequency, money, r, f, m, fm, segment FROM rfm_scores JOIN customers USING (customer_key) ORDER BY customer_key`;
  return db.query(statement, TABLE_SHAPE);
}

const printed = (statement: Sql): Sql => raw(printSql(statement));

async function run(scoring: Scoring | null, scope = everyone(), more: Partial<RfmParams> = {}): Promise<RfmResult> {
  return rfm.run({ db, scope }, { ...RFM_DEFAULTS, scoring, ...more });
}

function scoresOf(rows: readonly { customer_id: string; r: number; f: number; m: number }[]): Scores {
  return Object.fromEntries(rows.map(({ customer_id, r, f, m }) => [customer_id, [r, f, m] as const]));
}

async function count(members: Sql): Promise<number> {
  return (
    (
      await db.query(sql`SELECT count(*) AS n, count(DISTINCT customer_key) AS d FROM (${printed(members)})`, {
        n: 'integer',
        d: 'integer',
      })
    )[0]?.d ?? -1
  );
}

/** A shop whose customers differ: many of one order, ties in every dimension, refunds, orders without a customer. */
function shop(customers: number, seed: number, oneOrderShare = 0.3): PlainPurchase[] {
  const random = createRandom(seed);
  const purchases: PlainPurchase[] = [];
  const day = (): string =>
    new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 600) * 86_400_000 + Math.floor(random() * 86_400) * 1000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  for (let i = 0; i < customers; i++) {
    const orders = random() < oneOrderShare ? 1 : 1 + Math.floor(random() ** 3 * 12);
    for (let j = 0; j < orders; j++) purchases.push(buy(`c${i}`, day(), Math.floor(random() * 40) * 250));
    if (random() < 0.1) purchases.push(refund(`c${i}`, day(), 500));
    if (random() < 0.05) purchases.push(buy(null, day(), 999));
  }
  return purchases;
}

describe('a case small enough for the hand', () => {
  const purchases = [
    buy("O'Neil", '2024-06-30 23:59:59', 10_000),
    buy("O'Neil", '2024-06-01', 10_000),
    buy('b"quoted"', '2024-06-20', 5_000),
    refund('b"quoted"', '2024-06-25', 2_000),
    buy('张三', '2024-01-01', 1_234),
    refund('refund only', '2024-05-01', 700),
    buy(null, '2024-06-15', 4_000),
    buy('too late', '2024-07-01 00:00:00', 99_900),
  ];

  it('gives each customer days to as-of, orders and money with refunds netted', async () => {
    await fillTables(db, purchases);
    await run({ method: 'quantile', bins: 3, ties: 'together' });
    const rows = (await tableRows()).map(({ customer_id, recency_days, frequency, money }) => [
      customer_id,
      recency_days,
      frequency,
      money,
    ]);
    expect(rows).toEqual([
      ["O'Neil", 1, 2, 200],
      ['b"quoted"', 11, 1, 30],
      ['张三', 182, 1, 12.34],
    ]);
  });

  it('scores by cut points: a value on the cut is on its lower side, and coinciding cuts skip a score', async () => {
    // Recency 1, 11, 182: cuts 1 and 11. Frequency 1, 1, 2: both cuts 1, so 2 orders score 3. Money 12.34, 30, 200: cuts 12.34 and 30.
    await fillTables(db, purchases);
    await run({ method: 'quantile', bins: 3, ties: 'together' });
    expect(scoresOf(await tableRows())).toEqual({ "O'Neil": [3, 3, 3], 'b"quoted"': [2, 1, 2], 张三: [1, 1, 1] });
  });

  it('scores by rank: of two customers with one order, the id that sorts first is ranked lower', async () => {
    await fillTables(db, purchases);
    await run({ method: 'quantile', bins: 3, ties: 'split' });
    expect(scoresOf(await tableRows())).toEqual({ "O'Neil": [3, 3, 3], 'b"quoted"': [2, 1, 2], 张三: [1, 2, 1] });
  });

  it('splits at the mean, a value on the benchmark being low for money and high for recency', async () => {
    // Means: recency 64.67 days, frequency 1.33, money 80.78; then benchmarks of one's own.
    await fillTables(db, purchases);
    await run({ method: 'mean', benchmarks: { recency: null, frequency: null, money: null } }, everyone(), {
      naming: 'classes',
    });
    expect((await tableRows()).map(({ r, f, m, segment }) => [r, f, m, segment])).toEqual([
      [2, 2, 2, 'high-value'],
      [2, 1, 1, 'general-develop'],
      [1, 1, 1, 'potential'],
    ]);
    await run({ method: 'mean', benchmarks: { recency: 11, frequency: 2, money: 12.34 } }, everyone(), {
      naming: 'classes',
    });
    expect((await tableRows()).map(({ r, f, m, segment }) => [r, f, m, segment])).toEqual([
      [2, 1, 2, 'key-develop'],
      [2, 1, 2, 'key-develop'],
      [1, 1, 1, 'potential'],
    ]);
  });

  it('says what the scope comes to, and its groups sum to it', async () => {
    await fillTables(db, purchases);
    const result = await run({ method: 'quantile', bins: 3, ties: 'together' });
    expect(result.population).toEqual({
      customers: 3,
      orders: 4,
      revenue: 235.34,
      revenueOfAll: 275.34,
      identifiedShare: 235.34 / 275.34,
    });
    expect(result.groups.map(({ group, customers, revenue }) => [group, customers, revenue])).toEqual([
      ['champions', 1, 200],
      ['needs-attention', 1, 30],
      ['lost', 1, 12.34],
      ['prospects', 2, -7],
    ]);
  });

  it('counts a day as days between dates, whatever the hour', async () => {
    await fillTables(db, [buy('a', '2024-06-30 00:00:00', 100), buy('b', '2024-06-30 23:59:59', 100)]);
    await run({ method: 'quantile', bins: 3, ties: 'together' });
    expect((await tableRows()).map(({ recency_days }) => recency_days)).toEqual([1, 1]);
  });

  it('keeps to the period and the audience', async () => {
    await fillTables(db, purchases);
    const audience = sql`SELECT customer_key FROM customers WHERE customer_id <> ${"O'Neil"}`;
    const result = await run(
      { method: 'quantile', bins: 3, ties: 'together' },
      { asOf: ASOF, from: '2024-06-01', audience },
    );
    expect((await tableRows()).map(({ customer_id }) => customer_id)).toEqual(['b"quoted"']);
    expect(result.population).toMatchObject({ customers: 1, orders: 1, revenue: 30, revenueOfAll: 270 });
    expect(result.facts.prospects).toBe(3);
  });
});

describe('against RFM written again in plain JavaScript', () => {
  const purchases = shop(1_237, 7);
  const asOf = '2024-06-01';
  const customers = plainCustomers(purchases, asOf);

  it.each([3, 4, 5, 10] as const)('has the same scores in %i bins, by rank and by cut points', async (bins) => {
    await fillTables(db, purchases);
    await run({ method: 'quantile', bins, ties: 'split' }, everyone(asOf));
    expect(scoresOf(await tableRows())).toEqual(scoresByRank(customers, bins));
    await run({ method: 'quantile', bins, ties: 'together' }, everyone(asOf));
    expect(scoresOf(await tableRows())).toEqual(scoresByCuts(customers, bins));
  });

  it('has the same scores by thresholds and by the mean', async () => {
    await fillTables(db, purchases);
    const cuts = { recency: [30, 90.5, 180, 365], frequency: [1, 2, 4, 8], money: [0, 100.01, 250, 500] };
    await run({ method: 'thresholds', bins: 5, cuts }, everyone(asOf));
    expect(scoresOf(await tableRows())).toEqual(
      scoresByGivenCuts(
        customers,
        cuts.recency,
        cuts.frequency,
        cuts.money.map((cut) => Math.round(cut * 100)),
      ),
    );
    await run({ method: 'mean', benchmarks: { recency: null, frequency: null, money: null } }, everyone(asOf));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const means = [
      mean(customers.map((c) => c.recencyDays)),
      mean(customers.map((c) => c.frequency)),
      mean(customers.map((c) => c.cents)),
    ] as const;
    expect(scoresOf(await tableRows())).toEqual(scoresByGivenCuts(customers, [means[0]], [means[1]], [means[2]]));
  });

  it('has the same values, segments, segment totals and money to the cent', async () => {
    await fillTables(db, purchases);
    const result = await run({ method: 'quantile', bins: 5, ties: 'together' }, everyone(asOf));
    const scores = scoresByCuts(customers, 5);
    const rows = await tableRows();
    expect(
      rows.map(({ customer_id, recency_days, frequency, money }) => [
        customer_id,
        recency_days,
        frequency,
        Math.round(money * 100),
      ]),
    ).toEqual(customers.map(({ id, recencyDays, frequency, cents }) => [id, recencyDays, frequency, cents]));
    const totals = new Map<string, { customers: number; cents: number; orders: number; days: number[] }>();
    for (const { id, recencyDays, frequency, cents } of customers) {
      const segment = plainSegment(...(scores[id] ?? [0, 0, 0]));
      const known = totals.get(segment) ?? { customers: 0, cents: 0, orders: 0, days: [] };
      totals.set(segment, {
        customers: known.customers + 1,
        cents: known.cents + cents,
        orders: known.orders + frequency,
        days: [...known.days, recencyDays],
      });
    }
    const median = (values: number[]): number => {
      const sorted = values.sort((a, b) => a - b);
      return (
        ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
      );
    };
    for (const group of result.groups.filter(({ group }) => group !== 'prospects')) {
      const plain = totals.get(group.group);
      expect([
        group.group,
        group.customers,
        Math.round(group.revenue * 100),
        group.orders,
        group.medianRecencyDays,
      ]).toEqual([group.group, plain?.customers, plain?.cents, plain?.orders, median(plain?.days ?? [])]);
    }
    expect(result.groups.filter(({ group }) => group !== 'prospects')).toHaveLength(totals.size);
    expect(result.groups.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0)).toBe(
      Math.round(result.population.revenue * 100),
    );
  });

  it('finds the share of revenue that the top fifth brings', async () => {
    await fillTables(db, purchases);
    const result = await run(null, everyone(asOf));
    const sorted = customers.map((c) => c.cents).sort((a, b) => b - a);
    const top = sorted.slice(0, Math.ceil(sorted.length / 5)).reduce((sum, cents) => sum + cents, 0);
    expect(result.verdict.topFifthShare).toBeCloseTo(top / sorted.reduce((sum, cents) => sum + cents, 0), 12);
  });
});

describe('what stands behind a figure', () => {
  it('prints statements that give the same rows from purchases and customers alone', async () => {
    await fillTables(db, shop(400, 11), ['never bought']);
    const scorings: readonly Scoring[] = [
      { method: 'quantile', bins: 5, ties: 'split' },
      { method: 'quantile', bins: 4, ties: 'together' },
      { method: 'thresholds', bins: 3, cuts: { recency: [30, 100], frequency: [1, 3], money: [10.5, 200] } },
      { method: 'mean', benchmarks: { recency: 60, frequency: null, money: null } },
    ];
    for (const scoring of scorings) {
      const result = await run(scoring);
      const fromTables = await tableRows();
      const groups = result.groups.filter(({ group }) => group !== 'prospects');
      for (const table of ['rfm_base', 'rfm_quantiles', 'rfm_cuts', 'rfm_cells', 'rfm_scores'])
        await db.exec(raw(`DROP TABLE ${table}`));
      expect(await db.query(printed(result.statements.scores), SCORE_SHAPE)).toEqual(fromTables);
      const counts = await db.query(raw(`SELECT segment, customers FROM (${printSql(result.statements.groups)})`), {
        segment: 'text',
        customers: 'integer',
      });
      expect(Object.fromEntries(counts.map(({ segment, customers }) => [segment, customers]))).toEqual(
        Object.fromEntries(groups.map(({ group, customers }) => [group, customers])),
      );
    }
  });

  it('opens lists as long as the figures say', async () => {
    await fillTables(db, shop(400, 12), ['never bought', 'nor she']);
    const result = await run({ method: 'quantile', bins: 5, ties: 'split' });
    for (const { group, customers } of result.groups)
      expect([group, await count(selectGroup(result, group, group).members)]).toEqual([group, customers]);
    for (const { r, score, customers } of result.grid)
      expect(await count(selectCell(result, 'fm', r, score, '').members)).toBe(customers);
    for (const { dimension, score, customers } of result.scoreRanges)
      expect(await count(selectScore(result, dimension, score, '').members)).toBe(customers);
    expect(result.grid.reduce((sum, { customers }) => sum + customers, 0)).toBe(result.population.customers);
  });

  it('can narrow itself to one of its own groups', async () => {
    await fillTables(db, shop(400, 13));
    const result = await run({ method: 'quantile', bins: 5, ties: 'together' });
    const champions = result.groups.find(({ group }) => group === 'champions');
    const narrowed = await run(
      { method: 'quantile', bins: 5, ties: 'together' },
      { ...everyone(), audience: selectGroup(result, 'champions', '').members },
    );
    expect(narrowed.population).toMatchObject({
      customers: champions?.customers,
      revenue: champions?.revenue,
      orders: champions?.orders,
    });
  });
});

describe('the ends of what can come', () => {
  it('answers for an empty table and for a date before the first order', async () => {
    await fillTables(db, [], ['a']);
    const empty = await run(null);
    expect(empty.population).toMatchObject({ customers: 0, orders: 0, revenue: 0, revenueOfAll: 0 });
    expect(empty.groups.map(({ group, customers }) => [group, customers])).toEqual([['prospects', 1]]);
    expect(empty.warnings).toEqual([{ code: 'no-customers', value: 0, limit: 1 }]);
    await fillTables(db, [buy('a', '2024-05-05', 100)]);
    for (const ties of ['split', 'together'] as const) {
      const early = await run({ method: 'quantile', bins: 5, ties }, everyone('2024-05-05'));
      expect(early.population.customers).toBe(0);
      expect(early.verdict).toEqual({ topFifthShare: Number.NaN, quiet: null });
    }
  });

  it('gives a single customer the score that each rule gives', async () => {
    await fillTables(db, [buy('only', '2024-06-01', 4_200)]);
    await run({ method: 'quantile', bins: 5, ties: 'split' });
    expect(scoresOf(await tableRows())).toEqual({ only: [1, 1, 1] });
    const result = await run({ method: 'quantile', bins: 5, ties: 'together' });
    expect(scoresOf(await tableRows())).toEqual({ only: [5, 1, 1] });
    expect(result.verdict.topFifthShare).toBe(1);
  });

  it('recommends thresholds where half bought once, and fifths otherwise', async () => {
    await fillTables(db, shop(300, 14, 0.9));
    const once = await run(null);
    expect(once.recommendation.reason).toBe('frequency-one');
    expect(once.scoring).toMatchObject({
      method: 'thresholds',
      cuts: { frequency: [1, expect.any(Number), expect.any(Number), expect.any(Number)] },
    });
    expect(once.warnings.map(({ code }) => code)).toContain('frequency-one');
    await fillTables(db, shop(300, 14, 0));
    const often = await run(null);
    expect(often.recommendation).toMatchObject({
      reason: 'ties-kept',
      scoring: { method: 'quantile', bins: 5, ties: 'together' },
    });
  });

  it('makes the base anew when the scope changes or is forgotten, and not when only the scoring does', async () => {
    await fillTables(db, [buy('a', '2024-06-01', 100), buy('b', '2024-06-02', 200)]);
    const tables = new RfmTables(db);
    const params: RfmParams = { ...RFM_DEFAULTS, scoring: { method: 'quantile', bins: 5, ties: 'together' } };
    const first = await runRfm(db, tables, everyone(), params);
    await fillTables(db, [buy('a', '2024-06-01', 100)]);
    expect((await runRfm(db, tables, everyone(), { ...params, naming: 'classes' })).population).toEqual(
      first.population,
    );
    tables.invalidate();
    expect((await runRfm(db, tables, everyone(), params)).population.customers).toBe(1);
    expect((await runRfm(db, tables, everyone('2024-05-01'), params)).population.customers).toBe(0);
  });
});
