import { encodeBatch, type BatchColumn, type StringPool } from '../../db/arrow-ipc';
import type { CanonicalTable } from '../../db/schema';
import { sortedByBytes } from '../columns/byte-order';
import type { IdDictionary } from '../columns/id-dictionary';
import { LEFT_OUT_REASONS } from '../file-preview';
import type { TableBatch } from '../read-step';
import type { LeftOutRows } from './left-out-log';
import { poolOfTexts } from './text-pool';

/** Two full row groups of the engine's. Measured: larger batches insert no faster, and several are in memory at a time. */
export const BATCH_ROWS = 2 * 122_880;

type ColumnsOfBatch = (from: number, to: number) => Readonly<Record<string, BatchColumn>>;

function* batches(table: CanonicalTable, from: number, to: number, columns: ColumnsOfBatch): Generator<TableBatch> {
  for (let start = from; start < to; start += BATCH_ROWS) {
    const end = Math.min(start + BATCH_ROWS, to);
    yield { table, rows: end - start, ipc: encodeBatch(columns(start, end), end - start) };
  }
}

/**
 * The rows of `orders` with the keys from..to-1.
 *
 * @param codes the code of each order's id by its key, NO_CODE where it has none
 */
export function orderBatches(codes: Int32Array, ids: IdDictionary, from: number, to: number): Generator<TableBatch> {
  return batches('orders', from, to, (start, end) => ({
    order_key: countingFrom(start, end),
    order_id: textsOf(codes.subarray(start, end), ids),
  }));
}

/** The texts of the codes; where these follow each other they lie in the pool as they are wanted. */
function textsOf(codes: Int32Array, ids: IdDictionary): BatchColumn {
  const first = codes[0] as number;
  if (!codes.every((code, i) => code >= 0 && code === first + i)) return { kind: 'text', codes, pool: ids.pool() };
  return { kind: 'strings', pool: ids.pool(first, first + codes.length) };
}

/**
 * The rows of `customers` and `accounts`, today one account each: customers are numbered in the byte
 * order of their ids, accounts in the order in which the file names them.
 */
export function* customerBatches(accounts: IdDictionary): Generator<TableBatch> {
  const pool = accounts.pool();
  const accountKeys = sortedByBytes(pool);
  yield* batches('customers', 0, accounts.count, (from, to) => ({
    customer_key: countingFrom(from, to),
    customer_id: { kind: 'text', codes: accountKeys.subarray(from, to), pool },
  }));
  const customerKeys = new Int32Array(accounts.count);
  accountKeys.forEach((accountKey, customerKey) => (customerKeys[accountKey] = customerKey));
  yield* batches('accounts', 0, accounts.count, (from, to) => ({
    account_key: countingFrom(from, to),
    customer_key: { kind: 'integer', values: customerKeys.subarray(from, to) },
  }));
}

export function productBatches(products: IdDictionary): Generator<TableBatch> {
  return batches('products', 0, products.count, (from, to) => ({
    product_key: countingFrom(from, to),
    product_id: { kind: 'strings', pool: products.pool(from, to) },
  }));
}

/** `columnNames` are those of the file's columns. */
export function* leftOutBatches(leftOut: LeftOutRows, columnNames: readonly string[]): Generator<TableBatch> {
  const reasons = poolOfTexts(LEFT_OUT_REASONS);
  // Code 0 is the name of no column; a cell too many is of none either.
  const names = poolOfTexts(['', ...columnNames]);
  const columnCodes = leftOut.columns.map((column) => (column < columnNames.length ? column + 1 : 0));
  const texts = (pool: StringPool, from: number, to: number): BatchColumn => ({
    kind: 'strings',
    pool: { bytes: pool.bytes, starts: pool.starts.subarray(from, to + 1) },
  });
  yield* batches('left_out', 0, leftOut.lines.length, (from, to) => ({
    line: { kind: 'integer', values: leftOut.lines.subarray(from, to) },
    reason: { kind: 'label', codes: leftOut.reasons.subarray(from, to), pool: reasons },
    column_name: { kind: 'label', codes: columnCodes.subarray(from, to), pool: names },
    value: texts(leftOut.values, from, to),
    raw: texts(leftOut.raws, from, to),
  }));
}

function countingFrom(from: number, to: number): BatchColumn {
  const values = new Int32Array(to - from);
  for (let i = 0; i < values.length; i++) values[i] = from + i;
  return { kind: 'integer', values };
}
