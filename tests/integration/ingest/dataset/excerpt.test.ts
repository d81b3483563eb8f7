import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { DatasetFile } from '../../../../src/ingest/dataset/dataset-files';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { WHOLE, type Excerpt } from '../../../../src/ingest/excerpt/excerpt';
import { factsFile, ordersFile } from './files';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

const importPart = (files: readonly DatasetFile[], excerpt: Partial<Excerpt>) =>
  importDataset(db, inProcessReader, files, { excerpt: { ...WHOLE, ...excerpt } });

const CUSTOMERS = 60;
const memberOf = (i: number): string => `M${String(i).padStart(3, '0')}`;

interface Line {
  readonly order: string;
  readonly member: string;
  readonly phone: string;
  readonly day: string;
}

/** 400 lines of 200 orders over the year 2024; every ninth order is nobody's, every 50th line is broken. */
const LINES: readonly Line[] = Array.from({ length: 400 }, (_, row) => {
  const order = Math.floor(row / 2);
  const customer = (order * 7) % CUSTOMERS;
  const month = String((order % 12) + 1).padStart(2, '0');
  const day = row % 50 === 49 ? 'someday' : `2024-${month}-${String((order % 28) + 1).padStart(2, '0')}`;
  const isNobody = order % 9 === 8;
  return {
    order: `O${order}`,
    member: isNobody ? '' : memberOf(customer),
    phone: isNobody || customer % 3 === 0 ? '' : `138${String(customer).padStart(8, '0')}`,
    day,
  };
});
const GOOD = LINES.filter(({ day }) => day !== 'someday');

const ORDERS = ordersFile(
  ['orderId', 'customerId', 'ignore', 'orderedAt', 'amount'],
  [
    'order,member,phone,time,amount',
    ...LINES.map(({ order, member, phone, day }) => `${order},${member},${phone},${day},1.5`),
  ],
  'member',
  [{ column: 2, role: 'phone' }],
);
const MEMBERS = factsFile(
  'members',
  ['phone', 'member', 'level'],
  [
    'phone,no,level',
    ...Array.from({ length: CUSTOMERS }, (_, i) => `138${String(i).padStart(8, '0')},${memberOf(i)},gold`),
  ],
);
const EVENTS = factsFile(
  'events',
  ['occurredAt', 'device', 'member', 'event'],
  [
    'time,device,member,event',
    ...Array.from(
      { length: 300 },
      (_, i) =>
        `2024-${String((i % 12) + 1).padStart(2, '0')}-15,D${i % 40},${i % 4 === 0 ? '' : memberOf(i % CUSTOMERS)},view`,
    ),
  ],
);
const FEEDBACK = factsFile(
  'feedback',
  ['givenAt', 'orderId', 'score'],
  ['time,order,score', ...Array.from({ length: 200 }, (_, i) => `2024-06-01,O${i},${i % 5}`)],
);
const SERIES = factsFile(
  'series',
  ['date', 'seriesName', 'value'],
  ['day,name,value', '2024-01-01,rain,3', '2025-01-01,rain,4'],
);
const ALL = [ORDERS, MEMBERS, EVENTS, FEEDBACK, SERIES];

const rowsOf = async (table: string): Promise<readonly number[]> =>
  (
    await db.query(sql`SELECT source_row FROM query_table(${table}) ORDER BY source_row`, { source_row: 'integer' })
  ).map(({ source_row }) => source_row);

const idsOf = async (table: string): Promise<ReadonlySet<string>> => {
  const rows = await db.query(
    sql`SELECT DISTINCT value FROM query_table(${table}) JOIN account_ids USING (account_key) WHERE kind = 'member'`,
    { value: 'text' },
  );
  return new Set(rows.map(({ value }) => value));
};

const lossOf = (leftOut: readonly { readonly reason: string; readonly rows: number }[], reason: string): number =>
  leftOut.find((each) => each.reason === reason)?.rows ?? 0;

