import { AppError } from '../core/errors';
import { marksCancel } from './canonical/cancel-marks';
import { LineBatches } from './canonical/line-batches';
import { RowCollector } from './canonical/row-collector';
import { customerBatches, leftOutBatches, productBatches } from './canonical/table-batches';
import { RowCutter } from './excerpt/row-cutter';
import type { FileMapping, ImportReport } from './file-preview';
import type { ReadingOptions } from './import-contract';
import type { ReadStep, TableBatch } from './read-step';
import { openTextStream } from './readers/decode-stream';
import { DelimitedScanner } from './readers/delimited';
import { HeaderReader } from './readers/header-reader';

const PROGRESS_INTERVAL_MS = 100;

/**
 * Reads a whole file by the mapping, as far as the steps are asked for: lines and orders are given
 * while it is being read, in the order of the file, the other tables at its end. Works in a worker and
 * in Node; the chunk at hand, the ids, the rows left out and a batch or two are in memory. Throws the
 * errors of openTextStream, `line-too-long`, `mapping-incomplete`, and `no-usable-rows` with the number
 * read, unless all that are usable are left out by the cut.
 */
export async function* readTable(
  file: Blob,
  name: string,
  mapping: FileMapping,
  { signal, onProgress, cut = null }: ReadingOptions = {},
): AsyncGenerator<ReadStep, void> {
  const cutter = cut === null ? null : new RowCutter(cut);
  const collector = new RowCollector(mapping, cutter);
  const { lines, leftOut } = collector;
  const lineBatches = new LineBatches(lines);
  const header = new HeaderReader(mapping.dialect, mapping.columns.length);
  let steps: ReadStep[] = [];
  const scanner = new DelimitedScanner(mapping.dialect.delimiter, (record) => {
    if (header.takes(record)) return;
    collector.take(record);
    if (lines.isFull) steps.push(...lineBatches.flush(false));
  });
  const stream = await openTextStream(file, mapping.dialect.encoding, { signal, name });
  let reportedMs = performance.now();
  for await (const chunk of stream) {
    scanner.push(chunk);
    yield* steps;
    steps = [];
    if (performance.now() - reportedMs < PROGRESS_INTERVAL_MS) continue;
    reportedMs = performance.now();
    onProgress?.({ phase: 'reading', share: Math.min(1, stream.bytesRead() / file.size), rows: collector.rowsRead });
  }
  scanner.end();
  if (collector.rowsUsed === 0) {
    if (!leftOut.isByChoice) throw new AppError('no-usable-rows', { name, rows: collector.rowsRead });
    yield { kind: 'layout', layout: lines.layout };
  }
  yield* [...steps, ...lineBatches.flush(true)];

  onProgress?.({ phase: 'arranging', share: 0, rows: collector.rowsRead });
  const hasMarks = lines.marked > 0 && lines.orders !== null && marksCancel(lines.orders.dictionary.pool());
  if (lines.marked > 0 && !hasMarks) yield { kind: 'unmark' };
  const accounts = lines.accounts.dictionary;
  const products = lines.products?.dictionary;
  const left = leftOut.rows();
  const report: ImportReport = {
    rowsRead: collector.rowsRead,
    rowsUsed: collector.rowsUsed,
    blankLines: scanner.blankLines,
    titleLines: header.titleLines,
    leftOut: leftOut.counts(),
    leftOutNotKept: leftOut.notKept,
    rowsWithoutCustomer: collector.rowsWithoutCustomer,
    amountsRounded: lines.amounts.roundings,
    customers: accounts.count,
    orders: lineBatches.orders.count,
    ordersSplitByCustomer: lineBatches.orders.splitIds,
    cancelMarks: hasMarks ? lines.marked : 0,
    firstOrderedAt: collector.firstMs,
    lastOrderedAt: collector.lastMs,
  };
  const restRows = 2 * accounts.count + (products?.count ?? 0) + left.lines.length;
  const fates = cut?.notesOrders === true ? (cutter?.orderFates() ?? null) : null;
  yield { kind: 'result', result: { layout: lines.layout, report, fates }, restRows };
  yield* batchSteps(customerBatches(accounts));
  if (products !== undefined) yield* batchSteps(productBatches(products));
  yield* batchSteps(leftOutBatches(left, header.names));
}

function* batchSteps(batches: Iterable<TableBatch>): Generator<ReadStep> {
  for (const batch of batches) yield { kind: 'batch', batch };
}
