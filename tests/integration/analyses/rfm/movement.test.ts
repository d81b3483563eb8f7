import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { readDistributions, selectBin } from '../../../../src/analyses/rfm/distributions';
import { migrationSuffix, readMigration, scopeAt, selectFlow } from '../../../../src/analyses/rfm/migration';
import { RFM_DEFAULTS, type Scoring } from '../../../../src/analyses/rfm/rfm-params';
import { runRfm, type RfmResult } from '../../../../src/analyses/rfm/rfm';
import { RfmTables } from '../../../../src/analyses/rfm/rfm-tables';
import { readSensitivity } from '../../../../src/analyses/rfm/sensitivity';
import { readTieDifference } from '../../../../src/analyses/rfm/tie-difference';
import { createRandom } from '../../../../src/core/random';
import { printSql, type Sql } from '../../../../src/core/sql';
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
} from './plain-rfm';

let db: Db;
let tables: RfmTables;
beforeAll(() => {
  db = createNodeDb();
});
beforeEach(() => {
  tables = new RfmTables(db);
});
afterAll(() => db.close());

const together: Scoring = { method: 'quantile', bins: 5, ties: 'together' };
const run = (scope: Scope, scoring: Scoring): Promise<RfmResult> =>
  runRfm(db, tables, scope, { ...RFM_DEFAULTS, scoring });
const buy = (customer: string, at: string, cents: number): PlainPurchase => ({ customer, at, cents, isPurchase: true });

async function count(members: Sql): Promise<number> {
  return (
    (await db.query(raw(`SELECT count(DISTINCT customer_key) AS n FROM (${printSql(members)})`), { n: 'integer' }))[0]
      ?.n ?? -1
  );
}

function shop(customers: number, seed: number): PlainPurchase[] {
  const random = createRandom(seed);
  return Array.from({ length: customers }, () => 1 + Math.floor(random() ** 2 * 7)).flatMap((orders, i) =>
    Array.from({ length: orders }, () =>
      buy(
        `c${i}`,
        new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 540) * 86_400_000).toISOString().slice(0, 10),
        Math.floor(random() * 300) * 100 - 200,
      ),
    ),
  );
}

/** Segment by customer, computed the plain way. */
function plainSegments(purchases: readonly PlainPurchase[], asOf: string, from = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(scoresByCuts(plainCustomers(purchases, asOf, from), 5)).map(([id, scores]) => [
      id,
      plainSegment(...scores),
    ]),
  );
}

