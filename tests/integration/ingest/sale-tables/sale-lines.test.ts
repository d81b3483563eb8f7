import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { TableLayout } from '../../../../src/db/schema';
import type { Policy } from '../../../../src/ingest/import-contract';
import { applyPolicy, defaultPolicy, policyGroups } from '../../../../src/ingest/policy';
import { createSaleTables } from '../../../../src/ingest/sale-tables/make-sale-tables';
import { importOrders } from '../../../support/import-orders';
import { fileOf, mappingOf } from '../orders-file';

/*
 * ann: 101 of two lines and 102 on one day, a return of three pieces marked by a C on another.
 * bob: 104 in part returned within the order, 106 cancelled.
 * nobody: 107 of two lines that lie on two days, 108 a refund.
 */
const FILE = fileOf(
  'order,customer,time,quantity,amount,status,channel,category',
  "101,ann,2024-01-03 08:00,1,10.00,paid,app,tea's",
  '101,ann,2024-01-03 08:00,2,5.50,paid,shop,',
  '102,ann,2024-01-03 18:30,1,4.50,paid,app,茶',
  'C103,ann,2024-01-09 09:00,3,5.50,paid,,茶',
  '104,bob,2024-01-04 10:00,1,9.00,paid,app,coffee',
  '104,bob,2024-01-04 10:00,-1,7.00,returned_goods,app,coffee',
  '106,bob,2024-01-06 10:00,1,99.00,取消,app,coffee',
  '107,,2024-01-07 23:59,1,20.00,paid,app,coffee',
  '107,,2024-01-08 00:01,1,2.00,paid,app,coffee',
  '108,NULL,2024-01-08 10:00,1,-3.00,paid,app,coffee',
);
const MAPPING = mappingOf([
  'orderId',
  'customerId',
  'orderedAt',
  'quantity',
  'amount',
  'status',
  'channel',
  'category',
]);

let db: Db;
let layout: TableLayout;
let usual: Policy;

beforeAll(async () => {
  db = createNodeDb();
  ({ layout } = await importOrders(db, FILE, 'orders.csv', MAPPING));
  usual = defaultPolicy(await policyGroups(db, layout));
});
afterAll(() => db.close());

let revision = 0;
async function linesUnder(change: Partial<Policy>) {
  const policy = { ...usual, ...change };
  await applyPolicy(db, layout, policy);
  revision++;
  return createSaleTables(db, () => ({ policy, layout, revision })).lines();
}

async function rows() {
  const found = await db.query(
    sql`SELECT customer_id AS customer, CAST(ordered_at AS VARCHAR) AS time, amount, quantity, is_purchase,
          CAST(channel AS VARCHAR) AS channel, CAST(category AS VARCHAR) AS category
        FROM sale_lines LEFT JOIN customers USING (customer_key)
        ORDER BY customer NULLS LAST, time, amount DESC`,
    {
      customer: 'text?',
      time: 'text',
      amount: 'decimal',
      quantity: 'decimal',
      is_purchase: 'boolean',
      channel: 'text?',
      category: 'text?',
    },
  );
  return found.map(
    (row) =>
      `${row.customer ?? '-'} ${row.time.slice(5, 16)} ${row.amount.toFixed(2)} x${row.quantity} ${row.channel ?? '?'} ${row.category ?? '?'}${row.is_purchase ? ' bought' : ''}`,
  );
}

