import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { DatasetFile } from '../../../../src/ingest/dataset/dataset-files';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { applyPolicy, DEFAULT_POLICY } from '../../../../src/ingest/policy';
import { factsFile, ordersFile } from './files';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

const importAll = (...files: readonly DatasetFile[]) => importDataset(db, inProcessReader, files);

/** order id, customer, account, amount, product, file and row of every line, in the order of the table. */
async function lines() {
  const rows = await db.query(
    sql`SELECT order_id, customer_id, account_key, amount, product_id, source_file, source_row FROM order_lines
LEFT JOIN orders USING (order_key) LEFT JOIN accounts USING (account_key) LEFT JOIN customers USING (customer_key)
LEFT JOIN products USING (product_key) ORDER BY order_lines.rowid`,
    {
      order_id: 'text?',
      customer_id: 'text?',
      account_key: 'integer?',
      amount: 'decimal',
      product_id: 'text?',
      source_file: 'integer',
      source_row: 'integer',
    },
  );
  return rows.map((row) => Object.values(row));
}

describe('files of orders appended', () => {
  const january = ordersFile(
    ['orderId', 'customerId', 'orderedAt', 'amount', 'productId', 'channel'],
    [
      'order,member,time,amount,sku,channel',
      '1,b,2024-01-02,10.5,P1,app',
      '2,a,2024-01-03,20,P2,ａｐｐ',
      '3,,2024-01-04,5,P1,',
    ],
    'member',
  );
  const february = ordersFile(
    ['orderedAt', 'orderId', 'customerId', 'amount', 'quantity', 'productId'],
    [
      'time,order,member,amount,pieces,sku',
      '2024-02-01,2,a,-20,-1,P2',
      '2024-02-02,4,c,3.125,2,P3',
      '2024-02-03,3,a,1,1,P1',
      'x,9,9,9,9,9',
    ],
    'member',
  );

  it('are one table of lines with the columns of all of them, numbers exact at the finest scale', async () => {
    const { layout, report } = await importAll(january, february);
    expect(layout).toEqual({
      moneyScale: 3,
      quantityScale: 0,
      hasOrderId: true,
      hasProduct: true,
      hasQuantity: true,
      labels: ['channel'],
    });
    expect(await lines()).toEqual([
      ['1', 'b', 0, 10.5, 'P1', 0, 1],
      ['2', 'a', 1, 20, 'P2', 0, 2],
      ['3', null, null, 5, 'P1', 0, 3],
      ['2', 'a', 1, -20, 'P2', 1, 1],
      ['4', 'c', 3, 3.125, 'P3', 1, 2],
      ['3', 'a', 2, 1, 'P1', 1, 3],
    ]);
    expect(
      await db.query(sql`SELECT channel, quantity FROM order_lines ORDER BY rowid`, {
        channel: 'text?',
        quantity: 'decimal?',
      }),
    ).toEqual([
      { channel: 'app', quantity: null },
      { channel: 'app', quantity: null },
      { channel: null, quantity: null },
      { channel: null, quantity: -1 },
      { channel: null, quantity: 2 },
      { channel: null, quantity: 1 },
    ]);
    expect(report).toMatchObject({
      rowsRead: 7,
      rowsUsed: 6,
      leftOut: [{ reason: 'bad-time', rows: 1 }],
      rowsWithoutCustomer: 1,
      customers: 3,
      orders: 5,
      ordersSplitByCustomer: 1,
      firstOrderedAt: Date.parse('2024-01-02T00:00:00Z'),
      lastOrderedAt: Date.parse('2024-02-03T00:00:00Z'),
    });
  });

  it('net a refund of February against its order of January', async () => {
    const { layout } = await importAll(january, february);
    await applyPolicy(db, layout, DEFAULT_POLICY);
    const purchases = await db.query(
      sql`SELECT order_id, customer_id, amount, is_purchase FROM purchases JOIN orders USING (order_key) LEFT JOIN customers USING (customer_key) ORDER BY purchases.order_key`,
      { order_id: 'text', customer_id: 'text?', amount: 'decimal', is_purchase: 'boolean' },
    );
    expect(purchases).toEqual([
      { order_id: '1', customer_id: 'b', amount: 10.5, is_purchase: true },
      { order_id: '2', customer_id: 'a', amount: 0, is_purchase: false },
      { order_id: '3', customer_id: null, amount: 5, is_purchase: true },
      { order_id: '4', customer_id: 'c', amount: 3.125, is_purchase: true },
      { order_id: '3', customer_id: 'a', amount: 1, is_purchase: true },
    ]);
  });

  it('keep dense keys, each used by some line', async () => {
    await importAll(january, february);
    const keys = await db.query(
      sql`SELECT (SELECT list_sort(list(order_key))::VARCHAR FROM orders) AS orders, (SELECT list_sort(list(DISTINCT order_key))::VARCHAR FROM order_lines) AS used,
(SELECT list_sort(list(product_key))::VARCHAR FROM products) AS products, (SELECT list_sort(list(account_key))::VARCHAR FROM accounts) AS accounts`,
      { orders: 'text', used: 'text', products: 'text', accounts: 'text' },
    );
    expect(keys).toEqual([
      { orders: '[0, 1, 2, 3, 4]', used: '[0, 1, 2, 3, 4]', products: '[0, 1, 2]', accounts: '[0, 1, 2, 3]' },
    ]);
  });
});

