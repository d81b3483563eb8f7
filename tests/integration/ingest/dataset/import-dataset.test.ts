import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import type { DatasetFile } from '../../../../src/ingest/dataset/dataset-files';
import { importDataset } from '../../../../src/ingest/dataset/import-dataset';
import { inProcessReader } from '../../../../src/ingest/dataset/source-reader';
import { factsFile, ordersFile } from './files';

let db: Db;

beforeAll(() => {
  db = createNodeDb();
});

const importAll = (...files: readonly DatasetFile[]) => importDataset(db, inProcessReader, files);
const day = (text: string): number => Date.parse(`${text}Z`);

/** The lines of orders with their ids, in the order of the table. */
function lines() {
  return db.query(
    sql`SELECT order_id, customer_id, ordered_at, amount, source_file, source_row FROM order_lines
LEFT JOIN orders USING (order_key) LEFT JOIN accounts USING (account_key) LEFT JOIN customers USING (customer_key) ORDER BY order_lines.rowid`,
    {
      order_id: 'text?',
      customer_id: 'text?',
      ordered_at: 'time',
      amount: 'decimal',
      source_file: 'integer',
      source_row: 'integer',
    },
  );
}

const brief = async () =>
  (await lines()).map((line) => [line.order_id, line.customer_id, line.amount, line.source_file, line.source_row]);

async function accountsByFile(table: string, extra = sql``) {
  return db.query(
    sql`SELECT customer_id FROM ${sql`${extra}`} ${table === 'members' ? sql`members` : sql`events`} LEFT JOIN accounts USING (account_key) LEFT JOIN customers USING (customer_key) ORDER BY source_row`,
    { customer_id: 'text?' },
  );
}

const ORDERS = ordersFile(
  ['orderId', 'customerId', 'orderedAt', 'amount'],
  [
    'order,member,time,amount',
    '1,M2,2024-01-02 10:00,10.50',
    '2,M1,2024-01-03,20',
    '3,,2024-01-04,5',
    '4,M2,someday,7',
    '5,M9,2024-01-05,1.25',
  ],
  'member',
);
const MEMBERS = factsFile(
  'members',
  ['member', 'name', 'phone', 'birthday', 'level', 'points', 'registeredAt', 'ignore'],
  [
    'no,name,phone,birthday,level,points,registered,note',
    'M1,王小明,13800000001,1990-05-06,ＶＩＰ,100,2023-01-01 08:00,x',
    'M2,"Li, Na",13800000002,1991-07,gold,12.5,,',
    ',Nobody,,,gold,1,2023-01-01,',
    "M3,O'Brien,13800000002,long ago,,many,2023-02-01,y",
  ],
);

