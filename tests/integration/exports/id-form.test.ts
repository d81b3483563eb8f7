import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CREATE_AUDIENCE_MEMBERS } from '../../../src/audiences/audience-members.sql';
import { sql, type Sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { describeTable, wholeTable } from '../../../src/exports/canonical-csv.sql';
import { customerTotals, ordersOf } from '../../../src/exports/customers-export.sql';
import { exportMessages } from '../../../src/exports/messages';
import { FileExporter } from '../../../src/exports/file-exporter';
import { createFileWriter, CSV } from '../../../src/exports/file-writer';
import { CUSTOMER_PSEUDONYMS, tablesWithoutIds, withoutIds } from '../../../src/exports/id-form.sql';
import type { ExportSource } from '../../../src/exports/table-pages';
import { createFormat } from '../../../src/i18n/format';
import { fillShownValues } from '../../../src/ingest/privacy/shown-values';
import { DEFAULT_POLICY } from '../../../src/ingest/policy';
import { createSaleTables } from '../../../src/ingest/sale-tables/make-sale-tables';
import { readCsv } from '../../support/independent-csv';
import { openSmallShop, SMALL_LAYOUT } from '../../support/small-shop';

const db = createNodeDb();
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
const english = exportMessages.build.en(createFormat('en'));
const everyone = sql`SELECT customer_key FROM customers WHERE customer_id <> '00001'`;
const period = { asOf: '2024-03-01', from: null };

async function textOf(source: ExportSource): Promise<string> {
  return (await exporter.export(source, CSV)).text();
}

/** A table as it leaves, under its own column names. */
async function whole(table: string, rows: Sql): Promise<(string | null)[][]> {
  const { columns } = wholeTable(table, await describeTable(db, table));
  return readCsv(await textOf({ columns, rows }));
}

beforeAll(async () => {
  await openSmallShop(db, [
    { orderId: 'A-1', customerId: '13812345678', orderedAt: '2024-01-05 08:30:00', amount: '100.10' },
    { orderId: 'A-2', customerId: '13812345678', orderedAt: '2024-02-10 09:00:00', amount: '50.05' },
    { orderId: 'A-3', customerId: '王小明', orderedAt: '2024-02-29 23:59:59', amount: '9.90' },
    { orderId: 'A-4', customerId: '00001', orderedAt: '2024-01-01 00:00:00', amount: '5.00' },
    { orderId: 'A-5', customerId: null, orderedAt: '2023-12-31 00:00:00', amount: '1.00' },
  ]);
  await db.exec(CREATE_AUDIENCE_MEMBERS);
  await db.exec(
    sql`INSERT INTO audience_members SELECT 'a1', customer_key FROM customers WHERE customer_id <> '00001' ORDER BY customer_key`,
  );
  // The order of the stand-ins is not that of the ids.
  await fillShownValues(db, CUSTOMER_PSEUDONYMS, sql`SELECT customer_id FROM customers`, async (ids) =>
    ids.map((id) => ({ 王小明: 'P-AAA', '00001': 'P-MMM' })[id] ?? 'P-ZZZ'),
  );
});
afterAll(() => db.close());

describe('A file without ids', () => {
  test('has each customer’s pseudonym in the order of the pseudonyms, and no id.', async () => {
    const text = await textOf(withoutIds(customerTotals(english, period, everyone), 'pseudonym'));
    expect(readCsv(text)).toEqual([
      ['Customer', 'Days since last order', 'Last order', 'Orders', 'Revenue'],
      ['P-AAA', '1', '2024-02-29 23:59:59', '1', '9.90'],
      ['P-ZZZ', '20', '2024-02-10 09:00:00', '2', '150.15'],
    ]);
    expect(text).not.toMatch(/138|王/);
  });

  test('of orders has no order numbers either.', async () => {
    const rows = readCsv(await textOf(withoutIds(ordersOf(english, period, everyone), 'pseudonym')));
    expect(rows).toEqual([
      ['Customer', 'Ordered', 'Amount', 'Counts as a purchase'],
      ['P-AAA', '2024-02-29 23:59:59', '9.90', 'true'],
      ['P-ZZZ', '2024-01-05 08:30:00', '100.10', 'true'],
      ['P-ZZZ', '2024-02-10 09:00:00', '50.05', 'true'],
    ]);
  });

  test('can leave the customers out altogether.', async () => {
    const rows = readCsv(await textOf(withoutIds(customerTotals(english, period, everyone), 'none')));
    expect(rows[0]).toEqual(['Days since last order', 'Last order', 'Orders', 'Revenue']);
    expect(rows.slice(1)).toEqual([
      ['1', '2024-02-29 23:59:59', '1', '9.90'],
      ['20', '2024-02-10 09:00:00', '2', '150.15'],
    ]);
  });

  test('is possible of whole tables too, whose columns stay for the script that reads them.', async () => {
    const { customers, purchases, audience_members } = tablesWithoutIds('pseudonym');
    expect(await whole('customers', customers)).toEqual([
      ['customer_key', 'customer_id'],
      ['0', 'P-AAA'],
      ['1', 'P-MMM'],
      ['2', 'P-ZZZ'],
    ]);
    // The order of nobody comes last; keys of customers and orders say nothing of ids and of the file.
    expect(await whole('purchases', purchases)).toEqual([
      ['order_key', 'customer_key', 'ordered_at', 'amount', 'is_purchase'],
      ['0', '0', '2024-02-29 23:59:59', '9.90', 'true'],
      ['1', '1', '2024-01-01 00:00:00', '5.00', 'true'],
      ['2', '2', '2024-01-05 08:30:00', '100.10', 'true'],
      ['3', '2', '2024-02-10 09:00:00', '50.05', 'true'],
      ['4', null, '2023-12-31 00:00:00', '1.00', 'true'],
    ]);
    expect(await whole('audience_members', audience_members)).toEqual([
      ['audience_id', 'customer_key'],
      ['a1', '0'],
      ['a1', '2'],
    ]);
  });

  test('numbers lines and attributes with the orders and customers they are of, and leaves the year of a birthday.', async () => {
    const source = { policy: DEFAULT_POLICY, layout: SMALL_LAYOUT, revision: 1 };
    const tables = createSaleTables(db, () => source);
    await tables.lines();
    await tables.attributes();
    await db.exec(sql`UPDATE customer_attributes SET birthday = DATE '1990-05-17' WHERE customer_key = 0`);
    const { sale_lines, customer_attributes } = tablesWithoutIds('pseudonym');
    const lines = await whole('sale_lines', sale_lines);
    expect(lines[0]?.slice(0, 4)).toEqual(['order_key', 'customer_key', 'ordered_at', 'amount']);
    expect(lines.slice(1).map((line) => [...line.slice(0, 4), line.at(-1)])).toEqual([
      ['0', '0', '2024-02-29 23:59:59', '9.90', 'app'],
      ['1', '1', '2024-01-01 00:00:00', '5.00', 'app'],
      ['2', '2', '2024-01-05 08:30:00', '100.10', 'app'],
      ['3', '2', '2024-02-10 09:00:00', '50.05', 'app'],
      ['4', null, '2023-12-31 00:00:00', '1.00', 'app'],
    ]);
    const attributes = await whole('customer_attributes', customer_attributes);
    const birthday = attributes[0]?.indexOf('birthday') ?? -1;
    // '00001', whose key is 0, is called P-MMM and comes second.
    expect(attributes.slice(1).map((row) => [row[0], row[birthday]])).toEqual([
      ['0', null],
      ['1', '1990-01-01'],
      ['2', null],
    ]);
  });

  test('numbers the customers by their pseudonyms even where it does not name them.', async () => {
    const { customers, purchases } = tablesWithoutIds('none');
    expect((await whole('customers', customers)).slice(1)).toEqual([
      ['0', null],
      ['1', null],
      ['2', null],
    ]);
    expect((await whole('purchases', purchases))[1]).toEqual(['0', '0', '2024-02-29 23:59:59', '9.90', 'true']);
  });
});
