import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { importOrders } from '../../support/import-orders';
import type { ImportProgress } from '../../../src/ingest/import-contract';
import { fileOf, mappingOf } from './orders-file';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

const LINE = {
  source_row: 'integer',
  order_key: 'integer',
  order_id: 'text?',
  customer_id: 'text?',
  customer_key: 'integer?',
  ordered_at: 'time',
  amount: 'decimal',
} as const;

/** The lines as they lie in the table, joined with their ids. */
function storedLines() {
  return db.query(
    sql`SELECT source_row, order_key, order_id, customer_id, customer_key, ordered_at, amount FROM order_lines
        LEFT JOIN orders USING (order_key) LEFT JOIN accounts USING (account_key) LEFT JOIN customers USING (customer_key)
        ORDER BY order_lines.rowid`,
    LINE,
  );
}

async function leftOut() {
  return db.query(sql`SELECT * FROM left_out ORDER BY rowid`, {
    line: 'integer',
    reason: 'text',
    column_name: 'text',
    value: 'text',
    raw: 'text',
  });
}

const ORDERS = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount']);

describe('the canonical tables', () => {
  it('lie in the order of the file, customers in the byte order of their ids, accounts as the file names them', async () => {
    const file = fileOf(
      'order,customer,time,amount',
      '5,bob,2024-01-02 10:00,1',
      '6,,2024-01-01,2',
      '7,Al,2024-01-03,3.25',
      '8,bob,2024-01-01 10:00,4',
      '9, al ,2024-01-03,5.5',
      '8,bob,2024-01-02 10:00,6',
      '5,NULL,2023-12-31,7',
    );
    const { layout, report } = await importOrders(db, file, 'a.csv', ORDERS);
    const day = (text: string): number => Date.parse(`${text}Z`);
    const lines = (await storedLines()).map((line) => Object.values(line));
    expect(lines).toEqual([
      [1, 0, '5', 'bob', 2, day('2024-01-02T10:00'), 1],
      [2, 1, '6', null, null, day('2024-01-01T00:00'), 2],
      [3, 2, '7', 'Al', 0, day('2024-01-03T00:00'), 3.25],
      [4, 3, '8', 'bob', 2, day('2024-01-01T10:00'), 4],
      [5, 4, '9', 'al', 1, day('2024-01-03T00:00'), 5.5],
      [6, 3, '8', 'bob', 2, day('2024-01-02T10:00'), 6],
      // Order 5 stands with bob as well: this part of it is an order of its own.
      [7, 5, '5', null, null, day('2023-12-31T00:00'), 7],
    ]);
    const accounts = await db.query(
      sql`SELECT account_key, customer_id FROM accounts JOIN customers USING (customer_key) ORDER BY accounts.rowid`,
      { account_key: 'integer', customer_id: 'text' },
    );
    expect(accounts).toEqual([
      { account_key: 0, customer_id: 'bob' },
      { account_key: 1, customer_id: 'Al' },
      { account_key: 2, customer_id: 'al' },
    ]);
    expect(layout).toEqual({
      moneyScale: 2,
      quantityScale: 0,
      hasOrderId: true,
      hasProduct: false,
      hasQuantity: false,
      labels: [],
    });
    expect(report).toEqual({
      rowsRead: 7,
      rowsUsed: 7,
      blankLines: 0,
      titleLines: 0,
      leftOut: [],
      leftOutNotKept: 0,
      rowsWithoutCustomer: 2,
      amountsRounded: 0,
      customers: 3,
      orders: 6,
      ordersSplitByCustomer: 1,
      cancelMarks: 0,
      firstOrderedAt: day('2023-12-31T00:00'),
      lastOrderedAt: day('2024-01-03T00:00'),
    });
  });

  it('keep ids as written: leading zeros, twenty digits, quotes, other scripts, any length', async () => {
    const ids = ['007', '7', '12345678901234567890', '12345678901234567891', "O'Brien", '张三', 'a"b', 'x'.repeat(300)];
    const rows = ids.map((id, i) => `${i},"${id.replaceAll('"', '""')}",2024-01-01,1`);
    await importOrders(db, fileOf('o,c,t,a', ...rows), 'ids.csv', ORDERS);
    const stored = await db.query(sql`SELECT customer_key, customer_id FROM customers ORDER BY customer_key`, {
      customer_key: 'integer',
      customer_id: 'text',
    });
    const sorted = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(stored).toEqual(sorted.map((id, key) => ({ customer_key: key, customer_id: id })));
    const byEngine = await db.query(sql`SELECT customer_id FROM customers ORDER BY customer_id`, {
      customer_id: 'text',
    });
    expect(byEngine.map((row) => row.customer_id)).toEqual(sorted);
  });

  it('hold ids and money without the guards of spreadsheets', async () => {
    const file = fileOf(
      'o,c,t,a',
      '="330012345678901234",="007",2024-01-01,="1.50"',
      `"=""330012345678901234""",'007,"=""2024-01-01""",'2`,
    );
    await importOrders(db, file, 'guards.csv', ORDERS);
    const rows = (await storedLines()).map((line) => [line.order_id, line.customer_id, line.amount]);
    expect(rows).toEqual([
      ['330012345678901234', '007', 1.5],
      ['330012345678901234', '007', 2],
    ]);
  });

  it('hold products, quantities and labels where the file has them, NULL for their gaps', async () => {
    const mapping = mappingOf([
      'customerId',
      'orderedAt',
      'amount',
      'productId',
      'quantity',
      'status',
      'city',
      'ignore',
    ]);
    const file = fileOf(
      'c,t,a,p,q,s,city,x',
      'a,2024-01-01,1,P2,1.5,paid,上海,zzz',
      'a,2024-01-02,2,,,,N/A,',
      'a,2024-01-03,3,P1,-2,退货,上海,',
    );
    const { layout } = await importOrders(db, file, 'labels.csv', mapping);
    expect(layout).toEqual({
      moneyScale: 0,
      quantityScale: 1,
      hasOrderId: false,
      hasProduct: true,
      hasQuantity: true,
      labels: ['city', 'status'],
    });
    const rows = await db.query(
      sql`SELECT product_id, quantity, status, city FROM order_lines LEFT JOIN products USING (product_key) ORDER BY source_row`,
      { product_id: 'text?', quantity: 'decimal?', status: 'text?', city: 'text?' },
    );
    expect(rows).toEqual([
      { product_id: 'P2', quantity: 1.5, status: 'paid', city: '上海' },
      { product_id: null, quantity: null, status: null, city: null },
      { product_id: 'P1', quantity: -2, status: '退货', city: '上海' },
    ]);
  });

  it('hold one label for full-width and half-width spellings, and ids as they are written', async () => {
    const file = fileOf(
      'c,t,a,s',
      'Ａ1,2024-01-01,1,ＡＰＰ（已付款）',
      'A1,2024-01-02,2,APP(已付款)',
      'A1,2024-01-03,4,',
    );
    await importOrders(db, file, 'wide.csv', mappingOf(['customerId', 'orderedAt', 'amount', 'status']));
    const rows = await db.query(
      sql`SELECT status, CAST(sum(amount) AS INTEGER) AS amount FROM order_lines GROUP BY status ORDER BY status NULLS LAST`,
      { status: 'text?', amount: 'integer' },
    );
    expect(rows).toEqual([
      { status: 'APP(已付款)', amount: 3 },
      { status: null, amount: 4 },
    ]);
    const customers = await db.query(sql`SELECT customer_id FROM customers ORDER BY 1`, { customer_id: 'text' });
    expect(customers.map((row) => row.customer_id)).toEqual(['A1', 'Ａ1']);
  });

  it('make an order of a customer and time where there is no order id, and of each line of nobody', async () => {
    const file = fileOf(
      'c,t,a',
      'a,2024-01-01 10:00,1',
      'a,2024-01-01 10:00,2',
      'a,2024-01-01 10:01,4',
      ',2024-01-01,8',
      ',2024-01-01,16',
    );
    const { report } = await importOrders(db, file, 'none.csv', mappingOf(['customerId', 'orderedAt', 'amount']));
    expect(report.orders).toBe(4);
    const sums = await db.query(sql`SELECT sum(amount) AS amount FROM order_lines GROUP BY order_key ORDER BY amount`, {
      amount: 'decimal',
    });
    expect(sums.map((row) => row.amount)).toEqual([3, 4, 8, 16]);
    expect(await db.query(sql`SELECT count(*) AS n FROM orders`, { n: 'integer' })).toEqual([{ n: 0 }]);
  });

  it('make orders of the rows whose order id is missing, by customer and time', async () => {
    const file = fileOf(
      'o,c,t,a',
      '1,a,2024-01-01,1',
      ',a,2024-01-01,2',
      ',a,2024-01-01,4',
      ',a,2024-01-02,8',
      'NULL,,2024-01-02,16',
    );
    const { report } = await importOrders(db, file, 'gaps.csv', ORDERS);
    expect(report).toMatchObject({ orders: 4, ordersSplitByCustomer: 0 });
    const sums = await db.query(
      sql`SELECT any_value(order_id) AS id, sum(amount) AS amount FROM order_lines LEFT JOIN orders USING (order_key)
          GROUP BY order_key ORDER BY amount`,
      { id: 'text?', amount: 'decimal' },
    );
    expect(sums).toEqual([
      { id: '1', amount: 1 },
      { id: null, amount: 6 },
      { id: null, amount: 8 },
      { id: null, amount: 16 },
    ]);
  });

  it('mark cancellations by a leading C among order numbers of digits', async () => {
    const file = fileOf(
      'o,c,t,a',
      '536365,a,2024-01-01,5',
      '536366,a,2024-01-01,5',
      'C536379,a,2024-01-02,-5',
      'C536379,a,2024-01-02,-1',
    );
    const { report } = await importOrders(db, file, 'marks.csv', ORDERS);
    expect(report.cancelMarks).toBe(2);
    const rows = await db.query(sql`SELECT source_row FROM order_lines WHERE cancel_mark ORDER BY 1`, {
      source_row: 'integer',
    });
    expect(rows.map((row) => row.source_row)).toEqual([3, 4]);
  });
});