describe('sale_lines', () => {
  it('has every line that counts with the order it belongs to, returned pieces below zero', async () => {
    expect(await linesUnder({})).toEqual({ hasQuantity: true, hasProduct: false, labels: ['category', 'channel'] });
    expect(await rows()).toEqual([
      "ann 01-03 08:00 10.00 x1 app tea's bought",
      'ann 01-03 08:00 5.50 x2 shop ? bought',
      'ann 01-03 18:30 4.50 x1 app 茶 bought',
      'ann 01-09 09:00 -5.50 x-3 ? 茶',
      'bob 01-04 10:00 9.00 x1 app coffee bought',
      'bob 01-04 10:00 -7.00 x-1 app coffee bought',
      '- 01-07 23:59 20.00 x1 app coffee bought',
      '- 01-07 23:59 2.00 x1 app coffee bought',
      '- 01-08 10:00 -3.00 x-1 app coffee',
    ]);
  });

  it('gives lines of one day to one occasion where the policy puts days together', async () => {
    await linesUnder({ sameDay: 'merge' });
    expect((await rows()).filter((row) => row.startsWith('ann 01-03'))).toEqual([
      "ann 01-03 08:00 10.00 x1 app tea's bought",
      'ann 01-03 08:00 5.50 x2 shop ? bought',
      'ann 01-03 08:00 4.50 x1 app 茶 bought',
    ]);
    expect((await rows()).filter((row) => row.startsWith('-'))).toEqual([
      '- 01-07 23:59 20.00 x1 app coffee bought',
      '- 01-08 00:01 2.00 x1 app coffee bought',
      '- 01-08 10:00 -3.00 x-1 app coffee',
    ]);
  });

  it.each<Partial<Policy>>([
    {},
    { returns: 'ignore' },
    { sameDay: 'merge' },
    { unidentified: 'one-each' },
    { unidentified: 'one-each', sameDay: 'merge' },
    { zeroOrders: 'count', cancelMarks: 'sale', statusClasses: {} },
  ])('comes to the purchases row by row under %j', async (change) => {
    await linesUnder(change);
    const summed = sql`SELECT order_key, customer_key, ordered_at, sum(amount) AS amount, is_purchase FROM sale_lines GROUP BY ALL`;
    const made = sql`SELECT order_key, customer_key, ordered_at, amount, is_purchase FROM purchases`;
    const differences = await db.query(
      sql`SELECT count(*) AS n FROM ((${summed} EXCEPT ALL ${made}) UNION ALL (${made} EXCEPT ALL ${summed}))`,
      { n: 'integer' },
    );
    const [{ n } = { n: 0 }] = await db.query(sql`SELECT count(*) AS n FROM purchases`, { n: 'integer' });
    expect(differences).toEqual([{ n: 0 }]);
    expect(n).toBeGreaterThanOrEqual(4);
  });

  it('is made once for a revision, also when two ask at once, and again when the purchases have changed', async () => {
    await applyPolicy(db, layout, usual);
    let now = 1;
    const tables = createSaleTables(db, () => ({ policy: usual, layout, revision: now }));
    await Promise.all([tables.lines(), tables.lines()]);
    await db.exec(sql`DELETE FROM sale_lines`);
    await tables.lines();
    expect(await rows()).toEqual([]);
    now = 2;
    await tables.lines();
    expect(await rows()).toHaveLength(9);
  });

  it('is made for who still waits when the one who asked first has thought better of it', async () => {
    const tables = createSaleTables(db, () => ({ policy: usual, layout, revision: 1 }));
    const abort = new AbortController();
    const first = tables.lines({ signal: abort.signal });
    const second = tables.lines();
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).labels).toEqual(['category', 'channel']);
  });
});

describe('labels of products', () => {
  it('fill what the lines leave open, and name the brand', async () => {
    await db.exec(sql`CREATE OR REPLACE TABLE products (product_key INTEGER, product_id VARCHAR)`);
    await db.exec(sql`INSERT INTO products VALUES (0, 'P0'), (1, 'P1')`);
    await db.exec(sql`CREATE OR REPLACE TABLE product_facts (product_id VARCHAR, category VARCHAR, brand VARCHAR)`);
    await db.exec(
      sql`INSERT INTO product_facts VALUES ('P0', 'from list', 'Acme'), ('P0', 'from list', 'Zeta'), ('P9', 'x', 'y')`,
    );
    await db.exec(sql`ALTER TABLE order_lines ADD COLUMN product_key INTEGER`);
    await db.exec(sql`UPDATE order_lines SET product_key = 0 WHERE category IS NULL OR category = '茶'`);
    const withProduct = { ...layout, hasProduct: true };
    const columns = await createSaleTables(db, () => ({ policy: usual, layout: withProduct, revision: 1 })).lines();
    expect(columns).toEqual({ hasQuantity: true, hasProduct: true, labels: ['category', 'brand', 'channel'] });
    const found = await db.query(
      sql`SELECT CAST(category AS VARCHAR) AS category, CAST(brand AS VARCHAR) AS brand, count(*) AS lines
          FROM sale_lines GROUP BY ALL ORDER BY ALL`,
      { category: 'text?', brand: 'text?', lines: 'integer' },
    );
    expect(found).toEqual([
      { category: 'coffee', brand: null, lines: 5 },
      { category: 'from list', brand: 'Acme', lines: 1 },
      { category: "tea's", brand: null, lines: 1 },
      { category: '茶', brand: 'Acme', lines: 2 },
    ]);
  });
});

it('finds the occasions of made customers also where nobody is known', async () => {
  const nobody = createNodeDb();
  try {
    const file = fileOf(
      'order,customer,time,amount',
      '1,,2024-01-03 08:00,10.00',
      '1,,2024-01-03 08:00,5.00',
      '2,,2024-01-04 09:00,7.00',
    );
    const mapping = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount']);
    const { layout: plain } = await importOrders(nobody, file, 'orders.csv', mapping);
    const policy: Policy = {
      ...defaultPolicy(await policyGroups(nobody, plain)),
      unidentified: 'one-each',
      sameDay: 'merge',
    };
    await applyPolicy(nobody, plain, policy);
    await createSaleTables(nobody, () => ({ policy, layout: plain, revision: 1 })).lines();
    const found = await nobody.query(sql`SELECT customer_key, amount FROM sale_lines ORDER BY customer_key, amount`, {
      customer_key: 'integer?',
      amount: 'decimal',
    });
    expect(found).toEqual([
      { customer_key: 0, amount: 5 },
      { customer_key: 0, amount: 10 },
      { customer_key: 1, amount: 7 },
    ]);
  } finally {
    await nobody.close();
  }
});