describe('a sample of customers', () => {
  it.each([2, 3, 7])('one in %i: the samples are disjoint and together everything, in every file', async (oneIn) => {
    const seen = new Map<string, number[]>(['order_lines', 'members', 'events', 'feedback'].map((name) => [name, []]));
    const members = new Set<string>();
    for (let residue = 0; residue < oneIn; residue++) {
      const { files } = await importPart(ALL, { oneIn, residue });
      for (const [table, rows] of seen) rows.push(...(await rowsOf(table)));
      for (const { report } of files) {
        expect(report.rowsUsed + report.leftOut.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.rowsRead);
      }
      const sampled = await idsOf('members');
      // Whoever orders or does something is among the members of the same sample.
      for (const table of ['order_lines', 'events']) {
        for (const member of await idsOf(table)) expect(sampled).toContain(member);
      }
      for (const member of sampled) {
        expect(members).not.toContain(member);
        members.add(member);
      }
      expect(await rowsOf('external_series')).toHaveLength(2);
    }
    expect(members.size).toBe(CUSTOMERS);
    const sizes = { order_lines: GOOD.length, members: 60, events: 300, feedback: 200 };
    for (const [table, size] of Object.entries(sizes)) {
      const rows = (seen.get(table) ?? []).toSorted((a, b) => a - b);
      expect(rows.length).toBe(size);
      expect(new Set(rows).size).toBe(size);
    }
  });

  it('keeps every line of a chosen customer, and orders of nobody whole', async () => {
    const { report } = await importPart([ORDERS], { oneIn: 4, residue: 1 });
    const taken = await db.query(
      sql`SELECT order_id, customer_id, count(*) AS lines FROM order_lines JOIN orders USING (order_key)
LEFT JOIN accounts USING (account_key) LEFT JOIN customers USING (customer_key) GROUP BY ALL`,
      { order_id: 'text', customer_id: 'text?', lines: 'integer' },
    );
    const chosen = new Set(taken.map(({ customer_id }) => customer_id).filter((id) => id !== null));
    expect(chosen.size).toBeGreaterThan(5);
    const orders = new Set(taken.map(({ order_id }) => order_id));
    const expected = GOOD.filter(({ order, member }) => (member === '' ? orders.has(order) : chosen.has(member)));
    expect(report?.rowsUsed).toBe(expected.length);
    expect(lossOf(report?.leftOut ?? [], 'not-in-sample')).toBe(GOOD.length - expected.length);
    expect(lossOf(report?.leftOut ?? [], 'bad-time')).toBe(LINES.length - GOOD.length);
    expect(report?.leftOutNotKept).toBe(0);
    const kept = await db.query(sql`SELECT reason, count(*) AS n FROM left_out GROUP BY reason`, {
      reason: 'text',
      n: 'integer',
    });
    expect(kept).toEqual([{ reason: 'bad-time', n: LINES.length - GOOD.length }]);
  });

  it('takes the feedback that names only an order together with that order', async () => {
    await importPart([ORDERS, FEEDBACK], { oneIn: 3, residue: 0 });
    const orders = await db.query(sql`SELECT order_id FROM orders ORDER BY order_id`, { order_id: 'text' });
    const rated = await db.query(sql`SELECT order_id FROM feedback ORDER BY order_id`, { order_id: 'text' });
    expect(rated).toEqual(orders);
  });

  it('takes the lines of another file with their orders, and still tells those whose order is nowhere', async () => {
    const heads = ordersFile(
      ['orderId', 'customerId', 'orderedAt'],
      [
        'order,customer,time',
        ...Array.from({ length: 90 }, (_, i) => `O${i},M${i % 30},2024-03-${String((i % 28) + 1).padStart(2, '0')}`),
      ],
    );
    const items = factsFile(
      'order-lines',
      ['orderId', 'productId', 'amount'],
      ['order,sku,amount', ...Array.from({ length: 180 }, (_, i) => `O${i % 90},P${i % 7},2`), 'X1,P1,2'],
    );
    let used = 0;
    for (const residue of [0, 1, 2]) {
      const { report, join } = await importPart([heads, items], { oneIn: 3, residue, to: '2024-03-14' });
      used += report?.rowsUsed ?? 0;
      expect(lossOf(report?.leftOut ?? [], 'order-not-found')).toBe(1);
      expect(report?.rowsRead).toBe(181);
      expect((report?.rowsUsed ?? 0) + (report?.leftOut ?? []).reduce((sum, { rows }) => sum + rows, 0)).toBe(181);
      expect(join?.ordersWithoutItems).toBe(0);
    }
    // 28 days are gone through three times and a bit: days 1 to 14 come 14 + 14 + 14 + 6 times, with two lines each.
    expect(used).toBe(2 * (14 + 14 + 14 + 6));
  });

  it('is the same again on the next run, whatever else is in the files', async () => {
    await importPart([ORDERS, MEMBERS], { oneIn: 5, residue: 2 });
    const before = await idsOf('members');
    await importPart([ORDERS, EVENTS, MEMBERS], { oneIn: 5, residue: 2 });
    expect(await idsOf('members')).toEqual(before);
  });
});

describe('a period', () => {
  it('counts what lies before and after it under its own reason, to the day', async () => {
    const { report, files } = await importPart(ALL, { from: '2024-03-04', to: '2024-09-09' });
    const inside = GOOD.filter(({ day }) => day >= '2024-03-04' && day <= '2024-09-09');
    expect(report?.rowsUsed).toBe(inside.length);
    expect(lossOf(report?.leftOut ?? [], 'outside-period')).toBe(GOOD.length - inside.length);
    const used = Object.fromEntries(files.map(({ kind, report: own }) => [kind, own.rowsUsed]));
    // Events lie on the 15th of every month, 25 a month; feedback on one day; members and the weather are of no period.
    expect(used).toMatchObject({ events: 6 * 25, feedback: 200, members: 60, series: 2 });
  });

  it('takes an hour before midnight of its last day, and not midnight itself', async () => {
    const file = ordersFile(
      ['customerId', 'orderedAt', 'amount'],
      [
        'who,time,amount',
        'A,2024-01-01 23:59:59,1',
        'B,2024-01-02 00:00:00,2',
        'C,2024-01-02 23:59:59.999,3',
        'D,2024-01-03 00:00:00,4',
      ],
    );
    await importPart([file], { from: '2024-01-02', to: '2024-01-02' });
    const rows = await db.query(sql`SELECT customer_id FROM customers ORDER BY customer_id`, { customer_id: 'text' });
    expect(rows.map(({ customer_id }) => customer_id)).toEqual(['B', 'C']);
  });

  it('lets a file of which nothing is taken be there, empty', async () => {
    const older = ordersFile(
      ['orderId', 'customerId', 'ignore', 'orderedAt', 'amount'],
      ['order,member,phone,time,amount', 'Z1,M001,,2020-01-01,9'],
    );
    const { report, files } = await importPart([ORDERS, older, EVENTS], { from: '2024-12-16' });
    const inside = GOOD.filter(({ day }) => day >= '2024-12-16');
    expect(report?.rowsUsed).toBe(inside.length);
    expect(files.map(({ report: own }) => own.rowsUsed)).toEqual([inside.length, 0, 0]);
  });

  it('in which nothing was ordered is an error that says so, and what was there stays', async () => {
    await importPart([ORDERS], {});
    await expect(importPart([ORDERS], { from: '2030-01-01' })).rejects.toMatchObject({
      code: 'excerpt-empty',
      data: { rows: 400 },
    });
    expect(await rowsOf('order_lines')).toHaveLength(GOOD.length);
  });
});