describe('money', () => {
  it('adds up to the cent where doubles do not', async () => {
    // 300,000 x 0.10 + 0.01: a sum of doubles gives 30000.010000016...
    const rows = Array.from({ length: 300_000 }, (_, i) => `${i},a,2024-01-01,0.1`);
    const { layout } = await importOrders(
      db,
      new Blob([['o,c,t,a', ...rows, 'x,a,2024-01-01,0.01'].join('\n')]),
      'cents.csv',
      ORDERS,
    );
    expect(layout.moneyScale).toBe(2);
    const total = await db.query(sql`SELECT CAST(sum(amount) AS VARCHAR) AS total FROM order_lines`, { total: 'text' });
    expect(total).toEqual([{ total: '30000.01' }]);
  });

  it('is quantity times unit price less the refund, exactly', async () => {
    const mapping = mappingOf(['customerId', 'orderedAt', 'quantity', 'unitPrice', 'refundAmount']);
    const file = fileOf(
      'c,t,q,p,r',
      'a,2024-01-01,3,1.10,',
      'a,2024-01-02,2,19.95,5',
      'a,2024-01-03,-1,2.5,0',
      'a,2024-01-04,0.333,9.99,-0.10',
    );
    const { layout } = await importOrders(db, file, 'product.csv', mapping);
    expect(layout).toMatchObject({ moneyScale: 5, quantityScale: 3 });
    // 0.333 x 9.99 = 3.32667, less 0.10
    expect((await storedLines()).map((line) => line.amount)).toEqual([3.3, 34.9, -2.5, 3.22667]);
  });

  it('keeps six decimals and counts what it rounds', async () => {
    const file = fileOf(
      'o,c,t,a',
      '1,a,2024-01-01,0.1234565',
      '2,a,2024-01-02,13.200000000000001',
      '3,a,2024-01-03,1.5',
    );
    const { layout, report } = await importOrders(db, file, 'six.csv', ORDERS);
    expect([layout.moneyScale, report.amountsRounded]).toEqual([6, 2]);
    expect((await storedLines()).map((line) => line.amount)).toEqual([0.123457, 13.2, 1.5]);
  });
});

