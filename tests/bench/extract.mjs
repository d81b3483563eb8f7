/**
 * How long the readers of table files take beside a named peer, in Node on one thread:
 *
 *     node tests/bench/extract.mjs [share of the full size, 0..1]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import * as xlsx from '@e965/xlsx';
import { createServer } from 'vite';
import { formatTable } from './report.mjs';

/** Orders as a shop exports them: an id of 18 digits, a customer, a time, cents, a quantity, a channel. */
const ORDERS = `SELECT 100000000000000000 + (i * 7919) % 900000000000 AS order_id,
  'C' || lpad(((i * 31) % 50000)::VARCHAR, 6, '0') AS customer,
  TIMESTAMP '2023-01-01' + to_milliseconds((i * 98765) % 63072000000) AS ordered_at,
  (((i * 37) % 100000) / 100)::DECIMAL(12, 2) AS amount,
  (i % 7 + 1)::INTEGER AS quantity,
  (['天猫', '京东', '门店', '小程序'])[i % 4 + 1] AS channel`;

const writeTable = (options) => (connection, path, rows) =>
  connection.run(`COPY (${ORDERS} FROM range(${rows}) r(i)) TO '${path}' (${options})`);

async function writeWorkbook(connection, path, rows) {
  const table = await connection.runAndReadAll(`${ORDERS} FROM range(${rows}) r(i)`);
  const cells = table.getRowsJS().map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value)));
  const sheet = xlsx.utils.aoa_to_sheet([table.columnNames(), ...cells], { cellDates: true });
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'Orders');
  await writeFile(path, xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

const toCsv = (connection, path) => connection.run(`COPY (FROM read_parquet('${path}')) TO '${path}.csv' (FORMAT csv)`);
const NATIVE = 'native DuckDB to CSV, one thread';

const CASES = [
  {
    name: 'Parquet (snappy) to text',
    file: 'snappy.parquet',
    fullRows: 5_000_000,
    write: writeTable('FORMAT parquet, COMPRESSION snappy'),
    peerName: NATIVE,
    peer: toCsv,
  },
  {
    name: 'Parquet (zstd) to text',
    file: 'zstd.parquet',
    fullRows: 5_000_000,
    write: writeTable('FORMAT parquet, COMPRESSION zstd'),
    peerName: NATIVE,
    peer: toCsv,
  },
  {
    name: 'JSON array to text',
    file: 'orders.json',
    fullRows: 1_000_000,
    write: writeTable('FORMAT json, ARRAY true'),
    peerName: 'JSON.parse alone',
    peer: async (_, path) => JSON.parse(await readFile(path, 'utf8')),
  },
  {
    name: 'xlsx to text',
    file: 'orders.xlsx',
    fullRows: 200_000,
    write: writeWorkbook,
    peerName: '@e965/xlsx read and sheet_to_csv',
    peer: async (_, path) => {
      const read = xlsx.read(await readFile(path), { dense: true });
      xlsx.utils.sheet_to_csv(read.Sheets[read.SheetNames[0]]);
    },
  },
];

/**
 * Every reader beside its peer on files made for it: rows of the report.
 *
 * @param {number} share of the full size, 0..1
 */
export async function measureReaders(share) {
  const folder = await mkdtemp(join(tmpdir(), 'silhouette-extract-'));
  const server = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' });
  try {
    const { extractInProcess } = await server.ssrLoadModule('/src/ingest/extract/extract-in-process.ts');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('SET threads = 1');
    const results = [];
    for (const { name, file, fullRows, write, peerName, peer } of CASES) {
      const rows = Math.round(fullRows * share);
      const path = join(folder, file);
      await write(connection, path, rows);
      const ours = await millisecondsOf(() => extractAll(extractInProcess, path, rows));
      const theirs = await millisecondsOf(() => peer(connection, path));
      const title = `${name}, ${rows.toLocaleString('en-US')} rows`;
      results.push({ name: title, ours, peer: theirs, peerName, ratio: ours / theirs, unit: 'ms' });
    }
    return results;
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}

async function millisecondsOf(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function extractAll(extractor, path, expectedRows) {
  const file = await openAsBlob(path);
  const { tables } = await extractor.inspect(file, path);
  const { rows } = await extractor.extract(file, path, { table: tables[0].id });
  if (rows !== expectedRows + 1) throw new Error(`${path}: ${rows} rows`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(formatTable(await measureReaders(Number(process.argv[2] ?? 1))));
}
