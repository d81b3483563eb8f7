/**
 * How long the readers of table files take beside a named peer, in Node on one thread:
 *
 *     node tests/bench/extract.mjs [share of the full size, 0..1]
 *
 * Prints a line of JSON a case: { name, rows, ours, peer, ratio }, seconds; a ratio below 1 is faster.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as xlsx from '@e965/xlsx';
import { createServer } from 'vite';

const share = Number(process.argv[2] ?? 1);
const folder = await mkdtemp(join(tmpdir(), 'silhouette-extract-'));
const server = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' });
const { extractInProcess } = await server.ssrLoadModule('/src/ingest/extract/extract-in-process.ts');

async function secondsOf(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function compare(name, rows, ours, peer) {
  const [mine, theirs] = [await secondsOf(ours), await secondsOf(peer)];
  const round = (value) => Number(value.toPrecision(3));
  process.stdout.write(
    `${JSON.stringify({ name, rows, ours: round(mine), peer: round(theirs), ratio: round(mine / theirs) })}\n`,
  );
}

async function extractAll(path, expectedRows) {
  const file = await openAsBlob(path);
  const { tables } = await extractInProcess.inspect(file, path);
  const { rows } = await extractInProcess.extract(file, path, { table: tables[0].id });
  if (rows !== expectedRows + 1) throw new Error(`${path}: ${rows} rows`);
}

/** Orders as a shop exports them: an id of 18 digits, a customer, a time, cents, a quantity, a channel. */
const ORDERS = `SELECT 100000000000000000 + (i * 7919) % 900000000000 AS order_id,
  'C' || lpad(((i * 31) % 50000)::VARCHAR, 6, '0') AS customer,
  TIMESTAMP '2023-01-01' + to_milliseconds((i * 98765) % 63072000000) AS ordered_at,
  (((i * 37) % 100000) / 100)::DECIMAL(12, 2) AS amount,
  (i % 7 + 1)::INTEGER AS quantity,
  (['天猫', '京东', '门店', '小程序'])[i % 4 + 1] AS channel`;

async function parquet(connection, codec) {
  const rows = Math.round(5_000_000 * share);
  const path = join(folder, `orders-${codec}.parquet`);
  await connection.run(`COPY (${ORDERS} FROM range(${rows}) r(i)) TO '${path}' (FORMAT parquet, COMPRESSION ${codec})`);
  await compare(
    `parquet (${codec}), peer native DuckDB to CSV on one thread`,
    rows,
    () => extractAll(path, rows),
    () => connection.run(`COPY (FROM read_parquet('${path}')) TO '${path}.csv' (FORMAT csv)`),
  );
}

async function json(connection) {
  const rows = Math.round(1_000_000 * share);
  const path = join(folder, 'orders.json');
  await connection.run(`COPY (${ORDERS} FROM range(${rows}) r(i)) TO '${path}' (FORMAT json, ARRAY true)`);
  await compare(
    'json array, peer JSON.parse alone',
    rows,
    () => extractAll(path, rows),
    async () => JSON.parse(await readFile(path, 'utf8')),
  );
}

async function workbook(connection) {
  const rows = Math.round(200_000 * share);
  const path = join(folder, 'orders.xlsx');
  const table = await connection.runAndReadAll(`${ORDERS} FROM range(${rows}) r(i)`);
  const cells = table.getRowsJS().map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value)));
  const sheet = xlsx.utils.aoa_to_sheet([table.columnNames(), ...cells], { cellDates: true });
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, 'Orders');
  await writeFile(path, xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
  await compare(
    'xlsx, peer @e965/xlsx read and sheet_to_csv',
    rows,
    () => extractAll(path, rows),
    async () => {
      const read = xlsx.read(await readFile(path), { dense: true });
      xlsx.utils.sheet_to_csv(read.Sheets[read.SheetNames[0]]);
    },
  );
}

try {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
  await parquet(connection, 'snappy');
  await parquet(connection, 'zstd');
  await json(connection);
  await workbook(connection);
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}
