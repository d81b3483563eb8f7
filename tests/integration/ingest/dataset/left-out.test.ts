import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { createNodeDb } from '../../../../src/db/duckdb-node';
import { leftOutOfFiles } from '../../../../src/ingest/dataset/left-out.sql';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.exec(
    sql`CREATE TABLE left_out_rows (source_file INTEGER, line INTEGER, reason VARCHAR, column_name VARCHAR, value VARCHAR, raw VARCHAR)`,
  );
  await db.exec(sql`INSERT INTO left_out_rows VALUES (1, 9, 'bad-time', '时间', '=HYPERLINK("x")', 'a,=HYPERLINK("x")'),
    (0, 12, 'no-amount', 'it''s', '-5.00', '+1'), (0, 3, 'bad-value', '', '-x', '@sum')`);
});

afterAll(() => db.close());

it('gives every left-out row with its file, line and reason, in order, and nothing a spreadsheet would run', async () => {
  const text = await (await db.exportCsv(leftOutOfFiles(['orders "1".csv', '会员.csv']))).text();
  expect(text.trimEnd().split('\n')).toEqual([
    'file,line,reason,column,value,raw',
    `"orders ""1"".csv",3,bad-value,"",'-x,'@sum`,
    `"orders ""1"".csv",12,no-amount,it's,-5.00,'+1`,
    `会员.csv,9,bad-time,时间,"'=HYPERLINK(""x"")","a,=HYPERLINK(""x"")"`,
  ]);
});