describe('rows that cannot be used', () => {
  const mapping = mappingOf(['orderId', 'customerId', 'orderedAt', 'quantity', 'amount', 'ignore']);

  it('are left out with their line, reason, column, value and text; the rest is used', async () => {
    const file = new Blob([
      'order,customer,ordered at,pieces,paid,note\n',
      '1,a,2024-01-01,1,10,"two\nlines"\n',
      '\n',
      '2,a,2023-02-30,1,10,\n',
      '3,a,,1,10,\n',
      '4,a,2024-01-01,1,ten,\n',
      '5,a,2024-01-01,1,,\n',
      '6,a,2024-01-01,many,10,\n',
      '7,a,2024-01-01\n',
      '8,a,2024-01-01,1,10,,,\n',
      '9,a,2024-01-01,1,10,,,extra\n',
      '10,"a,2024-01-01,1,10,\n',
      '11,a,2024-01-01,1,10,x',
    ]);
    const { report } = await importOrders(db, file, 'broken.csv', mapping);
    expect(await leftOut()).toEqual([
      { line: 5, reason: 'bad-time', column_name: 'ordered at', value: '2023-02-30', raw: '2,a,2023-02-30,1,10,' },
      { line: 6, reason: 'no-time', column_name: 'ordered at', value: '', raw: '3,a,,1,10,' },
      { line: 7, reason: 'bad-amount', column_name: 'paid', value: 'ten', raw: '4,a,2024-01-01,1,ten,' },
      { line: 8, reason: 'no-amount', column_name: 'paid', value: '', raw: '5,a,2024-01-01,1,,' },
      { line: 9, reason: 'bad-quantity', column_name: 'pieces', value: 'many', raw: '6,a,2024-01-01,many,10,' },
      { line: 10, reason: 'too-few-cells', column_name: '', value: '', raw: '7,a,2024-01-01' },
      { line: 12, reason: 'too-many-cells', column_name: '', value: 'extra', raw: '9,a,2024-01-01,1,10,,,extra' },
      { line: 13, reason: 'unclosed-quote', column_name: '', value: '', raw: '10,"a,2024-01-01,1,10,' },
    ]);
    expect(report).toMatchObject({
      rowsRead: 11,
      rowsUsed: 3,
      blankLines: 1,
      leftOutNotKept: 0,
      leftOut: [
        { reason: 'too-few-cells', rows: 1 },
        { reason: 'too-many-cells', rows: 1 },
        { reason: 'unclosed-quote', rows: 1 },
        { reason: 'no-time', rows: 1 },
        { reason: 'bad-time', rows: 1 },
        { reason: 'no-amount', rows: 1 },
        { reason: 'bad-amount', rows: 1 },
        { reason: 'bad-quantity', rows: 1 },
      ],
    });
    expect((await storedLines()).map((line) => [line.source_row, line.order_id])).toEqual([
      [1, '1'],
      [8, '8'],
      [11, '11'],
    ]);
  });

  it('are not those that end early and still have a time and money: what is missing is a gap', async () => {
    const late = mappingOf(['orderId', 'orderedAt', 'amount', 'customerId', 'status', 'productId', 'ignore']);
    const file = fileOf(
      'o,t,a,c,s,p,x',
      '1,2024-01-01,1,ann,paid,P1,x',
      '2,2024-01-02,2,ann,paid',
      '3,2024-01-03,3',
      '4,2024-01-04',
    );
    const { report } = await importOrders(db, file, 'short.csv', late);
    expect(report).toMatchObject({
      rowsUsed: 3,
      rowsWithoutCustomer: 1,
      leftOut: [{ reason: 'too-few-cells', rows: 1 }],
    });
    const rows = await db.query(
      sql`SELECT source_row, customer_id, status, product_id FROM order_lines LEFT JOIN accounts USING (account_key)
          LEFT JOIN customers USING (customer_key) LEFT JOIN products USING (product_key) ORDER BY source_row`,
      { source_row: 'integer', customer_id: 'text?', status: 'text?', product_id: 'text?' },
    );
    expect(rows).toEqual([
      { source_row: 1, customer_id: 'ann', status: 'paid', product_id: 'P1' },
      { source_row: 2, customer_id: 'ann', status: 'paid', product_id: null },
      { source_row: 3, customer_id: null, status: null, product_id: null },
    ]);
  });

  it('are those that end before the quantity or the price where these make the money', async () => {
    const product = mappingOf(['customerId', 'orderedAt', 'unitPrice', 'quantity', 'refundAmount']);
    const file = fileOf('c,t,p,q,r', 'a,2024-01-01,2,3', 'a,2024-01-02,2');
    const { report } = await importOrders(db, file, 'product.csv', product);
    expect(report.leftOut).toEqual([{ reason: 'too-few-cells', rows: 1 }]);
    expect((await storedLines()).map((line) => line.amount)).toEqual([6]);
  });

  it('are no titles above the header, and keep their physical line below them', async () => {
    const titled = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount'], { skipLines: 3 });
    const file = fileOf('#账务明细', '', '#起始日期：[2024-01-01],"x', 'o,c,t,a', '1,a,2024-01-01,1', '2,a,soon,1');
    const { report } = await importOrders(db, file, 'titled.csv', titled);
    expect(report).toMatchObject({ rowsRead: 2, rowsUsed: 1, blankLines: 1, titleLines: 2 });
    expect((await leftOut()).map((row) => [row.line, row.column_name, row.value])).toEqual([[6, 't', 'soon']]);
    const headless = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount'], { hasHeader: false, skipLines: 1 });
    const again = await importOrders(db, fileOf('title', '1,a,2024-01-01,1'), 'headless.csv', headless);
    expect(again.report).toMatchObject({ rowsRead: 1, rowsUsed: 1, titleLines: 1 });
  });

  it('are the sums and notes below the last row, which have fewer cells', async () => {
    const file = fileOf('o,c,t,a', '1,a,2024-01-01,1', '#合计：1 笔,1.00', '#导出时间：[2024-02-01 08:00:00]');
    const { report } = await importOrders(db, file, 'footer.csv', ORDERS);
    expect(report).toMatchObject({ rowsRead: 3, rowsUsed: 1, leftOut: [{ reason: 'too-few-cells', rows: 2 }] });
    expect((await leftOut()).map(({ line, raw }) => [line, raw])).toEqual([
      [3, '#合计：1 笔,1.00'],
      [4, '#导出时间：[2024-02-01 08:00:00]'],
    ]);
  });

  it('are padded beyond the room that the longest row before them needed', async () => {
    const wide = mappingOf(
      ['customerId', 'orderedAt', 'amount', ...Array.from({ length: 97 }, () => 'ignore' as const), 'city'],
      {
        hasHeader: false,
      },
    );
    const { report } = await importOrders(db, fileOf('a,2024-01-01,1'), 'wide.csv', wide);
    expect(report).toMatchObject({ rowsUsed: 1, leftOut: [] });
    expect(await db.query(sql`SELECT city FROM order_lines`, { city: 'text?' })).toEqual([{ city: null }]);
  });

  it('name the column by its place where the file has no header', async () => {
    const headless = mappingOf(['orderId', 'customerId', 'orderedAt', 'amount'], { hasHeader: false });
    const { report } = await importOrders(db, fileOf('1,a,2024-01-01,5', '2,a,soon,5'), 'headless.csv', headless);
    expect(report.rowsRead).toBe(2);
    expect((await leftOut()).map((row) => row.column_name)).toEqual(['#3']);
  });
});

