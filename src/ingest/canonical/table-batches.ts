import { encodeBatch, type BatchColumn, type StringPool } from '../../db/arrow-ipc';
import type { CanonicalTable, TableLayout } from '../../db/schema';
import { LEFT_OUT_REASONS } from '../file-preview';
import type { IdDictionary } from '../columns/id-dictionary';
import type { Arrangement } from './arrange';
import type { LeftOutRows, TextColumn } from './left-out-log';
import type { CollectedRows } from './row-collector';

/** One Arrow IPC stream of up to BATCH_ROWS rows for one table. */
export interface TableBatch {
  readonly table: CanonicalTable;
  readonly rows: number;
  readonly ipc: Uint8Array;
}

/** Measured: larger batches insert no faster, and two of them have to fit into memory at a time. */
export const BATCH_ROWS = 1 << 18;

export interface TableSource {
  readonly layout: TableLayout;
  readonly collected: CollectedRows;
  readonly arrangement: Arrangement;
  /** One byte an order id, 1 for a cancellation; null where there are none. */
  readonly marks: Uint8Array | null;
  readonly leftOut: LeftOutRows;
  /** The names of the file's columns, for the left-out rows. */
  readonly columnNames: readonly string[];
}

/** All rows of the canonical tables, batch by batch, made only when asked for. */
export function* tableBatches(source: TableSource): Generator<TableBatch, void> {
  const { collected, arrangement } = source;
  const customers = poolOf(collected.customers.dictionary);
  yield* batches('customers', arrangement.customerCodes.length, (from, to) => ({
    customer_key: countingFrom(from, to),
    customer_id: { kind: 'text', codes: arrangement.customerCodes.subarray(from, to), pool: customers },
  }));
  if (collected.products !== null) {
    const products = poolOf(collected.products.dictionary);
    yield* batches('products', collected.products.dictionary.count, (from, to) => ({
      product_key: countingFrom(from, to),
      product_id: { kind: 'text', codes: sequence(from, to), pool: products },
    }));
  }
  if (collected.orders !== null) {
    const orders = poolOf(collected.orders.dictionary);
    yield* batches('orders', arrangement.orders, (from, to) => ({
      order_key: countingFrom(from, to),
      order_id: { kind: 'text', codes: arrangement.orderCodes.subarray(from, to), pool: orders },
    }));
  }
  yield* batches('order_lines', arrangement.rows.length, lineColumns(source));
  yield* leftOutBatches(source);
}

type ColumnsOfBatch = (from: number, to: number) => Readonly<Record<string, BatchColumn>>;

function* batches(table: CanonicalTable, rows: number, columns: ColumnsOfBatch): Generator<TableBatch, void> {
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, rows);
    yield { table, rows: to - from, ipc: encodeBatch(columns(from, to), to - from) };
  }
}

function lineColumns({ collected, arrangement, layout, marks }: TableSource): ColumnsOfBatch {
  const { rows, orderKeys } = arrangement;
  const customerKeys = keysByPlace(arrangement);
  const orderCodes = collected.orders?.codes.view();
  const times = collected.times.view();
  const amounts = collected.amounts.view();
  const sourceRows = collected.sourceRows.view();
  const quantities = collected.quantities?.view();
  const products = collected.products?.codes.view();
  const labels = collected.labels.map(({ label, column }) => ({ label, column, pool: poolOf(column.dictionary) }));
  return (from, to) => {
    const places = rows.subarray(from, to);
    const columns: Record<string, BatchColumn> = {
      order_key: { kind: 'integer', values: orderKeys.subarray(from, to) },
      customer_key: { kind: 'integer', values: customerKeys(from, to), nullable: true },
      ordered_at: { kind: 'time', wallMs: gatherFloats(times, places) },
      amount: { kind: 'decimal', mantissas: gatherFloats(amounts, places), scale: layout.moneyScale },
      cancel_mark: { kind: 'boolean', values: gatherMarks(marks, orderCodes, places) },
      source_row: { kind: 'integer', values: gatherIntegers(sourceRows, places) },
    };
    if (products !== undefined) {
      columns['product_key'] = { kind: 'integer', values: gatherIntegers(products, places), nullable: true };
    }
    if (quantities !== undefined) {
      columns['quantity'] = {
        kind: 'decimal',
        mantissas: gatherFloats(quantities, places),
        scale: layout.quantityScale,
      };
    }
    for (const { label, column, pool } of labels) {
      columns[label] = { kind: 'label', codes: gatherIntegers(column.codes.view(), places), pool };
    }
    return columns;
  };
}

/** The customer keys of a stretch of places, -1 where there is none; read in ascending order. */
function keysByPlace({ customerStarts, customerCodes }: Arrangement): (from: number, to: number) => Int32Array {
  let key = 0;
  return (from, to) => {
    const keys = new Int32Array(to - from);
    for (let place = from; place < to; place++) {
      while (place >= (customerStarts[key + 1] as number)) key++;
      keys[place - from] = key < customerCodes.length ? key : -1;
    }
    return keys;
  };
}

function* leftOutBatches({ leftOut, columnNames }: TableSource): Generator<TableBatch, void> {
  const reasons = poolOfTexts(LEFT_OUT_REASONS);
  // Code 0 is the name of no column.
  const names = poolOfTexts(['', ...columnNames]);
  const columnCodes = leftOut.columns.map((column) => column + 1);
  const texts = (column: TextColumn, from: number, to: number): BatchColumn => ({
    kind: 'text',
    codes: sequence(from, to),
    pool: column,
  });
  yield* batches('left_out', leftOut.lines.length, (from, to) => ({
    line: { kind: 'integer', values: leftOut.lines.subarray(from, to) },
    reason: { kind: 'label', codes: leftOut.reasons.subarray(from, to), pool: reasons },
    column_name: { kind: 'label', codes: columnCodes.subarray(from, to), pool: names },
    value: texts(leftOut.values, from, to),
    raw: texts(leftOut.raws, from, to),
  }));
}

function poolOf(dictionary: IdDictionary): StringPool {
  const starts = dictionary.starts.subarray(0, dictionary.count + 1);
  return { bytes: dictionary.bytes.subarray(0, starts[dictionary.count]), starts };
}

function poolOfTexts(texts: readonly string[]): StringPool {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const starts = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, i) => (starts[i + 1] = (starts[i] ?? 0) + bytes.length));
  const all = new Uint8Array(starts[texts.length] ?? 0);
  encoded.forEach((bytes, i) => all.set(bytes, starts[i]));
  return { bytes: all, starts };
}

function sequence(from: number, to: number): Int32Array {
  const values = new Int32Array(to - from);
  for (let i = 0; i < values.length; i++) values[i] = from + i;
  return values;
}

function countingFrom(from: number, to: number): BatchColumn {
  return { kind: 'integer', values: sequence(from, to) };
}

function gatherFloats(values: Float64Array, rows: Int32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = values[rows[i] as number] as number;
  return gathered;
}

function gatherIntegers(values: Int32Array, rows: Int32Array): Int32Array {
  const gathered = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = values[rows[i] as number] as number;
  return gathered;
}

function gatherMarks(isMarked: Uint8Array | null, codes: Int32Array | undefined, rows: Int32Array): Uint8Array {
  const gathered = new Uint8Array(rows.length);
  if (isMarked === null || codes === undefined) return gathered;
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i] as number] as number;
    gathered[i] = code < 0 ? 0 : (isMarked[code] as number);
  }
  return gathered;
}