describe('a file of orders with several columns that say who ordered', () => {
  it('makes an account of each combination, the order of that of its first line', async () => {
    const orders = ordersFile(
      ['orderId', 'customerId', 'orderedAt', 'amount', 'ignore', 'productId'],
      [
        'o,c,t,a,phone,p',
        '1,a,2024-01-01,1,138,X',
        '1,a,2024-01-01,2,,X',
        '2,,2024-01-02,3,138,X',
        '3,a,2024-01-03,4,139,X',
        '4,,2024-01-04,5,,X',
        '5,a,bad,5,140,X',
      ],
      'customer',
      [{ column: 4, role: 'phone' }],
    );
    const { report, files } = await importAll(orders);
    expect((await lines()).map((line) => line.slice(0, 4))).toEqual([
      ['1', 'a', 0, 1],
      ['1', 'a', 0, 2],
      ['2', '138', 2, 3],
      ['3', 'a', 3, 4],
      ['4', null, null, 5],
    ]);
    expect(report).toMatchObject({ rowsRead: 6, rowsUsed: 5, customers: 2, orders: 4 });
    expect(files).toHaveLength(1);
    const left = await db.query(sql`SELECT source_file, line, reason FROM left_out_rows`, {
      source_file: 'integer',
      line: 'integer',
      reason: 'text',
    });
    expect(left).toEqual([{ source_file: 0, line: 7, reason: 'bad-time' }]);
  });
});

