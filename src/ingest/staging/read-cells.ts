import { AppError } from '../../core/errors';
import { encodeBatch } from '../../db/arrow-ipc';
import { nameColumns } from '../dialect';
import { openTextStream } from '../readers/decode-stream';
import { DelimitedScanner } from '../readers/delimited';
import { cellValue, type RecordView } from '../readers/record';
import { CellBatch } from './cell-batch';
import {
  STAGED_CAP_BYTES,
  type StagingCounts,
  type StagingOptions,
  type StagingSource,
  type StagingStep,
} from './staging-contract';

const PROGRESS_INTERVAL_MS = 100;
/** Rows of another width are sent in stretches of this many. */
const RAGGED_ROWS = 1 << 16;
/** From this share of the file on, what it will come to is told by what it has come to. */
const TELLING_SHARE = 0.02;

/**
 * Reads the cells of a delimited file as far as the steps are asked for: the columns first, the counts
 * last. Works in a worker and in Node; only the chunk at hand and one batch are in memory. Throws the
 * errors of openTextStream, `line-too-long` and `file-too-large`.
 */
export async function* readCells(
  { file, name, dialect, columnCount }: StagingSource,
  { signal, onProgress, capBytes = STAGED_CAP_BYTES }: StagingOptions = {},
): AsyncGenerator<StagingStep, void> {
  const reader = new CellReader(columnCount, dialect.hasHeader, dialect.skipLines ?? 0);
  const scanner = new DelimitedScanner(dialect.delimiter, (record) => reader.take(record));
  const stream = await openTextStream(file, dialect.encoding, { signal, name });
  let reportedMs = performance.now();
  let isNamed = false;
  for await (const chunk of stream) {
    scanner.push(chunk);
    if (!isNamed && reader.isPastHeader) {
      isNamed = true;
      yield { kind: 'columns', columns: reader.names };
    }
    yield* reader.full();
    const share = Math.min(1, stream.bytesRead() / file.size);
    const expected = share >= TELLING_SHARE ? reader.tableBytes / share : reader.tableBytes;
    if (expected > capBytes) throw new AppError('file-too-large', { name, limit: capBytes });
    if (performance.now() - reportedMs < PROGRESS_INTERVAL_MS) continue;
    reportedMs = performance.now();
    onProgress?.({ share, rows: reader.rows });
  }
  scanner.end();
  if (!isNamed) yield { kind: 'columns', columns: reader.names };
  yield* reader.rest();
  onProgress?.({ share: 1, rows: reader.rows });
  yield { kind: 'counts', counts: reader.counts(scanner.blankLines) };
}

/** Takes the records of a file one by one and gives them back in batches. */
class CellReader {
  names: readonly string[];
  isPastHeader = false;
  rows = 0;
  readonly #columnCount: number;
  readonly #hasHeader: boolean;
  readonly #skipLines: number;
  readonly #batch: CellBatch;
  readonly #ready: Uint8Array[] = [];
  #raggedLines: number[] = [];
  #raggedCells: number[] = [];
  #padded = 0;
  #cut = 0;
  #leftOut = 0;
  #titleLines = 0;

  constructor(columnCount: number, hasHeader: boolean, skipLines: number) {
    this.#columnCount = columnCount;
    this.#hasHeader = hasHeader;
    this.#skipLines = skipLines;
    this.#batch = new CellBatch(columnCount);
    this.names = nameColumns([], columnCount);
  }

  get tableBytes(): number {
    return this.#batch.tableBytes;
  }

  take(record: RecordView): void {
    if (!this.isPastHeader && this.#isAbove(record)) return;
    const { count, line, unclosedQuote } = record;
    if (count !== this.#columnCount) {
      this.#raggedLines.push(line);
      this.#raggedCells.push(count);
      if (unclosedQuote) {
        this.#leftOut++;
        return;
      }
      if (count < this.#columnCount) this.#padded++;
      else this.#cut++;
    }
    this.#batch.take(record);
    this.rows++;
    if (this.#batch.isFull) this.#ready.push(this.#batch.flush());
  }

  /** True for titles and the header, which are no rows. */
  #isAbove(record: RecordView): boolean {
    if (record.line <= this.#skipLines) {
      this.#titleLines++;
      return true;
    }
    this.isPastHeader = true;
    if (!this.#hasHeader) return false;
    const cells = Array.from({ length: record.count }, (_, cell) => cellValue(record, cell));
    this.names = nameColumns(cells, this.#columnCount);
    return true;
  }

  *full(): Generator<StagingStep, void> {
    for (const ipc of this.#ready.splice(0)) yield { kind: 'batch', table: 'source', ipc };
    if (this.#raggedLines.length >= RAGGED_ROWS) yield this.#ragged();
  }

  *rest(): Generator<StagingStep, void> {
    yield* this.full();
    if (this.#batch.rows > 0) yield { kind: 'batch', table: 'source', ipc: this.#batch.flush() };
    if (this.#raggedLines.length > 0) yield this.#ragged();
  }

  #ragged(): StagingStep {
    const rows = this.#raggedLines.length;
    const ipc = encodeBatch(
      {
        source_row: { kind: 'integer', values: Int32Array.from(this.#raggedLines) },
        cells: { kind: 'integer', values: Int32Array.from(this.#raggedCells) },
      },
      rows,
    );
    this.#raggedLines = [];
    this.#raggedCells = [];
    return { kind: 'batch', table: 'ragged', ipc };
  }

  counts(blankLines: number): StagingCounts {
    return {
      rows: this.rows,
      padded: this.#padded,
      cut: this.#cut,
      leftOut: this.#leftOut,
      blankLines,
      titleLines: this.#titleLines,
    };
  }
}
