import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, type ExtractOptions } from '../../../../src/ingest/extract/extract-contract';
import { parquetReader } from '../../../../src/ingest/extract/parquet';
import { extractedRows } from '../../../support/extracted-rows';

let folder = '';
let run: (sql: string) => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'silhouette-parquet-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  run = (sql) => connection.run(sql);
});

afterAll(() => rm(folder, { recursive: true }));

/** What native DuckDB writes for a query. */
async function written(select: string, options = ''): Promise<Blob> {
  const path = join(folder, 'file.parquet');
  await run(`COPY (${select}) TO '${path}' (FORMAT parquet${options})`);
  return new Blob([await readFile(path)]);
}

async function rowsOf(file: Blob, options: ExtractOptions = {}) {
  return extractedRows(await parquetReader.extract(file, 'x.parquet', { table: '' }, options));
}

describe('types, as native DuckDB writes them', () => {
  test.each([
    ['123456789012345678::BIGINT', '123456789012345678'],
    ['18446744073709551615::UBIGINT', '18446744073709551615'],
    ['4294967295::UINTEGER', '4294967295'],
    ['255::UTINYINT', '255'],
    ['(-128)::TINYINT', '-128'],
    ['1.50::DECIMAL(4, 2)', '1.5'],
    ['-123456789012.34::DECIMAL(14, 2)', '-123456789012.34'],
    ['12345678901234567890123456.0123456789::DECIMAL(38, 10)', '12345678901234567890123456.0123456789'],
    ['0.1::FLOAT', '0.1'],
    ['1e21::DOUBLE', '1000000000000000000000'],
    ["'nan'::DOUBLE", null],
    ['true', 'true'],
    ["DATE '2024-02-29'", '2024-02-29'],
    ["DATE '1582-10-04'", '1582-10-04'],
    ["TIME '09:08:07.25'", '09:08:07.250'],
    ["TIMESTAMP '2024-02-29 23:59:59.999999'", '2024-02-29 23:59:59.999999'],
    ["TIMESTAMP_S '2024-02-29 23:59:59'", '2024-02-29 23:59:59'],
    ["TIMESTAMP_NS '2024-02-29 23:59:59.123456789'", '2024-02-29 23:59:59.123456789'],
    ["TIMESTAMPTZ '2024-02-29 23:59:59+00'", '2024-02-29 23:59:59Z'],
    ["'张三, \"O''Neil\"'", '张三, "O\'Neil"'],
    ["'上海'::ENUM('北京', '上海')", '上海'],
    ["'7d444840-9dc0-11d1-b245-5ffdce74fad2'::UUID", '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ["'text in bytes'::BLOB", 'text in bytes'],
    ['[1, NULL, 3]', '[1,null,3]'],
    ["[{'a': 1.50::DECIMAL(4, 2), 'd': DATE '2024-01-01'}, NULL]", '[{"a":1.5,"d":"2024-01-01"},null]'],
    ["MAP {'k\"': 1, 'l': NULL}", '{"k\\"":1,"l":null}'],
    ["[['x'], []]", '[["x"],[]]'],
  ])('%s is %s', async (expression, expected) => {
    const file = await written(`SELECT i AS row, CASE WHEN i < 2 THEN ${expression} END AS value FROM range(3) r(i)`);
    expect(await rowsOf(file)).toEqual([
      ['row', 'value'],
      ['0', expected],
      ['1', expected],
      ['2', null],
    ]);
  });

  test('fields within fields are columns, a gap around them is a gap in each', async () => {
    const file = await written(`SELECT CASE i WHEN 0 THEN {'id': 7, 'home': {'city': '上海', 'tags': ['a']}}
      WHEN 1 THEN {'id': NULL, 'home': {'city': '北京', 'tags': NULL}} WHEN 2 THEN {'id': 9, 'home': NULL} END AS m FROM range(4) r(i)`);
    const extraction = await parquetReader.extract(file, 'x', { table: '' });
    expect(await extractedRows(extraction)).toEqual([
      ['m.id', 'm.home.city', 'm.home.tags'],
      ['7', '上海', '["a"]'],
      [null, '北京', null],
      ['9', null, null],
      [null, null, null],
    ]);
    expect(extraction.notes).toEqual([{ kind: 'nested-as-text', count: 1, names: ['m.home.tags'] }]);
  });

  test('bytes that are no text and intervals are left out by name', async () => {
    const file = await written("SELECT 1 AS a, '\\xFF\\x00'::BLOB AS picture, INTERVAL 3 DAY AS span");
    const extraction = await parquetReader.extract(file, 'x', { table: '' });
    expect(await extractedRows(extraction)).toEqual([['a'], ['1']]);
    expect(extraction.notes).toEqual([{ kind: 'columns-left-out', count: 2, names: ['picture', 'span'] }]);
    const nothing = await written("SELECT '\\xFF'::BLOB AS picture");
    await expect(rowsOf(nothing)).rejects.toMatchObject({ code: 'no-columns' });
  });
});

describe('files', () => {
  const ORDERS = `SELECT 100000000000000000 + i * 7919 AS order_id, ((i * 37) % 9973) / 100::DECIMAL(9, 2) AS paid,
    CASE WHEN i % 7 > 0 THEN ['天猫', '京东', '门店'][i % 3 + 1] END AS channel, 'note ' || i AS note FROM range(30000) r(i)`;

  test.each(['snappy', 'zstd', 'gzip', 'lz4_raw', 'uncompressed'])(
    'packed with %s over several row groups keep every row',
    async (codec) => {
      const file = await written(ORDERS, `, COMPRESSION ${codec}, ROW_GROUP_SIZE 8192, PARQUET_VERSION V2`);
      const [header, ...rows] = await rowsOf(file);
      expect(header).toEqual(['order_id', 'paid', 'channel', 'note']);
      expect(rows).toHaveLength(30_000);
      const sum = rows.reduce((total, row) => total + Math.round(Number(row[1]) * 100), 0);
      let expected = 0;
      for (let i = 0; i < 30_000; i++) expected += (i * 37) % 9973;
      expect(sum).toBe(expected);
      expect(rows[29_999]).toEqual(['100000000237562081', String(((29_999 * 37) % 9973) / 100), '门店', 'note 29999']);
      expect(rows.filter((row) => row[2] === null)).toHaveLength(4286);
    },
  );

  test('packed with brotli are unpacked', async () => {
    const file = await written("SELECT 'order ' || i AS a FROM range(50) r(i)", ', COMPRESSION brotli');
    expect((await rowsOf(file))[50]).toEqual(['order 49']);
  });

  test('of another writer come back value by value', async () => {
    const count = 1000;
    const ids = Array.from({ length: count }, (_, i) => 900_719_925_474_099_100n + BigInt(i));
    const names = Array.from({ length: count }, (_, i) => (i % 5 === 0 ? null : `顾客 "${i}",`));
    const cents = Array.from({ length: count }, (_, i) => (i * 7) / 100);
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ids, type: 'INT64' },
        { name: 'name', data: names, type: 'STRING' },
        { name: 'paid', data: cents, type: 'DOUBLE' },
      ],
      rowGroupSize: 300,
    });
    const expected = ids.map((id, i) => [String(id), names[i] ?? null, String(cents[i])]);
    expect(await rowsOf(new Blob([bytes]))).toEqual([['id', 'name', 'paid'], ...expected]);
  });

  test('without rows give the header', async () => {
    expect(await rowsOf(await written('SELECT 1 AS a, 2 AS b WHERE false'))).toEqual([['a', 'b']]);
  });

  test('of ten thousand columns are read, of more than the limit refused', async () => {
    const columnData = Array.from({ length: 10_000 }, (_, i) => ({ name: `c${i}`, data: [i], type: 'INT32' as const }));
    const file = new Blob([parquetWriteBuffer({ columnData })]);
    expect((await rowsOf(file))[1]?.[9_999]).toBe('9999');
    await expect(rowsOf(file, { limits: { ...DEFAULT_LIMITS, columns: 9_999 } })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'columns' },
    });
  });

  test('past the limit of rows are refused before they are read', async () => {
    const file = await written(ORDERS);
    await expect(rowsOf(file, { limits: { ...DEFAULT_LIMITS, rows: 29_999 } })).rejects.toMatchObject({
      code: 'over-limit',
      data: { what: 'rows', limit: 29_999 },
    });
  });

  test('tell how far they are and stop when asked', async () => {
    const file = await written(ORDERS, ', ROW_GROUP_SIZE 8192');
    const shares: number[] = [];
    await rowsOf(file, { onProgress: ({ share }) => void shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const stop = new AbortController();
    await expect(rowsOf(file, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