describe('orders whose lines stand in another file', () => {
  const heads = (...rows: readonly string[]): DatasetFile =>
    ordersFile(['orderId', 'customerId', 'orderedAt', 'amount', 'channel'], ['o,c,t,total,channel', ...rows], 'member');

  it('take the money of the lines where every line has its own, and say where it differs from the head', async () => {
    const items = factsFile(
      'order-lines',
      ['orderId', 'productId', 'quantity', 'unitPrice', 'category'],
      ['o,sku,n,price,cat', '1,P1,2,1.25,tea', '1,P2,1,0.5,cup', '2,P1,3,1.25,tea', '7,P9,1,1,none', ',P9,1,1,none'],
    );
    const { join, report, layout, files } = await importAll(
      heads('1,a,2024-01-01,3,app', '2,b,2024-01-02,4,', '3,a,2024-01-03,9,store'),
      items,
    );
    expect(await lines()).toEqual([
      ['1', 'a', 0, 2.5, 'P1', 1, 1],
      ['1', 'a', 0, 0.5, 'P2', 1, 2],
      ['2', 'b', 1, 3.75, 'P1', 1, 3],
      ['3', 'a', 0, 9, null, 0, 3],
    ]);
    expect(join).toEqual({
      items: 4,
      itemsWithoutOrder: 1,
      orders: 3,
      ordersWithoutItems: 1,
      ordersWithBoth: 2,
      ordersThatAgree: 1,
    });
    expect(report).toMatchObject({
      rowsRead: 6,
      rowsUsed: 4,
      leftOut: [
        { reason: 'no-order', rows: 1 },
        { reason: 'order-not-found', rows: 1 },
      ],
      customers: 2,
      orders: 3,
    });
    expect(layout).toEqual({
      moneyScale: 2,
      quantityScale: 0,
      hasOrderId: true,
      hasProduct: true,
      hasQuantity: true,
      labels: ['category', 'channel'],
    });
    expect(files.map(({ kind }) => kind)).toEqual(['order-heads', 'order-lines']);
    const left = await db.query(sql`SELECT source_file, line, reason, value, raw FROM left_out_rows ORDER BY line`, {
      source_file: 'integer',
      line: 'integer',
      reason: 'text',
      value: 'text',
      raw: 'text',
    });
    expect(left).toEqual([
      { source_file: 1, line: 5, reason: 'order-not-found', value: '7', raw: '7,P9,1,1.00' },
      { source_file: 1, line: 6, reason: 'no-order', value: '', raw: ',P9,1,1,none' },
    ]);
  });

  it('share the money of the head out over lines without any, to the cent', async () => {
    const items = factsFile(
      'order-lines',
      ['orderId', 'productName', 'quantity'],
      ['o,item,n', '1,tea,1', '1,cup,1', '1,pot,1', '2,tea,3', '2,cup,1'],
    );
    await importAll(heads('1,a,2024-01-01,10.00,app', '2,b,2024-01-02,-0.05,app'), items);
    expect((await lines()).map(([order, , , amount, product]) => [order, amount, product])).toEqual([
      ['1', 3.33, 'tea'],
      ['1', 3.34, 'cup'],
      ['1', 3.33, 'pot'],
      ['2', -0.04, 'tea'],
      ['2', -0.01, 'cup'],
    ]);
    const sums = await db.query(
      sql`SELECT order_key, sum(amount) AS total FROM order_lines GROUP BY order_key ORDER BY order_key`,
      { order_key: 'integer', total: 'decimal' },
    );
    expect(sums).toEqual([
      { order_key: 0, total: 10 },
      { order_key: 1, total: -0.05 },
    ]);
  });

  it('leave out what has no money anywhere, and subtract the refund of a head', async () => {
    const bare = ordersFile(
      ['orderId', 'customerId', 'orderedAt', 'refundAmount'],
      ['o,c,t,refund', '1,a,2024-01-01,1.5', '2,a,2024-01-02,', '3,a,2024-01-03,'],
      'member',
    );
    const items = factsFile(
      'order-lines',
      ['orderId', 'productId', 'amount'],
      ['o,sku,a', '1,P1,4', '2,P1,', '1,P2,6'],
    );
    const { report } = await importAll(bare, items);
    expect((await lines()).map(([order, , , amount, product]) => [order, amount, product])).toEqual([
      ['1', 4, 'P1'],
      ['1', 6, 'P2'],
      ['1', -1.5, null],
    ]);
    expect(report).toMatchObject({
      rowsRead: 4,
      rowsUsed: 2,
      leftOut: [
        { reason: 'no-amount', rows: 1 },
        { reason: 'order-without-lines', rows: 1 },
      ],
    });
  });

  it('need the number of the order in every file of heads', async () => {
    const items = factsFile('order-lines', ['orderId', 'productId'], ['o,sku', '1,P1']);
    const nameless = ordersFile(['customerId', 'orderedAt', 'amount'], ['c,t,a', 'a,2024-01-01,1']);
    await expect(importAll(nameless, items)).rejects.toMatchObject({
      code: 'mapping-incomplete',
      data: { missing: 'order' },
    });
    await expect(importAll(items)).rejects.toMatchObject({ code: 'mapping-incomplete' });
  });
});
