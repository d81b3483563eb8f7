import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { printSql, sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import type { TableLayout } from '../../../src/db/schema';
import type { Policy } from '../../../src/ingest/import-contract';
import { importOrders } from '../../support/import-orders';
import {
  applyPolicy,
  DEFAULT_POLICY,
  defaultPolicy,
  policyGroups,
  policyOutcome,
  policyStatements,
} from '../../../src/ingest/policy';
import { Sql } from '../../../src/core/sql';
import { fileOf, mappingOf } from './orders-file';

/*
 * ann: 101 two lines 10.00 + 5.50 on 3 Jan, 102 on the same day 4.50, return C103 of 5.50 on 9 Jan.
 * bob: 104 fully returned within the order (7.00 - 7.00), 105 a gift of 0.00, 106 cancelled (99.00).
 * nobody: 107 of 20.00, 108 a refund of 3.00 written with a minus.
 */
const FILE = fileOf(
  'order,customer,time,quantity,amount,status',
  '101,ann,2024-01-03 08:00,1,10.00,paid',
  '101,ann,2024-01-03 08:00,2,5.50,paid',
  '102,ann,2024-01-03 18:30,1,4.50,paid',
  'C103,ann,2024-01-09 09:00,1,5.50,paid',
  '104,bob,2024-01-04 10:00,1,7.00,paid',
  '104,bob,2024-01-04 10:00,-1,7.00,returned_goods',
  '105,bob,2024-01-05 10:00,1,0.00,Presented',
  '106,bob,2024-01-06 10:00,1,99.00,取消',
  '107,,2024-01-07 10:00,1,20.00,paid',
  '108,NULL,2024-01-08 10:00,1,-3.00,paid',
);
const MAPPING = mappingOf(['orderId', 'customerId', 'orderedAt', 'quantity', 'amount', 'status']);
const PURCHASE = { id: 'text?', customer: 'text?', amount: 'decimal', is_purchase: 'boolean' } as const;

let db: Db;
let layout: TableLayout;
let usual: Policy;

beforeAll(async () => {
  db = createNodeDb();
});

beforeEach(async () => {
  ({ layout } = await importOrders(db, FILE, 'orders.csv', MAPPING));
  usual = defaultPolicy(await policyGroups(db, layout));
});

/** Purchases by customer and time, those of nobody last, as `order customer amount purchase?`. */
async function purchases(policy: Policy): Promise<string[]> {
  await applyPolicy(db, layout, policy);
  const rows = await db.query(
    sql`SELECT order_id AS id, customer_id AS customer, amount, is_purchase FROM purchases
        LEFT JOIN orders USING (order_key) LEFT JOIN customers USING (customer_key)
        ORDER BY customer_key NULLS LAST, ordered_at, order_key`,
    PURCHASE,
  );
  return rows.map(
    (row) => `${row.id} ${row.customer ?? '-'} ${row.amount.toFixed(2)}${row.is_purchase ? ' bought' : ''}`,
  );
}

describe('the default policy', () => {
  it('classes each status by what it says', () => {
    expect(usual).toEqual({
      ...DEFAULT_POLICY,
      statusClasses: { paid: 'sale', returned_goods: 'return', Presented: 'sale', 取消: 'leave-out' },
    });
  });

  it('makes a row an order, lowers the money by returns and counts orders that come to more than nothing', async () => {
    expect(await purchases(usual)).toEqual([
      '101 ann 15.50 bought',
      '102 ann 4.50 bought',
      'C103 ann -5.50',
      '104 bob 0.00',
      '105 bob 0.00',
      '107 - 20.00 bought',
      '108 - -3.00',
    ]);
  });

  it('comes to an outcome whose parts are the lines of the tables', async () => {
    expect(await policyOutcome(db, layout, usual)).toEqual({
      lines: 10,
      // 101 twice, 102, 107
      linesCounted: 4,
      // C103, 104 twice, 108
      linesNetted: 4,
      // 105 is worth nothing, 106 was cancelled
      linesLeftOut: 2,
      purchases: 2,
      customers: 1,
      revenue: 15.5 + 4.5 - 5.5 + 20 - 3,
      revenueIdentified: 15.5 + 4.5 - 5.5,
    });
  });
});

describe('each choice of the policy', () => {
  it('leaves returns out of everything when they are ignored', async () => {
    const gross = { ...usual, returns: 'ignore' } as const;
    expect(await purchases(gross)).toEqual([
      '101 ann 15.50 bought',
      '102 ann 4.50 bought',
      '104 bob 7.00 bought',
      '105 bob 0.00',
      '107 - 20.00 bought',
    ]);
    expect(await policyOutcome(db, layout, gross)).toMatchObject({
      lines: 10,
      linesCounted: 5,
      linesNetted: 0,
      linesLeftOut: 5,
      revenue: 47,
      revenueIdentified: 27,
    });
  });

  it('counts gifts and fully returned orders as purchases, but no refund', async () => {
    expect(await purchases({ ...usual, zeroOrders: 'count' })).toEqual([
      '101 ann 15.50 bought',
      '102 ann 4.50 bought',
      'C103 ann -5.50',
      '104 bob 0.00 bought',
      '105 bob 0.00 bought',
      '107 - 20.00 bought',
      '108 - -3.00',
    ]);
  });

  it('merges the orders of a customer on one day, but never those of nobody', async () => {
    expect(await purchases({ ...usual, sameDay: 'merge' })).toEqual([
      '101 ann 20.00 bought',
      'C103 ann -5.50',
      '104 bob 0.00',
      '105 bob 0.00',
      '107 - 20.00 bought',
      '108 - -3.00',
    ]);
  });

  it('takes order numbers with a C as ordinary sales when told so', async () => {
    expect(await purchases({ ...usual, cancelMarks: 'sale' })).toContain('C103 ann 5.50 bought');
  });

  it('lets the class of a status be changed', async () => {
    const statusClasses = { ...usual.statusClasses, 取消: 'sale', paid: 'leave-out' } as const;
    expect(await purchases({ ...usual, statusClasses })).toEqual([
      // The one line of 104 that is left was returned.
      '104 bob -7.00',
      '105 bob 0.00',
      '106 bob 99.00 bought',
    ]);
  });

  it('gives each unidentified order a customer of its own after the known ones, and takes them away again', async () => {
    const oneEach = { ...usual, unidentified: 'one-each' } as const;
    expect((await purchases(oneEach)).slice(-2)).toEqual(['107 anonymous-107 20.00 bought', '108 anonymous-108 -3.00']);
    expect(await policyOutcome(db, layout, oneEach)).toMatchObject({
      purchases: 3,
      customers: 2,
      revenueIdentified: 31.5,
    });
    expect((await purchases(oneEach)).length).toBe(7);
    const customers = sql`SELECT customer_key AS key, customer_id AS id FROM customers ORDER BY customers.rowid`;
    const shape = { key: 'integer', id: 'text' } as const;
    expect(await db.query(customers, shape)).toEqual([
      { key: 0, id: 'ann' },
      { key: 1, id: 'bob' },
      { key: 2, id: 'anonymous-107' },
      { key: 3, id: 'anonymous-108' },
    ]);
    await applyPolicy(db, layout, usual);
    expect(await db.query(customers, shape)).toEqual([
      { key: 0, id: 'ann' },
      { key: 1, id: 'bob' },
    ]);
  });
});

describe('what the choices are about', () => {
  it('is counted in lines, orders and money as written', async () => {
    expect(await policyGroups(db, layout)).toEqual([
      { group: 'cancel-mark', value: '', rows: 1, orders: 1, amount: 5.5 },
      // 7.00 beside a quantity of -1, and -3.00
      { group: 'negative', value: '', rows: 2, orders: 2, amount: 4 },
      { group: 'same-day', value: '', rows: 3, orders: 2, amount: 20 },
      { group: 'status', value: 'paid', rows: 7, orders: 6, amount: 49.5 },
      { group: 'status', value: 'Presented', rows: 1, orders: 1, amount: 0 },
      { group: 'status', value: 'returned_goods', rows: 1, orders: 1, amount: 7 },
      { group: 'status', value: '取消', rows: 1, orders: 1, amount: 99 },
      { group: 'unidentified', value: '', rows: 2, orders: 2, amount: 17 },
      { group: 'zero', value: '', rows: 1, orders: 1, amount: 0 },
    ]);
  });
});

describe('the statements of a policy', () => {
  it('run as printed and make the same purchases', async () => {
    const oneEach: Policy = { ...usual, unidentified: 'one-each', sameDay: 'merge', zeroOrders: 'count' };
    const bound = await purchases(oneEach);
    await db.exec(sql`DROP TABLE purchases`);
    for (const statement of await policyStatements(db, layout, oneEach)) {
      await db.exec(new Sql([printSql(statement)], []));
    }
    const printed = await db.query(
      sql`SELECT order_id AS id, customer_id AS customer, amount, is_purchase FROM purchases
          LEFT JOIN orders USING (order_key) LEFT JOIN customers USING (customer_key)
        ORDER BY customer_key NULLS LAST, ordered_at, order_key`,
      PURCHASE,
    );
    expect(printed.map((row) => row.id)).toEqual(bound.map((text) => text.split(' ')[0]));
    expect(printed.map((row) => row.amount)).toEqual(bound.map((text) => Number(text.split(' ')[2])));
  });

  it('need no grouping where every order is one line, and give the same rows', async () => {
    const single = fileOf(
      'order,customer,time,amount',
      '1,b,2024-01-02,1.10',
      '2,a,2024-01-05,-2.20',
      '3,a,2024-01-04,0',
      '4,,2024-01-01,3.30',
      '5,a,2024-01-04,4.40',
    );
    ({ layout } = await importOrders(
      db,
      single,
      'single.csv',
      mappingOf(['orderId', 'customerId', 'orderedAt', 'amount']),
    ));
    const [create] = await policyStatements(db, layout, DEFAULT_POLICY);
    expect(printSql(create ?? sql``)).not.toContain('GROUP BY');
    expect(await policyOutcome(db, layout, DEFAULT_POLICY)).toEqual({
      lines: 5,
      linesCounted: 3,
      linesNetted: 1,
      linesLeftOut: 1,
      purchases: 2,
      customers: 2,
      revenue: 6.6,
      revenueIdentified: 3.3,
    });
    expect(await policyGroups(db, layout)).toEqual([
      { group: 'negative', value: '', rows: 1, orders: 1, amount: -2.2 },
      { group: 'same-day', value: '', rows: 2, orders: 2, amount: 4.4 },
      { group: 'unidentified', value: '', rows: 1, orders: 1, amount: 3.3 },
      { group: 'zero', value: '', rows: 1, orders: 1, amount: 0 },
    ]);
    expect(await purchases(DEFAULT_POLICY)).toEqual([
      '3 a 0.00',
      '5 a 4.40 bought',
      '2 a -2.20',
      '1 b 1.10 bought',
      '4 - 3.30 bought',
    ]);
  });
});
