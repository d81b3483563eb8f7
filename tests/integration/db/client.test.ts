import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ident, sql } from '../../../src/core/sql';
import { countRows } from '../../../src/db/client';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';
import { createCanonicalTables } from '../../../src/db/schema';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

afterAll(() => db.close());

describe('query', () => {
  it('returns every kind of value exactly', async () => {
    const rows = await db.query(
      sql`SELECT 9007199254740991::BIGINT AS big, 123.45::DECIMAL(18,2) AS money, sum(x) AS total,
        '00042' AS id, TIMESTAMP '2024-02-29 23:59:59' AS seen, DATE '2024-03-01' AS day, 0.5::DOUBLE AS half,
        true AS yes, NULL::VARCHAR AS gap FROM (VALUES (-0.01::DECIMAL(18,2)), (0.03::DECIMAL(18,2))) t(x)`,
      {
        big: 'integer',
        money: 'decimal',
        total: 'decimal',
        id: 'text',
        seen: 'time',
        day: 'time',
        half: 'double',
        yes: 'boolean',
        gap: 'text?',
      },
    );
    expect(rows).toEqual([
      {
        big: 9007199254740991,
        money: 123.45,
        total: 0.02,
        id: '00042',
        seen: Date.UTC(2024, 1, 29, 23, 59, 59),
        day: Date.UTC(2024, 2, 1),
        half: 0.5,
        yes: true,
        gap: null,
      },
    ]);
  });

  it('refuses an integer that a number cannot hold instead of rounding it', async () => {
    const query = db.query(sql`SELECT 9007199254740993::BIGINT AS n`, { n: 'integer' });
    await expect(query).rejects.toMatchObject({ code: 'result-shape' });
  });

  it('refuses a result of another shape: name, type, number of columns, NULL', async () => {
    const wrong = [
      db.query(sql`SELECT 1 AS a`, { b: 'integer' }),
      db.query(sql`SELECT 1 AS a`, { a: 'text' }),
      db.query(sql`SELECT 1 AS a, 2 AS b`, { a: 'integer' }),
      db.query(sql`SELECT NULL::INTEGER AS a`, { a: 'integer' }),
    ];
    for (const query of wrong) await expect(query).rejects.toMatchObject({ code: 'result-shape' });
  });

  it('checks the shape of a result without rows too', async () => {
    await expect(db.query(sql`SELECT 1 AS a WHERE false`, { a: 'integer' })).resolves.toEqual([]);
    await expect(db.query(sql`SELECT 1 AS a WHERE false`, { a: 'text' })).rejects.toMatchObject({
      code: 'result-shape',
    });
  });

  it('hands a bound value through untouched, whatever it holds', async () => {
    const hostile = ["'; DROP TABLE customers; --", '\u0000', '客户"\\n', '${x}', "getvariable('bound_0')", '𝒳'];
    for (const text of hostile.filter((value) => value !== '\u0000')) {
      const rows = await db.query(sql`SELECT ${text} AS a, ${text.length} AS n, ${0.1} AS d, ${true} AS b`, {
        a: 'text',
        n: 'integer',
        d: 'double',
        b: 'boolean',
      });
      expect(rows).toEqual([{ a: text, n: text.length, d: 0.1, b: true }]);
    }
  });

  it('gives columns as typed arrays with NaN for NULL', async () => {
    const columns = await db.columns(
      sql`SELECT range AS n, CASE WHEN range = 1 THEN NULL ELSE range * 1.5 END::DOUBLE AS x, 'c' || range AS id FROM range(3) ORDER BY range`,
      { n: 'integer', x: 'double?', id: 'text' },
    );
    expect(columns).toEqual({
      n: Float64Array.of(0, 1, 2),
      x: Float64Array.of(0, Number.NaN, 3),
      id: ['c0', 'c1', 'c2'],
    });
  });
});

describe('calls', () => {
  it('run in the order they came', async () => {
    await db.exec(sql`CREATE OR REPLACE TABLE turns (n INTEGER)`);
    await Promise.all([1, 2, 3, 4, 5].map((n) => db.exec(sql`INSERT INTO turns SELECT ${n}`)));
    const rows = await db.query(sql`SELECT n FROM turns ORDER BY rowid`, { n: 'integer' });
    expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4, 5]);
  });

  it('go on after one has failed', async () => {
    await expect(db.exec(sql`SELECT * FROM no_such_table`)).rejects.toMatchObject({ code: 'query-failed' });
    await expect(db.query(sql`SELECT 1 AS a`, { a: 'integer' })).resolves.toEqual([{ a: 1 }]);
  });

  it('do not start when their signal is aborted already', async () => {
    const call = db.exec(sql`CREATE TABLE never (a INTEGER)`, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect(countRows(db, 'never')).rejects.toMatchObject({ code: 'query-failed' });
  });
});

describe('createCanonicalTables', () => {
  it('makes the tables with the optional columns asked for and money at its scale', async () => {
    const layout = {
      moneyScale: 2,
      quantityScale: 0,
      hasOrderId: true,
      hasProduct: true,
      hasQuantity: true,
      labels: ['channel', 'status'] as const,
    };
    for (const statement of createCanonicalTables(layout)) await db.exec(statement);
    const columns = await db.query(
      sql`SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = 'order_lines' ORDER BY column_index`,
      { name: 'text', type: 'text' },
    );
    expect(columns.map((column) => `${column.name} ${column.type}`)).toEqual([
      'order_key INTEGER',
      'account_key INTEGER',
      'ordered_at TIMESTAMP',
      'amount DECIMAL(18,2)',
      'cancel_mark BOOLEAN',
      'source_row INTEGER',
      'product_key INTEGER',
      'quantity DECIMAL(18,0)',
      'channel VARCHAR',
      'status VARCHAR',
    ]);
  });
});

describe('exportCsv', () => {
  it('writes text that a plain reader of CSV reads back, NULL as an empty cell', async () => {
    const statement = sql`SELECT i AS ${ident('列, 1')}, 'a"b,c' || chr(10) || i AS t, NULL::VARCHAR AS gap, ' x ' AS spaced
      FROM range(${2}) r(i) ORDER BY i`;
    const text = await (await db.exportCsv(statement)).text();
    expect(text).toBe('"列, 1",t,gap,spaced\n0,"a""b,c\n0",, x \n1,"a""b,c\n1",, x \n');
  });

  it('keeps nothing of an export before, nor of one that failed', async () => {
    await db.exportCsv(sql`SELECT repeat('long ', 1000) AS a`);
    await expect(db.exportCsv(sql`SELECT a FROM no_such_table`)).rejects.toMatchObject({ code: 'query-failed' });
    const again = await db.exportCsv(sql`SELECT 1 AS a`);
    expect(await again.text()).toBe('a\n1\n');
  });
});