describe('an import that does not come to its end', () => {
  const GOOD = fileOf('o,c,t,a', '1,first,2024-01-01,1');
  const tables = (): Promise<readonly { readonly name: string }[]> =>
    db.query(sql`SELECT table_name AS name FROM duckdb_tables() WHERE table_name <> 'purchases' ORDER BY 1`, {
      name: 'text',
    });

  async function expectFirstDatasetIntact(): Promise<void> {
    expect((await storedLines()).map((line) => line.customer_id)).toEqual(['first']);
    expect((await tables()).map((row) => row.name)).toEqual([
      'accounts',
      'customers',
      'left_out',
      'left_out_rows',
      'order_lines',
      'orders',
      'products',
    ]);
  }

  it.each([
    ['no usable row', fileOf('o,c,t,a', '1,b,never,1'), 'no-usable-rows'],
    ['a line without end', new Blob(['o,c,t,a\n1,b,2024-01-01,1\n', 'x'.repeat(1_100_000)]), 'line-too-long'],
    [
      'bytes that are not of its encoding',
      new Blob(['o,c,t,a\n1,b,2024-01-01,1\n', new Uint8Array([0xff, 0xfe, 0x41])]),
      'file-not-decodable',
    ],
  ])('because of %s leaves the tables before as they were', async (_, file, code) => {
    await importOrders(db, GOOD, 'good.csv', ORDERS);
    await expect(importOrders(db, file, 'bad.csv', ORDERS)).rejects.toMatchObject({ code });
    await expectFirstDatasetIntact();
  });

  it.each(['reading', 'arranging', 'loading'] as const)(
    'because it is cancelled while %s leaves them too',
    async (phase) => {
      await importOrders(db, GOOD, 'good.csv', ORDERS);
      const stop = new AbortController();
      const phases: ImportProgress['phase'][] = [];
      const onProgress = (progress: ImportProgress): void => {
        phases.push(progress.phase);
        if (progress.phase === phase) stop.abort();
      };
      // Several pieces to read, so that there is a moment between them.
      const row = '1,second,2024-01-01,1\n';
      const file = new Blob(['o,c,t,a\n', row.repeat(900_000)]);
      await expect(
        importOrders(db, file, 'big.csv', ORDERS, { signal: stop.signal, onProgress }),
      ).rejects.toMatchObject({ code: 'cancelled' });
      expect(phases.at(-1)).toBe(phase);
      await expectFirstDatasetIntact();
    },
  );

  it('because the mapping lacks something says what', async () => {
    const file = fileOf('c,t', 'a,2024-01-01');
    for (const [roles, missing] of [
      [['customerId', 'orderedAt'], 'amount'],
      [['customerId', 'amount'], 'time'],
      [['orderedAt', 'amount'], 'customer'],
    ] as const) {
      await expect(importOrders(db, file, 'x.csv', mappingOf(roles))).rejects.toMatchObject({
        code: 'mapping-incomplete',
        data: { missing },
      });
    }
  });
});

