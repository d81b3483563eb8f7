import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../../src/analyses/analysis';
import { cohort, type CohortResult } from '../../../../src/analyses/cohort/cohort';
import { cellMembers, cohortMembers } from '../../../../src/analyses/cohort/cohort.sql';
import { COHORT_DEFAULTS, type CohortParams } from '../../../../src/analyses/cohort/cohort-params';
import { createRandom } from '../../../../src/core/random';
import { literal, printSql, type Sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { SaleTables } from '../../../../src/ingest/sale-tables/sale-tables';
import { fillTables, raw, type PlainPurchase } from '../rfm/plain-rfm';
import { plainCohorts, plainStep } from './plain-cohort';

let db: Db;
beforeAll(() => {
  db = createNodeDb();
});
afterAll(() => db.close());

const tables: SaleTables = {
  lines: async () => ({ hasQuantity: false, hasProduct: true, labels: ['category'] }),
  attributes: async () => ({ texts: ['gender'], hasBirthday: false, hasAge: false, hasRegisteredAt: false }),
};
const scope: Scope = { asOf: '2024-04-01', from: null, audience: null };
const run = (params: Partial<CohortParams>): Promise<CohortResult> =>
  cohort.run({ db, tables, scope, churnWindowDays: null }, { ...COHORT_DEFAULTS, ...params });
const labels = (result: CohortResult): readonly (readonly [string, number])[] =>
  result.cohorts.map(({ name, customers }) => [name.kind === 'value' ? name.value : name.kind, customers]);

async function keysIn(members: Sql): Promise<number> {
  const rows = await db.query(
    raw(`SELECT count(DISTINCT customer_key) AS n, count(*) AS rows FROM (${printSql(members)})`),
    {
      n: 'integer',
      rows: 'integer',
    },
  );
  expect(rows[0]?.rows).toBe(rows[0]?.n);
  return rows[0]?.n ?? -1;
}

interface Line {
  readonly order: number;
  readonly product: number;
  readonly category: string | null;
  readonly cents: number;
}

/** Fills sale_lines and products for the rows of `purchases`, which are numbered in order. */
async function fillLines(lines: readonly Line[]): Promise<void> {
  await db.exec(
    raw(
      'CREATE OR REPLACE TABLE sale_lines (order_key INTEGER, amount DECIMAL(18, 2), product_key INTEGER, category VARCHAR)',
    ),
  );
  await db.exec(
    raw(
      "CREATE OR REPLACE TABLE products AS SELECT CAST(i AS INTEGER) AS product_key, printf('P%d', 900 - i) AS product_id FROM range(100) t(i)",
    ),
  );
  const rows = lines.map(
    ({ order, product, category, cents }) =>
      `(${order}, ${(cents / 100).toFixed(2)}, ${product}, ${literal(category)})`,
  );
  await db.exec(raw(`INSERT INTO sale_lines VALUES ${rows.join()}`));
}

const buy = (customer: string, at: string): PlainPurchase => ({ customer, at, cents: 1000, isPurchase: true });

describe('cohorts by the first order', () => {
  it('take the value with the most money, the first in byte order at a tie, and the first order in the file of several at once', async () => {
    await fillTables(db, [
      buy('tie', '2024-01-01 10:00:00'),
      buy('most', '2024-01-02'),
      buy('twice', '2024-01-03 12:00:00'),
      buy('twice', '2024-01-03 12:00:00'),
      buy('none', '2024-01-04'),
      buy("quote's", '2024-01-05'),
      buy('tie', '2024-01-01 09:59:59'),
    ]);
    await fillLines([
      { order: 0, product: 1, category: 'wrong: not the first', cents: 1000 },
      { order: 1, product: 9, category: 'tea', cents: 400 },
      { order: 1, product: 2, category: 'tea', cents: 300 },
      { order: 1, product: 3, category: 'milk', cents: 600 },
      { order: 2, product: 4, category: 'first', cents: 1000 },
      { order: 3, product: 5, category: 'second', cents: 1000 },
      { order: 4, product: 6, category: null, cents: 1000 },
      { order: 5, product: 7, category: 'o\'h "x"', cents: 1000 },
      { order: 6, product: 30, category: 'b', cents: 500 },
      { order: 6, product: 4, category: 'B', cents: 500 },
    ]);
    const result = await run({ by: 'first-category' });
    expect(labels(result)).toEqual([
      ['B', 1],
      ['first', 1],
      ['o\'h "x"', 1],
      ['tea', 1],
      ['none', 1],
    ]);
    // Products 30 and 4 took the same: 4 stands first in the file; P896 is its id. Product 3 took the most of its order.
    expect(new Map(labels(await run({ by: 'first-product' })))).toEqual(
      new Map([
        ['P896', 2],
        ['P897', 1],
        ['P894', 1],
        ['P893', 1],
      ]),
    );
  });

  it('put all but the twenty most frequent together, the larger first', async () => {
    const purchases = Array.from({ length: 25 }, (_, value) => value).flatMap((value) =>
      Array.from({ length: value < 3 ? 2 : 1 }, (_, i) => buy(`c${value}-${i}`, '2024-01-10')),
    );
    await fillTables(db, purchases);
    await fillLines(
      purchases.map(({ customer }, order) => ({
        order,
        product: 1,
        category: `v${customer?.slice(1).split('-')[0]?.padStart(2, '0')}`,
        cents: 1000,
      })),
    );
    const found = labels(await run({ by: 'first-category' }));
    expect(found.slice(0, 4)).toEqual([
      ['v00', 2],
      ['v01', 2],
      ['v02', 2],
      ['v03', 1],
    ]);
    expect(found[19]).toEqual(['v19', 1]);
    expect(found[20]).toEqual(['other', 5]);
    expect(found).toHaveLength(21);
  });
});

describe('cohorts by attribute and audience', () => {
  const random = createRandom(5);
  const customers = Array.from({ length: 90 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  const purchases = customers.flatMap((customer) => {
    const start = Math.floor(random() * 400);
    return Array.from({ length: 1 + Math.floor(random() * 6) }, (_, order) => ({
      ...buy(
        customer,
        new Date(Date.UTC(2023, 1, 10) + (start + (order === 0 ? 0 : Math.floor(random() * 200))) * 86_400_000)
          .toISOString()
          .slice(0, 10),
      ),
      cents: Math.floor(random() * 5000),
    }));
  });
  const genderOf = (customer: string): string => ['female', 'male', 'none'][Number(customer.slice(1)) % 3] ?? '';
  const audiencesOf = (customer: string): readonly string[] => {
    const number = Number(customer.slice(1));
    const found = [...(number % 2 === 0 ? ['a1'] : []), ...(number % 5 === 0 ? ['a2'] : [])];
    return found.length === 0 ? ['none'] : found;
  };
  const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);

  async function fill(): Promise<void> {
    await fillTables(db, purchases);
    const known = await db.query(raw('SELECT customer_key, customer_id FROM customers ORDER BY 1'), {
      customer_key: 'integer',
      customer_id: 'text',
    });
    const attributes = known.map(({ customer_key, customer_id }) => {
      const gender = genderOf(customer_id);
      return `(${customer_key}, ${gender === 'none' ? 'NULL' : literal(gender)})`;
    });
    await db.exec(raw('CREATE OR REPLACE TABLE customer_attributes (customer_key INTEGER, gender VARCHAR)'));
    await db.exec(raw(`INSERT INTO customer_attributes VALUES ${attributes.join()}`));
    await db.exec(raw('CREATE OR REPLACE TABLE audience_members (audience_id VARCHAR, customer_key INTEGER)'));
    const members = known.flatMap(({ customer_key, customer_id }) =>
      audiencesOf(customer_id).flatMap((id) => (id === 'none' ? [] : [`(${literal(id)}, ${customer_key})`])),
    );
    await db.exec(raw(`INSERT INTO audience_members VALUES ${members.join()}`));
  }

  it('count everyone up to the same age: the last step that at least half of the customers have reached', async () => {
    await fill();
    const params = { ...COHORT_DEFAULTS, by: 'gender' as const, measure: 'revenue' as const };
    const result = await run(params);
    const ages = customers
      .map((customer) => Math.min(...purchases.filter((row) => row.customer === customer).map(({ at }) => ms(at))))
      .filter((first) => first < ms(scope.asOf))
      .map((first) => plainStep(params, first, ms(scope.asOf)))
      .sort((a, b) => a - b);
    const horizon = result.horizon ?? -1;
    const reached = (step: number): number => ages.filter((age) => age > step).length;
    expect(reached(horizon) * 2).toBeGreaterThanOrEqual(ages.length);
    expect(reached(horizon + 1) * 2).toBeLessThan(ages.length);
    expect(result.tooYoung).toBe(ages.length - reached(horizon));
    const plain = plainCohorts(purchases, { asOf: scope.asOf, from: null }, params, {
      of: (customer) => [genderOf(customer)],
      horizon,
    });
    expect(plain.size).toBe(3);
    for (const one of result.cohorts) {
      const expected = plain.get(one.name.kind === 'value' ? one.name.value : one.name.kind);
      const steps = one.active.map((_, step) => step);
      expect(one.customers).toBe(expected?.customers.size);
      expect(one.active).toEqual(steps.map((step) => expected?.active.get(step)?.size ?? 0));
      expect(one.revenue.map((money) => Math.round(money * 100))).toEqual(
        steps.map((step) => expected?.cents.get(step) ?? 0),
      );
      expect(await keysIn(cohortMembers(scope, params, one.number))).toBe(one.customers);
      for (const step of [0, 1, horizon])
        expect(await keysIn(cellMembers(scope, params, one.number, step))).toBe(one.active[step]);
    }
  });

  it('hold a customer of two audiences in both, and those of none in a row of their own', async () => {
    await fill();
    const params = { ...COHORT_DEFAULTS, by: 'audience' as const, horizon: 2, criterion: 'on-or-after' as const };
    const result = await run(params);
    const plain = plainCohorts(purchases, { asOf: scope.asOf, from: null }, params, { of: audiencesOf, horizon: 2 });
    expect(new Map(labels(result))).toEqual(new Map([...plain].map(([name, { customers: all }]) => [name, all.size])));
    expect(result.cohorts.reduce((sum, one) => sum + one.customers, 0)).toBeGreaterThan(
      new Set([...plain.values()].flatMap((one) => [...one.customers])).size,
    );
    for (const one of result.cohorts)
      expect(await keysIn(cellMembers(scope, params, one.number, 2))).toBe(one.active[2]);
  });

  it('know that there is no audience before the first is saved', async () => {
    await fillTables(db, purchases);
    await db.exec(raw('DROP TABLE IF EXISTS audience_members'));
    expect(labels(await run({ by: 'audience', horizon: 1 })).map(([name]) => name)).toEqual(['none']);
  });

  it('fall back to the first purchase, and say so, where the data does not have what is asked for', async () => {
    await fillTables(db, purchases);
    const result = await run({ by: 'level' });
    expect([result.missing, result.params.by, result.cohorts[0]?.name.kind]).toEqual([
      'level',
      'first-purchase',
      'time',
    ]);
    expect((await run({ by: 'first-brand' })).missing).toBe('first-brand');
    expect((await run({})).missing).toBeNull();
  });
});
