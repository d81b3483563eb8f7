import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { customerTotals, ordersOf, scoredCustomers } from '../../../src/exports/customers-export.sql';
import { exportMessages } from '../../../src/exports/messages';
import { FileExporter, type ExportProgress } from '../../../src/exports/file-exporter';
import { createFileWriter, CSV } from '../../../src/exports/file-writer';
import { PAGE_ROWS, tablePages, type ExportSource } from '../../../src/exports/table-pages';
import { createFormat } from '../../../src/i18n/format';
import { readCsv } from '../../support/independent-csv';
import { NAUGHTY_IDS, openSmallShop } from '../../support/small-shop';

const db = createNodeDb();
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
const english = exportMessages.build.en(createFormat('en'));
const chinese = exportMessages.build.zh(createFormat('zh'));
const everyone = sql`SELECT customer_key FROM customers`;
const period = { asOf: '2024-03-01', from: null };

async function rowsOf(source: ExportSource): Promise<(string | null)[][]> {
  return readCsv(await (await exporter.export(source, CSV)).text());
}

async function tablesLeft(): Promise<number> {
  const rows = await db.query(sql`SELECT count(*) AS n FROM duckdb_tables() WHERE table_name LIKE 'export_rows%'`, {
    n: 'integer',
  });
  return rows[0]?.n ?? -1;
}

beforeAll(async () => {
  await openSmallShop(db, [
    { orderId: '1', customerId: '000007', orderedAt: '2024-01-05 08:30:00', amount: '100.10' },
    { orderId: '2', customerId: '000007', orderedAt: '2024-02-10 09:00:00', amount: '50.05' },
    { orderId: '3', customerId: '000007', orderedAt: '2024-02-11 09:00:00', amount: '-20.15', isPurchase: false },
    { orderId: '4', customerId: '王小明', orderedAt: '2024-02-29 23:59:59', amount: '9.90' },
    { orderId: '5', customerId: '=late', orderedAt: '2024-03-01 00:00:00', amount: '77.00' },
    { orderId: '6', customerId: null, orderedAt: '2024-02-01 00:00:00', amount: '500.00' },
  ]);
});
afterAll(() => db.close());

describe('Customers with their totals', () => {
  test('Orders before the as-of day count, refunds lower the money, and who bought nothing has zeros.', async () => {
    expect(await rowsOf(customerTotals(english, period, everyone))).toEqual([
      ['Customer', 'Days since last order', 'Last order', 'Orders', 'Revenue'],
      ['000007', '20', '2024-02-10 09:00:00', '2', '130.00'],
      ["'=late", null, null, '0', '0.00'],
      ['王小明', '1', '2024-02-29 23:59:59', '1', '9.90'],
    ]);
  });

  test('A period that starts later counts from its first day, in the reader’s language.', async () => {
    const chosen = sql`SELECT customer_key FROM customers WHERE customer_id = '000007'`;
    expect(await rowsOf(customerTotals(chinese, { asOf: '2024-03-01', from: '2024-02-10' }, chosen))).toEqual([
      ['客户', '距最近下单天数', '最近下单时间', '订单数', '消费金额'],
      ['000007', '20', '2024-02-10 09:00:00', '1', '29.90'],
    ]);
  });

  test('Their orders come by customer and time, refunds marked as no purchase.', async () => {
    expect(await rowsOf(ordersOf(english, period, everyone))).toEqual([
      ['Customer', 'Order', 'Ordered', 'Amount', 'Counts as a purchase'],
      ['000007', '1', '2024-01-05 08:30:00', '100.10', 'true'],
      ['000007', '2', '2024-02-10 09:00:00', '50.05', 'true'],
      ['000007', '3', '2024-02-11 09:00:00', '-20.15', 'false'],
      ['王小明', '4', '2024-02-29 23:59:59', '9.90', 'true'],
    ]);
  });
});