it('takes the place of the tables before, and their purchases go with them', async () => {
  await importOrders(db, fileOf('o,c,t,a', '1,first,2024-01-01,1'), 'a.csv', ORDERS);
  await db.exec(sql`CREATE OR REPLACE TABLE purchases AS SELECT 1 AS order_key`);
  await importOrders(db, fileOf('o,c,t,a', '1,second,2024-01-01,1'), 'b.csv', ORDERS);
  expect((await storedLines()).map((line) => line.customer_id)).toEqual(['second']);
  await expect(db.exec(sql`FROM purchases`)).rejects.toMatchObject({ code: 'query-failed' });
});

describe('any file', () => {
  interface Row {
    readonly order: string;
    readonly customer: string;
    readonly day: number;
    readonly cents: number;
  }

  /** The lines as they stand, their customers ranked by sorting. */
  function readPlainly(rows: readonly Row[]) {
    const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const known = [...new Set(rows.map((line) => line.customer).filter((id) => id !== ''))].sort(compare);
    return rows.map(({ order, customer, day, cents }, i) => ({
      source_row: i + 1,
      order_id: order,
      customer_id: customer === '' ? null : customer,
      customer_key: customer === '' ? null : known.indexOf(customer),
      ordered_at: Date.UTC(2024, 0, 1 + day),
      amount: cents / 100,
    }));
  }

  const row: fc.Arbitrary<Row> = fc.record({
    order: fc.constantFrom('1', '2', '10', '11', 'A'),
    customer: fc.constantFrom('', 'a', 'b', '好', 'B', '10', '9'),
    day: fc.nat(4),
    cents: fc.integer({ min: -500, max: 500 }),
  });

  it('gives its lines as they stand, and order keys that are one order of one customer each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const written = rows.map(
          ({ order, customer, day, cents }) =>
            `${order},${customer},2024-01-${String(1 + day).padStart(2, '0')},${(cents / 100).toFixed(2)}`,
        );
        const { report } = await importOrders(db, fileOf('o,c,t,a', ...written), 'any.csv', ORDERS);
        const stored = await storedLines();
        expect(stored.map(({ order_key: _, ...line }) => line)).toEqual(readPlainly(rows));
        const keyOf = new Map(stored.map((line) => [`${line.customer_id ?? ''}\0${line.order_id}`, line.order_key]));
        expect(
          stored.every((line) => keyOf.get(`${line.customer_id ?? ''}\0${line.order_id}`) === line.order_key),
        ).toBe(true);
        expect([...keyOf.values()].sort((a, b) => a - b)).toEqual(Array.from({ length: report.orders }, (_, i) => i));
        const customersOf = new Map<string, Set<string>>();
        for (const { order, customer } of rows)
          customersOf.set(order, (customersOf.get(order) ?? new Set()).add(customer));
        expect(report.ordersSplitByCustomer).toBe([...customersOf.values()].filter((set) => set.size > 1).length);
      }),
      { numRuns: 25 },
    );
  });

  it('of more than one batch keeps every line once and its money', async () => {
    const random = createRandom(7);
    const count = 600_000;
    let cents = 0;
    const lines = Array.from({ length: count }, (_, i) => {
      const amount = Math.floor(random() * 10_000);
      cents += amount;
      return `${i},c${Math.floor(random() * 5000)},2024-01-01 00:00:${String(i % 60).padStart(2, '0')},${(amount / 100).toFixed(2)}`;
    });
    await importOrders(db, new Blob([['o,c,t,a', ...lines].join('\n')]), 'many.csv', ORDERS);
    const facts = await db.query(
      sql`SELECT count(*) AS lines, count(DISTINCT source_row) AS rows, count(DISTINCT order_id) AS orders, CAST(sum(amount) AS VARCHAR) AS total,
            count(*) FILTER (order_id <> CAST(source_row - 1 AS VARCHAR)) AS strangers
          FROM order_lines JOIN orders USING (order_key)`,
      { lines: 'integer', rows: 'integer', orders: 'integer', total: 'text', strangers: 'integer' },
    );
    expect(facts).toEqual([
      { lines: count, rows: count, orders: count, total: (cents / 100).toFixed(2), strangers: 0 },
    ]);
    const unsorted = await db.query(
      sql`SELECT count(*) AS n FROM (SELECT source_row <= lag(source_row) OVER (ORDER BY rowid) AS falls FROM order_lines) WHERE falls`,
      { n: 'integer' },
    );
    expect(unsorted).toEqual([{ n: 0 }]);
  });
});
