import { encodeBatch, type BatchColumn, type StringPool } from '../../db/arrow-ipc';
import type { CanonicalTable, TableLayout } from '../../db/schema';
import { LEFT_OUT_REASONS } from '../file-preview';
import type { CodedColumn } from '../columns/coded-column';
import type { Arrangement } from './arrange';
import type { LeftOutRows } from './left-out-log';
import type { CollectedRows } from './row-collector';
import { normalisedPool, poolOfTexts } from './text-pool';

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

/**
 * The rows of `orders` that have an id of their own, batch by batch. They can be made while the file is
 * still being read: an order's key is the place of its id among the ids.
 */
export class OrderBatches {
  readonly #orders: CodedColumn;
  #made = 0;

  constructor(orders: CodedColumn) {
    this.#orders = orders;
  }

  /** The next full batch, or null when there are not enough new ids; `last` takes what there is. */
  next(last: boolean): TableBatch | null {
    const { dictionary } = this.#orders;
    const from = this.#made;
    const to = Math.min(from + BATCH_ROWS, dictionary.count);
    if (to === from || (to - from < BATCH_ROWS && !last)) return null;
    this.#made = to;
    return batchOf('orders', to - from, {
      order_key: countingFrom(from, to),
      order_id: { kind: 'strings', pool: dictionary.pool(from, to) },
    });
  }
}

/** The rows of all tables but those of OrderBatches, batch by batch, made only when asked for. */
export function* tableBatches(source: TableSource): Generator<TableBatch, void> {
  const { collected, arrangement } = source;
  const { orders, products } = collected;
  const customers = collected.customers.dictionary.pool();
  yield* batches('customers', arrangement.customerCodes.length, (from, to) => ({
    customer_key: countingFrom(from, to),
    customer_id: { kind: 'text', codes: arrangement.customerCodes.subarray(from, to), pool: customers },
  }));
  if (products !== null) {
    yield* batches('products', products.dictionary.count, (from, to) => ({
      product_key: countingFrom(from, to),
      product_id: { kind: 'strings', pool: products.dictionary.pool(from, to) },
    }));
  }
  if (orders !== null) {
    const firstKey = orders.dictionary.count;
    const pool = orders.dictionary.pool();
    yield* batches('orders', arrangement.extraOrderCodes.length, (from, to) => ({
      order_key: countingFrom(firstKey + from, firstKey + to),
      order_id: { kind: 'text', codes: arrangement.extraOrderCodes.subarray(from, to), pool },
    }));
  }
  yield* batches('order_lines', arrangement.rows.length, lineColumns(source));
  yield* leftOutBatches(source);
}

type ColumnsOfBatch = (from: number, to: number) => Readonly<Record<string, BatchColumn>>;

function* batches(table: CanonicalTable, rows: number, columns: ColumnsOfBatch): Generator<TableBatch, void> {
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, rows);
    yield batchOf(table, to - from, columns(from, to));
  }
}

function batchOf(table: CanonicalTable, rows: number, columns: Readonly<Record<string, BatchColumn>>): TableBatch {
  return { table, rows, ipc: encodeBatch(columns, rows) };
}

function lineColumns({ collected, arrangement, layout, marks }: TableSource): ColumnsOfBatch {
  const { rows, orderKeys } = arrangement;
  const customerKeys = keysByPlace(arrangement);
  const orderCodes = collected.orders?.codes();
  const times = collected.times.view();
  const amounts = collected.amounts.view();
  const sourceRows = collected.sourceRows.view();
  const quantities = collected.quantities?.view();
  const products = collected.products?.codes();
  const labels = collected.labels.map(({ label, column }) => ({
    label,
    column,
    pool: normalisedPool(column.dictionary.pool()),
  }));
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
      columns[label] = { kind: 'label', codes: gatherIntegers(column.codes(), places), pool };
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
  // Code 0 is the name of no column; a cell too many is of none either.
  const names = poolOfTexts(['', ...columnNames]);
  const columnCodes = leftOut.columns.map((column) => (column < columnNames.length ? column + 1 : 0));
  const texts = (pool: StringPool, from: number, to: number): BatchColumn => ({
    kind: 'strings',
    pool: { bytes: pool.bytes, starts: pool.starts.subarray(from, to + 1) },
  });
  yield* batches('left_out', leftOut.lines.length, (from, to) => ({
    line: { kind: 'integer', values: leftOut.lines.subarray(from, to) },
    reason: { kind: 'label', codes: leftOut.reasons.subarray(from, to), pool: reasons },
    column_name: { kind: 'label', codes: columnCodes.subarray(from, to), pool: names },
    value: texts(leftOut.values, from, to),
    raw: texts(leftOut.raws, from, to),
  }));
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
