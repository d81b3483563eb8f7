import { AppError } from '../../core/errors';
import { BATCH_ROWS } from '../canonical/table-batches';
import { RowCutter } from '../excerpt/row-cutter';
import type { ReadingOptions } from '../import-contract';
import { openTextStream } from '../readers/decode-stream';
import { DelimitedScanner } from '../readers/delimited';
import { HeaderReader } from '../readers/header-reader';
import { KindBatches, leftOutSteps } from './kind-batches';
import { KindCollector } from './kind-collector';
import type { KindMapping } from './kind-mapping';
import type { FilePlace, KindStep } from './kind-step';

const PROGRESS_INTERVAL_MS = 100;

/**
 * Reads a whole file that holds no orders by its mapping, as far as the steps are asked for: rows are
 * given while it is being read, in the order of the file. Works in a worker and in Node; the chunk at
 * hand, the dictionaries of the texts, the rows left out and a batch or two are in memory. Throws the
 * errors of openTextStream, `line-too-long`, `mapping-incomplete`, and `no-usable-rows` with the number
 * read, unless all that are usable are left out by the cut.
 */
export async function* readKindTable(
  file: Blob,
  name: string,
  mapping: KindMapping,
  place: FilePlace,
  { signal, onProgress, cut = null }: ReadingOptions = {},
): AsyncGenerator<KindStep, void> {
  const cutter = cut === null ? null : new RowCutter(cut);
  const collector = new KindCollector(mapping, BATCH_ROWS, cutter);
  const batches = new KindBatches(collector, mapping, place);
  const header = new HeaderReader(mapping.dialect, mapping.columns.length);
  collector.setNames(header.names);
  let steps: KindStep[] = [];
  const scanner = new DelimitedScanner(mapping.dialect.delimiter, (record) => {
    if (header.takes(record)) {
      collector.setNames(header.names);
      return;
    }
    collector.take(record);
    if (collector.isFull) steps.push(...batches.flush());
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
    if (!collector.leftOut.isByChoice) throw new AppError('no-usable-rows', { name, rows: collector.rowsRead });
    yield batches.layoutStep();
  }
  yield* [...steps, ...batches.flush()];
  yield {
    kind: 'result',
    fates: cut?.notesOrders === true ? (cutter?.orderFates() ?? null) : null,
    report: {
      kind: mapping.kind,
      rowsRead: collector.rowsRead,
      rowsUsed: collector.rowsUsed,
      tableRows: collector.tableRows,
      blankLines: scanner.blankLines,
      titleLines: header.titleLines,
      leftOut: collector.leftOut.counts(),
      leftOutNotKept: collector.leftOut.notKept,
      rowsWithoutPerson: collector.rowsWithoutPerson,
      personRoles: collector.personRoles,
      accounts: batches.accounts.count,
      unread: collector.unread.map(({ place: column, cells }) => ({ column: header.names[column] ?? '', cells })),
      firstMs: collector.firstMs,
      lastMs: collector.lastMs,
    },
  };
  yield* leftOutSteps(collector.leftOut.rows(), header.names, place.sourceFile);
}
