import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mask } from '../../../src/core/masking';
import { sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { cellMask } from '../../../src/ingest/privacy/cell-mask';
import { countLeftOut, leftOutCsv, readLeftOut, type LeftOutFile } from '../../../src/state/left-out';
import { readCsv } from '../../support/independent-csv';

const HEADINGS = { file: 'File', line: 'Line', reason: 'Reason', column: 'Column', value: 'Value', raw: 'Raw' };
const ORDERS: LeftOutFile = {
  number: 0,
  name: 'orders "1".csv',
  delimiter: ',',
  columns: [
    { name: '客户', mask: cellMask({ name: '客户', role: 'customerId', found: [] }) },
    { name: '时间', mask: cellMask({ name: '时间', role: 'orderedAt', found: [] }) },
    { name: '备注', mask: cellMask({ name: '备注', role: 'ignore', found: [] }) },
  ],
};
/** Cleaned: which cell is of which column is not known. */
const MEMBERS: LeftOutFile = { number: 1, name: '会员.csv', delimiter: ',', columns: [] };
const BOTH = { files: [ORDERS, MEMBERS], reason: null };

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.exec(
    sql`CREATE TABLE left_out_rows (source_file INTEGER, line INTEGER, reason VARCHAR, column_name VARCHAR, value VARCHAR, raw VARCHAR)`,
  );
  await db.exec(sql`INSERT INTO left_out_rows VALUES
    (1, 9, 'no-time', '', '', '王小明,someday'),
    (0, 12, 'bad-time', '时间', '=HYPERLINK("x")', 'M00001,"=HYPERLINK(""x"")",请打13812345678'),
    (0, 3, 'too-many-cells', '', 'zoe@example.com', 'M00002,2024-01-05,无,zoe@example.com'),
    (0, 5, 'bad-time', '时间', 'someday', 'M00003,someday,"好，""谢谢"""')`);
});

afterAll(() => db.close());

const write = async (inFull: boolean): Promise<string> =>
  (await leftOutCsv(db, BOTH, HEADINGS, (reason) => `[${reason}]`, inFull)).text();

describe('the rows left out, as a file', () => {
  it('are masked column by column in the order of the files, and run as no formula', async () => {
    const text = await write(false);
    expect(readCsv(text)).toEqual([
      ['File', 'Line', 'Reason', 'Column', 'Value', 'Raw'],
      ['orders "1".csv', '3', '[too-many-cells]', '', 'z***@example.com', 'M****2,202****05,*,z***@example.com'],
      ['orders "1".csv', '5', '[bad-time]', '时间', 'someday', 'M****3,someday,"好，""谢谢"""'],
      ['orders "1".csv', '12', '[bad-time]', '时间', `'=HYPERLINK("x")`, 'M****1,"=HYPERLINK(""x"")",请打138****5678'],
      ['会员.csv', '9', '[no-time]', '', '', '王**,so***ay'],
    ]);
    expect(text).not.toMatch(/13812345678|王小明|zoe@|M0000/);
  });

  it('stand as they were written when somebody asks for that', async () => {
    expect(readCsv(await write(true)).slice(1)).toEqual([
      ['orders "1".csv', '3', '[too-many-cells]', '', 'zoe@example.com', 'M00002,2024-01-05,无,zoe@example.com'],
      ['orders "1".csv', '5', '[bad-time]', '时间', 'someday', 'M00003,someday,"好，""谢谢"""'],
      ['orders "1".csv', '12', '[bad-time]', '时间', `'=HYPERLINK("x")`, 'M00001,"=HYPERLINK(""x"")",请打13812345678'],
      ['会员.csv', '9', '[no-time]', '', '', '王小明,someday'],
    ]);
  });
});

describe('the rows left out, on the screen', () => {
  it('are those of the files and the reason asked for, masked, page by page', async () => {
    const choice = { files: [ORDERS], reason: 'bad-time' };
    expect(await countLeftOut(db, choice)).toBe(2);
    expect(await readLeftOut(db, choice, 1, 10)).toMatchObject([
      { file: 'orders "1".csv', line: 12, column: '时间', raw: 'M****1,"=HYPERLINK(""x"")",请打138****5678' },
    ]);
    expect(await countLeftOut(db, { files: [], reason: null })).toBe(0);
  });

  it('hide a cell of no known column, whatever it looks like', async () => {
    const [row] = await readLeftOut(db, { files: [MEMBERS], reason: null }, 0, 1);
    expect(row?.raw).toBe([mask('王小明'), mask('someday')].join(','));
  });
});
