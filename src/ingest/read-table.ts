import { AppError } from '../core/errors';
import type { TableLayout } from '../db/schema';
import { arrange, type Arrangement } from './canonical/arrange';
import { findCancelMarks } from './canonical/cancel-marks';
import { RowCollector, type CollectedRows } from './canonical/row-collector';
import { OrderBatches, tableBatches, type TableBatch } from './canonical/table-batches';
import type { FileMapping, ImportReport } from './file-preview';
import type { ImportOptions, ImportResult } from './import-contract';
import { openTextStream } from './readers/decode-stream';
import { DelimitedScanner } from './readers/delimited';
import { cellValue, type RecordView } from './readers/record';

/**
 * What reading a file gives, step by step: batches of `orders` while it is being read, the result
 * when the end has been reached, and then the batches of every table.
 */
export type ReadStep =
  { readonly kind: 'batch'; readonly batch: TableBatch } | { readonly kind: 'result'; readonly result: ImportResult };

const PROGRESS_INTERVAL_MS = 100;
/** Rows are expected to be as long as in the first piece of the file, give or take. */
const ROOM = 1.05;

/**
 * Reads a whole file by the mapping and arranges its rows for the canonical tables, as far as the
 * steps are asked for. Works in a worker and in Node; only the chunk at hand, the typed columns and
 * one batch are in memory. Throws the errors of openTextStream, `line-too-long`,
 * `mapping-incomplete`, and `no-usable-rows` with the number read.
 */
export async function* readTable(
  file: Blob,
  name: string,
  mapping: FileMapping,
  { signal, onProgress }: ImportOptions = {},
): AsyncGenerator<ReadStep, void> {
  const collector = new RowCollector(mapping);
  const header = new HeaderReader(mapping);
  const scanner = new DelimitedScanner(mapping.dialect.delimiter, (record) => {
    if (!header.takes(record)) collector.take(record);
  });
  const orders = new OrderBatches(collector.orders);
  const stream = await openTextStream(file, mapping.dialect.encoding, { signal, name });
  let reportedMs = performance.now();
  let isFirst = true;
  for await (const chunk of stream) {
    scanner.push(chunk);
    if (isFirst) collector.reserve(Math.ceil((ROOM * collector.rowsUsed * file.size) / stream.bytesRead()));
    isFirst = false;
    for (let batch = orders.next(false); batch !== null; batch = orders.next(false)) yield { kind: 'batch', batch };
    if (performance.now() - reportedMs < PROGRESS_INTERVAL_MS) continue;
    reportedMs = performance.now();
    onProgress?.({ phase: 'reading', share: Math.min(1, stream.bytesRead() / file.size), rows: collector.rowsRead });
  }
  scanner.end();
  if (collector.rowsUsed === 0) throw new AppError('no-usable-rows', { name, rows: collector.rowsRead });
  for (let batch = orders.next(true); batch !== null; batch = orders.next(true)) yield { kind: 'batch', batch };

  onProgress?.({ phase: 'arranging', share: 0, rows: collector.rowsRead });
  const collected = collector.finish();
  const arrangement = arrange(collected);
  const marks = collected.orders === null ? null : findCancelMarks(collected.orders.dictionary.pool());
  onProgress?.({ phase: 'arranging', share: 1, rows: collector.rowsRead });

  const layout = layoutOf(collected);
  const report = reportOf(collector, collected, arrangement, marks, {
    blankLines: scanner.blankLines,
    titleLines: header.titleLines,
  });
  yield { kind: 'result', result: { layout, report } };
  const leftOut = collector.leftOut.rows();
  const source = { layout, collected, arrangement, marks, leftOut, columnNames: header.names };
  for (const batch of tableBatches(source)) yield { kind: 'batch', batch };
}

/** Keeps the lines above the header apart, and the first record below them where the file has a header. */
class HeaderReader {
  names: readonly string[];
  /** Lines above the header that were no rows. */
  titleLines = 0;
  readonly #hasHeader: boolean;
  readonly #skipLines: number;
  #isPast = false;

  constructor(mapping: FileMapping) {
    this.#hasHeader = mapping.dialect.hasHeader;
    this.#skipLines = mapping.dialect.skipLines ?? 0;
    this.names = mapping.columns.map((_, index) => `#${index + 1}`);
  }

  takes(record: RecordView): boolean {
    if (this.#isPast) return false;
    if (record.line <= this.#skipLines) {
      this.titleLines++;
      return true;
    }
    this.#isPast = true;
    if (!this.#hasHeader) return false;
    this.names = this.names.map((place, index) => (index < record.count && cellValue(record, index)) || place);
    return true;
  }
}

function layoutOf(collected: CollectedRows): TableLayout {
  return {
    moneyScale: collected.amounts.scale,
    quantityScale: collected.quantities?.scale ?? 0,
    hasOrderId: collected.orders !== null,
    hasProduct: collected.products !== null,
    hasQuantity: collected.quantities !== null,
    labels: collected.labels.map(({ label }) => label),
  };
}

function reportOf(
  collector: RowCollector,
  collected: CollectedRows,
  arrangement: Arrangement,
  marks: Uint8Array | null,
  { blankLines, titleLines }: Pick<ImportReport, 'blankLines' | 'titleLines'>,
): ImportReport {
  return {
    rowsRead: collector.rowsRead,
    rowsUsed: collector.rowsUsed,
    blankLines,
    titleLines,
    leftOut: collector.leftOut.counts(),
    leftOutNotKept: collector.leftOut.notKept,
    rowsWithoutCustomer: collector.rowsWithoutCustomer,
    amountsRounded: collected.amounts.roundings,
    customers: arrangement.customerCodes.length,
    orders: arrangement.orders,
    ordersSplitByCustomer: arrangement.ordersSplitByCustomer,
    cancelMarks: marks === null ? 0 : countMarked(marks, collected.orders?.codes() ?? new Int32Array(0)),
    firstOrderedAt: collected.firstMs,
    lastOrderedAt: collected.lastMs,
  };
}

function countMarked(marks: Uint8Array, orderCodes: Int32Array): number {
  let rows = 0;
  for (const code of orderCodes) if (code >= 0) rows += marks[code] as number;
  return rows;
}