describe('Customers with their scores', () => {
  const names = { champions: 'Champions', lost: 'It\'s "lost", really', prospects: 'Prospects' };
  beforeAll(async () => {
    await db.exec(sql`CREATE OR REPLACE TABLE rfm_base AS
      SELECT * FROM (VALUES (0, TIMESTAMP '2024-02-10 09:00:00', 20, 2, 130.00::DECIMAL(38, 2)), (2, TIMESTAMP '2024-02-29 23:59:59', 1, 1, 9.90))
      t(customer_key, last_ordered_at, recency_days, frequency, money)`);
    await db.exec(sql`CREATE OR REPLACE TABLE rfm_scores AS
      SELECT customer_key, recency_days, frequency, money, r::UTINYINT AS r, f::UTINYINT AS f, m::UTINYINT AS m, 3::UTINYINT AS fm, segment
      FROM rfm_base JOIN (VALUES (0, 1, 5, 5, 'lost'), (2, 5, 1, 1, 'champions')) s(customer_key, r, f, m, segment) USING (customer_key)`);
  });

  test('Everyone who was scored, with segment names as the reader calls them.', async () => {
    expect(await rowsOf(scoredCustomers(english, names, null))).toEqual([
      [
        'Customer',
        'R score',
        'F score',
        'M score',
        'Segment',
        'Days since last order',
        'Last order',
        'Orders',
        'Revenue',
      ],
      ['000007', '1', '5', '5', 'It\'s "lost", really', '20', '2024-02-10 09:00:00', '2', '130.00'],
      ['王小明', '5', '1', '1', 'Champions', '1', '2024-02-29 23:59:59', '1', '9.90'],
    ]);
  });

  test('A selected customer without a score has none in the file.', async () => {
    const late = sql`SELECT customer_key FROM customers WHERE customer_id = '=late'`;
    const rows = await rowsOf(scoredCustomers(english, names, late));
    expect(rows.slice(1)).toEqual([["'=late", null, null, null, 'Prospects', null, null, '0', '0.00']]);
  });

  test('The same rows as a workbook hold the ids as text cells and the scores as numbers.', async () => {
    const file = await exporter.export(scoredCustomers(english, names, null), { kind: 'xlsx', sheetName: 'Scores' });
    const sheet = strFromU8(
      unzipSync(new Uint8Array(await file.arrayBuffer()))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
    );
    expect(sheet).toMatch(/<c r="A2" s="\d+" t="inlineStr"><is><t xml:space="preserve">000007<\/t><\/is><\/c>/);
    expect(sheet).toMatch(/<c r="B2" s="\d+"><v>1<\/v><\/c>/);
    expect(sheet).toMatch(/<c r="I2" s="\d+"><v>130.00<\/v><\/c>/);
  });
});

describe('FileExporter', () => {
  const COLUMNS = [{ name: 'n', heading: 'n', kind: 'integer' as const }];

  test('A table of several pages with rows deleted between them comes out whole and in its order.', async () => {
    await db.exec(sql`CREATE OR REPLACE TABLE numbers AS SELECT range AS n FROM range(10000)`);
    await db.exec(sql`DELETE FROM numbers WHERE n BETWEEN 3500 AND 8200`);
    const progress: ExportProgress[] = [];
    const file = await exporter.export({ table: 'numbers', columns: COLUMNS }, CSV, {
      onProgress: (now) => progress.push(now),
    });
    const expected = Array.from({ length: 10_000 }, (_, n) => n).filter((n) => n < 3500 || n > 8200);
    expect(readCsv(await file.text()).slice(1)).toEqual(expected.map((n) => [String(n)]));
    expect(progress.at(-1)).toEqual({ rows: expected.length, ofRows: expected.length });
    expect(progress.every(({ rows }, i) => rows > (progress[i - 1]?.rows ?? 0))).toBe(true);
  });

  test('A page never has more rows than it may.', async () => {
    const sizes: number[] = [];
    for await (const page of tablePages(db, 'numbers', COLUMNS)) sizes.push(page.rowCount);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(PAGE_ROWS);
  });

  test('The rows keep the order that their statement gave them, and no copy is left behind.', async () => {
    const rows = sql`SELECT range AS n FROM range(9000) ORDER BY n DESC`;
    const file = await exporter.export({ columns: COLUMNS, rows }, CSV);
    const read = readCsv(await file.text())
      .slice(1)
      .map(([n]) => Number(n));
    expect(read).toEqual(Array.from({ length: 9000 }, (_, i) => 8999 - i));
    expect(await tablesLeft()).toBe(0);
  });

  test('Every naughty id comes back, from a column whose name is naughty too.', async () => {
    await db.exec(sql`CREATE OR REPLACE TABLE naughty ("a""b c" VARCHAR, A VARCHAR, "__proto__" VARCHAR)`);
    for (const id of NAUGHTY_IDS) await db.exec(sql`INSERT INTO naughty VALUES (${id}, 'x', NULL)`);
    const names = ['a"b c', 'A', '__proto__'];
    const columns = names.map((name) => ({ name, heading: name, kind: 'id' as const }));
    const read = await rowsOf({ table: 'naughty', columns });
    expect(read[0]).toEqual(names);
    const guarded = new Set(['=1+1', "'=1+1", "''+2", '+8613812345678', '-5', '@SUM(A1)', '\tTAB']);
    expect(read.slice(1)).toEqual(NAUGHTY_IDS.map((id) => [guarded.has(id) ? `'${id}` : id, 'x', null]));
  });

  test('An empty list is no file, and says so.', async () => {
    const source = { columns: COLUMNS, rows: sql`SELECT 1 AS n WHERE false` };
    await expect(exporter.export(source, CSV)).rejects.toMatchObject({ code: 'nothing-to-export' });
    expect(await tablesLeft()).toBe(0);
  });

  test('Cancelling in the middle leaves no copy behind.', async () => {
    const abort = new AbortController();
    const source = { columns: COLUMNS, rows: sql`SELECT range AS n FROM range(50000)` };
    const run = exporter.export(source, CSV, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(await tablesLeft()).toBe(0);
  });

  test('A writer that fails ends the export with its error.', async () => {
    const failing = new FileExporter(db, (_format, _columns, work) =>
      work({ add: () => Promise.reject(new Error('disk full')), finish: () => new Blob() }),
    );
    await expect(failing.export({ table: 'numbers', columns: COLUMNS }, CSV)).rejects.toThrow('disk full');
  });
});
