import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ident, sql } from '../../../src/core/sql';
import type { Db } from '../../../src/db/db';
import { createNodeDb } from '../../../src/db/duckdb-node';

let db: Db;

beforeAll(async () => {
  db = createNodeDb();
  await db.open();
});

beforeEach(async () => {
  for (const table of ['goods', 'goods_back', 'many', 'many_back', 'odd "name"', 'odd "name"_back']) {
    await db.exec(sql`DROP TABLE IF EXISTS ${ident(table)}`);
  }
});

afterAll(() => db.close());

/** Rows in the order in which they lie there, every value as text. */
const textOf = (table: 'many' | 'many_back'): Promise<readonly { readonly row: string }[]> =>
  db.query(
    table === 'many' ? sql`SELECT many::VARCHAR AS row FROM many` : sql`SELECT t::VARCHAR AS row FROM many_back t`,
    {
      row: 'text',
    },
  );

describe('tables packed as a database file', () => {
  it('come back with every type, gap and letter as they were', async () => {
    await db.exec(sql`CREATE TABLE goods AS SELECT * FROM (VALUES
      (1::INTEGER, '天猫 "x", y', 123456789012345.67::DECIMAL(18,2), TIMESTAMP '2024-02-29 23:59:59.123456', TRUE, '000000000000000042'),
      (NULL, '', -0.01, NULL, NULL, NULL), (-2147483648, '𠮷', 0.00, TIMESTAMP '1969-12-31 00:00:00', FALSE, '999999999999999999')
    ) t(n, label, money, seen, yes, id)`);
    const file = await db.packTables([{ table: 'goods', firstRow: 0, rows: 3 }]);
    expect(await db.unpackTables(file, '_back')).toEqual(['goods']);
    const compared = await db.query(
      sql`SELECT g::VARCHAR AS was, b::VARCHAR AS came FROM goods g POSITIONAL JOIN goods_back b`,
      { was: 'text', came: 'text' },
    );
    expect(compared).toHaveLength(3);
    for (const { was, came } of compared) expect(came).toBe(was);
    const types = await db.query(
      sql`SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = 'goods_back' ORDER BY column_index`,
      { name: 'text', type: 'text' },
    );
    expect(types.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'n INTEGER',
      'label VARCHAR',
      'money DECIMAL(18,2)',
      'seen TIMESTAMP',
      'yes BOOLEAN',
      'id VARCHAR',
    ]);
  });

  it('come back from several slices whole and in their order, also where rows were deleted', async () => {
    await db.exec(sql`CREATE TABLE many AS SELECT i AS n, 'v' || (i * 7919) % 1000 AS v FROM range(300000) r(i)`);
    await db.exec(sql`DELETE FROM many WHERE n % 1000 = 7`);
    for (const firstRow of [0, 125_000, 250_000]) {
      await db.unpackTables(await db.packTables([{ table: 'many', firstRow, rows: 125_000 }]), '_back');
    }
    const [was, came] = [await textOf('many'), await textOf('many_back')];
    expect(was).toHaveLength(299_700);
    expect(came).toEqual(was);
  });

  it('take less than a fifth of the bytes that they take as text', async () => {
    await db.exec(sql`CREATE TABLE many AS SELECT i AS n, 100000000000000000 + i * 7919 AS id FROM range(500000) r(i)`);
    const text = await db.exportCsv(sql`FROM many`);
    const file = await db.packTables([{ table: 'many', firstRow: 0, rows: 500_000 }]);
    expect(file.length).toBeLessThan(text.size / 5);
  });

  it('may have any name and hold no row', async () => {
    await db.exec(sql`CREATE TABLE "odd ""name""" (a INTEGER, "a b" VARCHAR)`);
    const file = await db.packTables([{ table: 'odd "name"', firstRow: 0, rows: 0 }]);
    expect(await db.unpackTables(file, '_back')).toEqual(['odd "name"']);
    expect(await db.query(sql`SELECT count(*) AS n FROM "odd ""name""_back"`, { n: 'integer' })).toEqual([{ n: 0 }]);
  });

  it('of a table that is not there fail, and the next ones do not', async () => {
    await db.exec(sql`CREATE TABLE goods AS SELECT 1 AS n`);
    const slice = (table: string) => [{ table, firstRow: 0, rows: 1 }];
    await expect(db.packTables(slice('nowhere'))).rejects.toMatchObject({ code: 'query-failed' });
    expect(await db.unpackTables(await db.packTables(slice('goods')), '_back')).toEqual(['goods']);
  });

  it('are refused when the file is none of the engine’s, and nothing is left attached', async () => {
    const file = new Uint8Array(20_000).fill(7);
    await expect(db.unpackTables(file, '_back')).rejects.toMatchObject({ code: 'query-failed' });
    const attached = sql`SELECT count(*) AS n FROM duckdb_databases() WHERE NOT internal`;
    expect(await db.query(attached, { n: 'integer' })).toEqual([{ n: 1 }]);
  });
});
