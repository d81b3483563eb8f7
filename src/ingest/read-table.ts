import { AppError } from '../core/errors';
import type { TableLayout } from '../db/schema';
import { arrange, type Arrangement } from './canonical/arrange';
import { findCancelMarks } from './canonical/cancel-marks';
import { RowCollector, type CollectedRows } from './canonical/row-collector';
import { tableBatches, type TableBatch } from './canonical/table-batches';
import type { FileMapping, ImportReport } from './file-preview';
import type { ImportProgress } from './import-contract';
import { DelimitedScanner, cellText, type RecordView } from './readers/delimited';
import { openTextStream } from './readers/decode-stream';

/** A file that has been read and arranged; its tables are made batch by batch, when asked for. */
export interface TableReading {
  readonly layout: TableLayout;
  readonly report: ImportReport;
  readonly batches: Iterator<TableBatch, void>;
}

export interface ReadTableOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

const PROGRESS_INTERVAL_MS = 100;

/**
 * Reads a whole file by the mapping and arranges its rows for the canonical tables. Works in a worker
 * and in Node; only the chunk at hand and the typed columns are in memory. Throws the errors of
 * openTextStream, `line-too-long`, `mapping-incomplete`, and `no-usable-rows` with the number read.
 */
export async function readTable(
  file: Blob,
  name: string,
  mapping: FileMapping,
  options: ReadTableOptions = {},
): Promise<TableReading> {
  const collector = new RowCollector(mapping);
  const header = new HeaderReader(mapping);
  const scanner = new DelimitedScanner(mapping.dialect.delimiter, (record) => {
    if (!header.takes(record)) collector.take(record);
  });
  const stream = await openTextStream(file, mapping.dialect.encoding, { signal: options.signal, name });
  let reportedMs = performance.now();
  for await (const chunk of stream) {
    scanner.push(chunk);
    if (performance.now() - reportedMs < PROGRESS_INTERVAL_MS) continue;
    reportedMs = performance.now();
    options.onProgress?.({
      phase: 'reading',
      share: Math.min(1, stream.bytesRead() / file.size),
      rows: collector.rowsRead,
    });
  }
  scanner.end();
  if (collector.rowsUsed === 0) throw new AppError('no-usable-rows', { name, rows: collector.rowsRead });
  options.onProgress?.({ phase: 'arranging', share: 0, rows: collector.rowsRead });
  const collected = collector.finish();
  const arrangement = arrange(collected);
  options.onProgress?.({ phase: 'arranging', share: 1, rows: collector.rowsRead });
  const layout = layoutOf(collected);
  const marks = collected.orders === null ? null : findCancelMarks(collected.orders.dictionary);
  const source = {
    layout,
    collected,
    arrangement,
    marks,
    leftOut: collector.leftOut.rows(),
    columnNames: header.names,
  };
  return {
    layout,
    report: reportOf(collector, collected, arrangement, marks, scanner.blankLines),
    batches: tableBatches(source),
  };
}

/** Keeps the first record apart where the file has a header. */
class HeaderReader {
  names: readonly string[];
  #expected: boolean;

  constructor(mapping: FileMapping) {
    this.#expected = mapping.dialect.hasHeader;
    this.names = mapping.columns.map((_, index) => `#${index + 1}`);
  }

  takes(record: RecordView): boolean {
    if (!this.#expected) return false;
    this.#expected = false;
    this.names = this.names.map(
      (position, index) => (index < record.count && cellText(record, index).trim()) || position,
    );
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
  blankLines: number,
): ImportReport {
  return {
    rowsRead: collector.rowsRead,
    rowsUsed: collector.rowsUsed,
    blankLines,
    leftOut: collector.leftOut.counts(),
    leftOutNotKept: collector.leftOut.notKept,
    rowsWithoutCustomer: collector.rowsWithoutCustomer,
    amountsRounded: collected.amounts.roundings,
    customers: arrangement.customerCodes.length,
    orders: arrangement.orders,
    ordersSplitByCustomer: arrangement.ordersSplitByCustomer,
    cancelMarks: marks === null ? 0 : countMarked(marks, collected.orders?.codes.view() ?? new Int32Array(0)),
    firstOrderedAt: collected.firstMs,
    lastOrderedAt: collected.lastMs,
  };
}

function countMarked(marks: Uint8Array, orderCodes: Int32Array): number {
  let rows = 0;
  for (const code of orderCodes) if (code >= 0) rows += marks[code] as number;
  return rows;
}
