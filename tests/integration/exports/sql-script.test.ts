import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, test } from 'vitest';
import { ident, sql, type Sql } from '../../../src/core/sql';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { describeTable, wholeTable } from '../../../src/exports/canonical-csv.sql';
import { CSV, createFileWriter } from '../../../src/exports/file-writer';
import { FileExporter } from '../../../src/exports/file-exporter';
import { sqlScript } from '../../../src/exports/sql-script';
import { NAUGHTY_IDS, openSmallShop, type SmallOrder } from '../../support/small-shop';

const db = createNodeDb();
afterAll(() => db.close());
const exporter = new FileExporter(db, (format, columns, work) => work(createFileWriter(format, columns)));
const TABLES = ['customers', 'accounts', 'products', 'orders', 'order_lines', 'purchases', 'left_out'];

/** Every customer orders a few times, on days and with amounts that differ; some rows are of nobody. */
const ORDERS: readonly SmallOrder[] = NAUGHTY_IDS.flatMap((customerId, i) =>
  Array.from({ length: (i % 4) + 1 }, (_, k) => ({
    orderId: `${customerId}/${k}`,
    customerId: i % 7 === 6 && k > 0 ? null : customerId,
    orderedAt: `2024-0${k + 1}-${String((i % 28) + 1).padStart(2, '0')} 23:59:59.${k === 0 ? '123' : '0'}`,
    amount: k === 2 ? `-${i}.10` : `${i * 37 + k}.0${k}`,
    isPurchase: k !== 2,
    productId: customerId,
  })),
);

interface Answer {
  readonly [column: string]: string | null;
}

async function onNative(folder: string, script: string): Promise<Answer[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // The script names its files by themselves, as it is run in their folder.
  const placed = script.replaceAll(/read_csv\('/g, `read_csv('${folder}/`);
  const result = await connection.runAndReadAll(placed);
  const rows = result.getRowObjectsJson() as unknown as Answer[];
  connection.closeSync();
  return rows;
}

/** Every value as the engine itself writes it, so that both engines are compared to the last digit. */
function asText(question: Sql): Sql {
  return sql`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (${question})`;
}

describe('The SQL script', () => {
  test('It rebuilds every canonical table on native DuckDB from our files, value for value, and answers the same.', async () => {
    await openSmallShop(db, ORDERS);
    await db.exec(
      sql`INSERT INTO left_out VALUES (7, 'bad-time', 'when', '', ${'a,"b"\r\n=c'}), (8, 'no-time', NULL, NULL, '''@x')`,
    );
    const folder = await mkdtemp(join(tmpdir(), 'silhouette-'));
    try {
      const tables = [];
      for (const name of TABLES) {
        const columns = await describeTable(db, name);
        expect(columns.length).toBeGreaterThan(1);
        const file = await exporter.export(wholeTable(name, columns), CSV);
        await writeFile(join(folder, `${name}.csv`), Buffer.from(await file.arrayBuffer()));
        tables.push({ name, file: `${name}.csv`, columns });
      }
      const analysis = sql`SELECT customer_id, count(*) FILTER (WHERE is_purchase) AS orders, sum(amount) AS money,
        date_diff('day', CAST(max(ordered_at) FILTER (WHERE is_purchase) AS DATE), CAST(${'2024-06-01'} AS DATE)) AS recency_days,
        max(ordered_at) AS last_ordered_at
        FROM purchases JOIN customers USING (customer_key) WHERE customer_id <> ${"it's not ?"} GROUP BY customer_id ORDER BY customer_id`;
      const questions = [
        ...TABLES.map((name) => [name, sql`SELECT * FROM ${ident(name)}`] as const),
        ['analysis', analysis] as const,
      ];
      for (const [name, question] of questions) {
        const script = sqlScript({
          about: ['Recency, frequency, money', "a\r\n'; SELECT 1; --"],
          tables,
          statements: [asText(question)],
        });
        const native = await onNative(folder, script);
        const names = Object.keys(native[0] ?? {});
        const shape = Object.fromEntries(names.map((column) => [column, 'text?' as const]));
        const ours = await db.query(asText(question), shape);
        expect(native.length, name).toBeGreaterThan(0);
        expect(native, name).toEqual(ours);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