describe('migration between two dates', () => {
  it('counts who moved where, came and went, as the plain computation of both dates does', async () => {
    const purchases = shop(500, 3);
    await fillTables(db, purchases);
    // A period of 180 days that moves as a whole, so customers also fall out of it.
    const scope: Scope = { asOf: '2024-06-01', from: '2023-12-04', audience: null };
    const result = await run(scope, together);
    const migration = await readMigration(
      db,
      { now: tables, before: new RfmTables(db, migrationSuffix) },
      result,
      '2024-03-01',
    );
    expect(migration.scopeBefore).toEqual({ asOf: '2024-03-01', from: '2023-09-03', audience: null });
    const before = plainSegments(purchases, '2024-03-01', '2023-09-03');
    const now = plainSegments(purchases, '2024-06-01', '2023-12-04');
    const expected = new Map<string, number>();
    for (const id of new Set([...before.keys(), ...now.keys()])) {
      const key = `${before.get(id) ?? null}>${now.get(id) ?? null}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    expect(new Map(migration.flows.map((flow) => [`${flow.before}>${flow.now}`, flow.customers]))).toEqual(expected);
    expect(migration.lost).toBeGreaterThan(0);
    expect([migration.customersBefore, migration.customersNow]).toEqual([before.size, now.size]);
    expect(migration.stayed + migration.moved + migration.new).toBe(now.size);
    expect(migration.flows.reduce((sum, { revenueNow }) => sum + Math.round(revenueNow * 100), 0)).toBe(
      Math.round(result.population.revenue * 100),
    );
    for (const flow of migration.flows.slice(0, 12))
      expect(await count(selectFlow(result, migration, flow.before, flow.now, '').members)).toBe(flow.customers);
    const printed = await db.query(raw(`SELECT sum(customers) AS n FROM (${printSql(migration.statement)})`), {
      n: 'integer',
    });
    expect(printed[0]?.n).toBe(new Set([...before.keys(), ...now.keys()]).size);
  });

  it('leaves an open period open', () => {
    expect(scopeAt({ asOf: '2024-06-01', from: null, audience: null }, '2024-05-01')).toEqual({
      asOf: '2024-05-01',
      from: null,
      audience: null,
    });
  });
});

describe('sensitivity to a cut', () => {
  it('counts who would change segment as scoring anew with the moved cut does', async () => {
    const purchases = shop(400, 5);
    await fillTables(db, purchases);
    const asOf = '2024-06-01';
    const cuts = { recency: [30, 90, 180, 300], frequency: [1, 2, 3, 4], money: [100, 220, 400, 800] };
    const result = await run({ asOf, from: null, audience: null }, { method: 'thresholds', bins: 5, cuts });
    const sensitivity = await readSensitivity(db, tables, result);
    const customers = plainCustomers(purchases, asOf);
    const segments = (of: typeof cuts): readonly string[] =>
      Object.values(
        scoresByGivenCuts(
          customers,
          of.recency,
          of.frequency,
          of.money.map((cut) => cut * 100),
        ),
      ).map((scores) => plainSegment(...scores));
    const now = segments(cuts);
    const changed = (dimension: 'recency' | 'frequency' | 'money', cut: number, factor: number): number => {
      const moved = {
        ...cuts,
        [dimension]: cuts[dimension].map((value, i) => (i === cut - 1 ? (value * factor * 10) / 10 : value)),
      };
      return segments(moved).filter((segment, i) => segment !== now[i]).length;
    };
    expect(
      sensitivity?.cuts.map(({ dimension, cut, changedIfLower, changedIfHigher }) => [
        dimension,
        cut,
        changedIfLower,
        changedIfHigher,
      ]),
    ).toEqual(
      (['frequency', 'money', 'recency'] as const).flatMap((dimension) =>
        [1, 2, 3, 4].map((cut) => [dimension, cut, changed(dimension, cut, 0.9), changed(dimension, cut, 1.1)]),
      ),
    );
    expect(sensitivity?.cuts.some(({ changedIfLower, changedIfHigher }) => changedIfLower + changedIfHigher > 5)).toBe(
      true,
    );
    expect(
      await db.query(raw(`SELECT sum(changed_if_lower) AS n FROM (${printSql(sensitivity?.statement ?? raw(''))})`), {
        n: 'integer',
      }),
    ).toEqual([{ n: sensitivity?.cuts.reduce((sum, { changedIfLower }) => sum + changedIfLower, 0) }]);
  });

  it('has no answer for equal bins by rank, which have no cut', async () => {
    await fillTables(db, shop(20, 6));
    const result = await run(
      { asOf: '2024-06-01', from: null, audience: null },
      { method: 'quantile', bins: 5, ties: 'split' },
    );
    expect(await readSensitivity(db, tables, result)).toBeNull();
  });
});

describe('ties split against ties together', () => {
  it('counts the customers whose scores differ, from either side', async () => {
    const purchases = shop(333, 8);
    await fillTables(db, purchases);
    const customers = plainCustomers(purchases, '2024-06-01');
    const [rank, cuts] = [scoresByRank(customers, 5), scoresByCuts(customers, 5)];
    const differ = (i: 0 | 1 | 2): number => customers.filter(({ id }) => rank[id]?.[i] !== cuts[id]?.[i]).length;
    const expected = {
      customers: customers.length,
      recency: differ(0),
      frequency: differ(1),
      money: differ(2),
      any: customers.filter(({ id }) => String(rank[id]) !== String(cuts[id])).length,
      segment: customers.filter(
        ({ id }) => plainSegment(...(rank[id] ?? [0, 0, 0])) !== plainSegment(...(cuts[id] ?? [0, 0, 0])),
      ).length,
    };
    for (const ties of ['split', 'together'] as const) {
      const result = await run(
        { asOf: '2024-06-01', from: null, audience: null },
        { method: 'quantile', bins: 5, ties },
      );
      expect(await readTieDifference(db, tables, result)).toMatchObject(expected);
    }
  });
});

describe('distributions', () => {
  it('spread every customer over adjacent bars whose lists are as long as they are high', async () => {
    const purchases = [
      ...shop(300, 9),
      buy('broke even', '2024-01-01', 0),
      ...Array.from({ length: 40 }, () => buy('devoted', '2024-02-02', 500)),
    ];
    await fillTables(db, purchases);
    const result = await run({ asOf: '2024-06-01', from: null, audience: null }, together);
    const customers = plainCustomers(purchases, '2024-06-01');
    const value = {
      recency: (c: (typeof customers)[0]) => c.recencyDays,
      frequency: (c: (typeof customers)[0]) => c.frequency,
      money: (c: (typeof customers)[0]) => c.cents / 100,
    };
    for (const { dimension, bins } of await readDistributions(db, tables, result)) {
      expect(bins.reduce((sum, { customers: n }) => sum + n, 0)).toBe(customers.length);
      for (const [i, bin] of bins.entries()) {
        if (i > 0 && dimension !== 'money') expect(bin.from).toBe(bins[i - 1]?.to);
        const inside = customers.filter((c) =>
          bin.to === 0
            ? value[dimension](c) <= 0
            : value[dimension](c) > bin.from + 1e-9 &&
              (value[dimension](c) <= bin.to + 1e-9 || (dimension === 'frequency' && bin.to === 25)),
        );
        expect([dimension, bin.from, bin.customers]).toEqual([dimension, bin.from, inside.length]);
        if (bin.customers > 0 && i % 5 === 0)
          expect(await count(selectBin(result, dimension, bin.index, '').members)).toBe(bin.customers);
      }
    }
  });

  it('show the cuts in the unit of the dimension', async () => {
    await fillTables(
      db,
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) =>
        buy(`c${i}`, `2024-05-${String(32 - i * 2).padStart(2, '0')}`, i * 1000),
      ),
    );
    const result = await run({ asOf: '2024-06-01', from: null, audience: null }, together);
    // Days since: 2, 4, .. 20; money 10, 20, .. 100; everyone bought once.
    expect((await readDistributions(db, tables, result)).map(({ dimension, cuts }) => [dimension, cuts])).toEqual([
      ['recency', [4, 8, 12, 16]],
      ['frequency', []],
      ['money', [20, 40, 60, 80]],
    ]);
  });
});