describe('a dataset of several files', () => {
  it('links the accounts of all files to one list of customers, in the byte order of their ids', async () => {
    const events = factsFile(
      'events',
      ['occurredAt', 'device', 'member', 'event', 'productId'],
      [
        'time,device,member,event,sku',
        '2024-02-01 10:00:00.250,D1,M1,view,007',
        '2024-02-01 10:01,D1,,cart,007',
        '2024-02-01 10:02,,,cart,',
        '2024-02-01 10:03,D2,M3,,',
      ],
    );
    const { report, files, layout } = await importAll(MEMBERS, ORDERS, events);
    expect(
      await db.query(sql`SELECT customer_key, customer_id FROM customers ORDER BY customer_key`, {
        customer_key: 'integer',
        customer_id: 'text',
      }),
    ).toEqual(['M1', 'M2', 'M3', 'M9'].map((id, key) => ({ customer_key: key, customer_id: id })));
    expect(await brief()).toEqual([
      ['1', 'M2', 10.5, 1, 1],
      ['2', 'M1', 20, 1, 2],
      ['3', null, 5, 1, 3],
      ['5', 'M9', 1.25, 1, 5],
    ]);
    expect(layout.moneyScale).toBe(2);
    expect(report).toMatchObject({
      rowsRead: 5,
      rowsUsed: 4,
      customers: 3,
      leftOut: [{ reason: 'bad-time', rows: 1 }],
    });
    expect(await accountsByFile('events')).toEqual([
      { customer_id: 'M1' },
      { customer_id: null },
      { customer_id: null },
    ]);
    expect(files.map(({ file, kind }) => [file, kind])).toEqual([
      [0, 'members'],
      [1, 'orders'],
      [2, 'events'],
    ]);
    expect(files[0]?.report).toMatchObject({
      rowsRead: 4,
      rowsUsed: 3,
      accounts: 3,
      leftOut: [{ reason: 'no-person', rows: 1 }],
      unread: [
        { column: 'birthday', cells: 1 },
        { column: 'points', cells: 1 },
      ],
    });
    expect(files[2]?.report).toMatchObject({
      rowsUsed: 3,
      rowsWithoutPerson: 1,
      leftOut: [{ reason: 'no-event', rows: 1 }],
    });
  });

  it('keeps what each file says of a person as written, an account a combination', async () => {
    await importAll(ORDERS, MEMBERS);
    const ids = await db.query(sql`SELECT account_key, kind, value FROM account_ids ORDER BY account_key, kind`, {
      account_key: 'integer',
      kind: 'text',
      value: 'text',
    });
    expect(ids.map(({ account_key, kind, value }) => `${account_key} ${kind} ${value}`)).toEqual([
      '0 member M2',
      '1 member M1',
      '2 member M9',
      '3 birthday 1990-05-06',
      '3 member M1',
      '3 name 王小明',
      '3 phone 13800000001',
      '4 birthday 1991-07',
      '4 member M2',
      '4 name Li, Na',
      '4 phone 13800000002',
      '5 birthday long ago',
      '5 member M3',
      "5 name O'Brien",
      '5 phone 13800000002',
    ]);
  });

  it('types what it reads, folds labels, and leaves a gap where a cell cannot be read', async () => {
    await importAll(ORDERS, MEMBERS);
    const rows = await db.query(
      sql`SELECT name, birthday, level, points, registered_at, gender, source_file, source_row FROM members ORDER BY source_row`,
      {
        name: 'text',
        birthday: 'time?',
        level: 'text?',
        points: 'decimal?',
        registered_at: 'time?',
        gender: 'text?',
        source_file: 'integer',
        source_row: 'integer',
      },
    );
    expect(rows).toEqual([
      {
        name: '王小明',
        birthday: day('1990-05-06T00:00:00'),
        level: 'VIP',
        points: 100,
        registered_at: day('2023-01-01T08:00:00'),
        gender: null,
        source_file: 1,
        source_row: 1,
      },
      {
        name: 'Li, Na',
        birthday: day('1991-07-01T00:00:00'),
        level: 'gold',
        points: 12.5,
        registered_at: null,
        gender: null,
        source_file: 1,
        source_row: 2,
      },
      {
        name: "O'Brien",
        birthday: null,
        level: null,
        points: null,
        registered_at: day('2023-02-01T00:00:00'),
        gender: null,
        source_file: 1,
        source_row: 4,
      },
    ]);
    const left = await db.query(
      sql`SELECT source_file, line, reason, column_name, value, raw FROM left_out_rows ORDER BY source_file`,
      {
        source_file: 'integer',
        line: 'integer',
        reason: 'text',
        column_name: 'text',
        value: 'text',
        raw: 'text',
      },
    );
    expect(left).toEqual([
      { source_file: 0, line: 5, reason: 'bad-time', column_name: 'time', value: 'someday', raw: '4,M2,someday,7' },
      {
        source_file: 1,
        line: 4,
        reason: 'no-person',
        column_name: 'no',
        value: '',
        raw: ',Nobody,,,gold,1,2023-01-01,',
      },
    ]);
  });

  it('takes customer and member numbers for one when most of one list stand in the other', async () => {
    const orders = ordersFile(
      ['orderId', 'customerId', 'orderedAt', 'amount'],
      ['o,c,t,a', '1,M1,2024-01-01,1', '2,M3,2024-01-01,1'],
      'customer',
    );
    expect((await importAll(orders, MEMBERS)).renamed).toEqual({ from: 'customer', to: 'member' });
    const other = ordersFile(
      ['orderId', 'customerId', 'orderedAt', 'amount'],
      ['o,c,t,a', '1,X1,2024-01-01,1'],
      'customer',
    );
    expect((await importAll(other, MEMBERS)).renamed).toBeNull();
  });

  it('leaves the tables of the dataset before as they were when a file cannot be read', async () => {
    await importAll(ORDERS, MEMBERS);
    const before = [await lines(), await db.query(sql`SELECT name FROM members`, { name: 'text' })];
    const broken = factsFile('feedback', ['givenAt', 'score'], ['when,score', 'never,5']);
    await expect(importAll(ORDERS, broken)).rejects.toMatchObject({ code: 'no-usable-rows' });
    expect([await lines(), await db.query(sql`SELECT name FROM members`, { name: 'text' })]).toEqual(before);
    const rest = await db.query(
      sql`SELECT table_name AS name FROM duckdb_tables() WHERE table_name LIKE '%incoming' OR table_name LIKE '%part%'`,
      { name: 'text' },
    );
    expect(rest).toEqual([]);
  });

  it('takes away the tables of kinds that the new dataset does not have', async () => {
    await importAll(ORDERS, MEMBERS);
    await importAll(ORDERS);
    const rest = await db.query(sql`SELECT table_name AS name FROM duckdb_tables() WHERE table_name = 'members'`, {
      name: 'text',
    });
    expect(rest).toEqual([]);
  });
});

describe('feedback and series', () => {
  it('give feedback its type by the words of the file, or that of the whole file', async () => {
    const typed = factsFile(
      'feedback',
      ['givenAt', 'member', 'feedbackType', 'score', 'text'],
      [
        't,m,kind,score,text',
        '2024-01-01,M1,投诉,,"late,\nagain"',
        '2024-01-02,M2,NPS,9,',
        '2024-01-03,M2,Praise,,ok',
        '2024-01-04,M2,,,',
      ],
    );
    const { files } = await importAll(typed);
    const shape = { type: 'text?', score: 'decimal?', text: 'text?' } as const;
    expect(await db.query(sql`SELECT type, score, text FROM feedback ORDER BY source_row`, shape)).toEqual([
      { type: 'complaint', score: null, text: 'late,\nagain' },
      { type: 'nps', score: 9, text: null },
      { type: 'Praise', score: null, text: 'ok' },
    ]);
    expect(files[0]?.report.leftOut).toEqual([{ reason: 'no-content', rows: 1 }]);
    await importAll(factsFile('feedback', ['givenAt', 'score'], ['t,s', '2024-01-01,10'], { feedbackType: 'nps' }));
    expect(await db.query(sql`SELECT type, score, text FROM feedback`, shape)).toEqual([
      { type: 'nps', score: 10, text: null },
    ]);
  });

  it('give a wide file one row a number, named by its column, and a long one what it says', async () => {
    const wide = factsFile(
      'series',
      ['date', 'value', 'ignore', 'value'],
      ['month,price index,note,气温', '2024-01,100.5,x,-3', '2024Q2,,y,12.25', '2024-03,n/a,,', 'soon,1,,2'],
    );
    const long = factsFile(
      'series',
      ['seriesName', 'date', 'endsAt', 'value'],
      ['name,from,to,off', '618,2024-06-01,2024-06-18,20'],
    );
    const { files } = await importAll(wide, long);
    const rows = await db.query(
      sql`SELECT starts_at, ends_at, series, value, source_file, source_row FROM external_series ORDER BY source_file, rowid`,
      {
        starts_at: 'time',
        ends_at: 'time?',
        series: 'text',
        value: 'decimal',
        source_file: 'integer',
        source_row: 'integer',
      },
    );
    const wideRow = (start: string, series: string, value: number, row: number) => ({
      starts_at: day(`${start}T00:00:00`),
      ends_at: null,
      series,
      value,
      source_file: 0,
      source_row: row,
    });
    expect(rows).toEqual([
      wideRow('2024-01-01', 'price index', 100.5, 1),
      wideRow('2024-01-01', '气温', -3, 1),
      wideRow('2024-04-01', '气温', 12.25, 2),
      {
        starts_at: day('2024-06-01T00:00:00'),
        ends_at: day('2024-06-18T00:00:00'),
        series: '618',
        value: 20,
        source_file: 1,
        source_row: 1,
      },
    ]);
    expect(files[0]?.report).toMatchObject({
      rowsRead: 4,
      rowsUsed: 2,
      tableRows: 3,
      leftOut: [
        { reason: 'bad-time', rows: 1 },
        { reason: 'no-value', rows: 1 },
      ],
    });
  });

  it('give names of days no number where the file has none, beside a file that has', async () => {
    const holidays = factsFile('series', ['date', 'seriesName'], ['date,holiday', "2024-05-01,Labour's Day"]);
    const campaigns = factsFile(
      'series',
      ['seriesName', 'date', 'endsAt', 'value'],
      ['name,from,to,off', '618,2024-06-01,2024-06-18,0'],
    );
    await importAll(holidays, campaigns);
    const rows = await db.query(
      sql`SELECT series, value, ends_at IS NULL AS is_a_day FROM external_series ORDER BY starts_at`,
      { series: 'text', value: 'decimal?', is_a_day: 'boolean' },
    );
    expect(rows).toEqual([
      { series: "Labour's Day", value: null, is_a_day: true },
      { series: '618', value: 0, is_a_day: false },
    ]);
  });
});
