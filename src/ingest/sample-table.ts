import type { Delimiter } from './file-preview';
import { DelimitedScanner } from './readers/delimited';
import type { RecordView } from './readers/record';
import { valueEnd, valueStart } from './values/cell';

const decoder = new TextDecoder();

/**
 * Sampled rows as cells in one buffer, blanks at their ends, quotes and spreadsheet guards gone, so that the value
 * readers of the import can read them where they lie.
 */
export class SampleTable {
  readonly columnCount: number;
  bytes = new Uint8Array(1 << 16);
  /** Cell c of row r is bytes[starts[i] .. ends[i]) with i = r * columnCount + c. */
  starts = new Int32Array(1 << 12);
  ends = new Int32Array(1 << 12);
  #rowCount = 0;
  #filled = 0;

  constructor(columnCount: number) {
    this.columnCount = columnCount;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Copies a record of columnCount cells. */
  add(record: RecordView): void {
    const first = this.#rowCount * this.columnCount;
    if (first + this.columnCount > this.starts.length) this.#growCells();
    for (let column = 0; column < this.columnCount; column++) {
      const start = record.starts[column] ?? 0;
      const end = record.ends[column] ?? 0;
      const from = valueStart(record.bytes, start, end);
      const to = valueEnd(record.bytes, start, from, end);
      this.#reserve(to - from);
      this.bytes.set(record.bytes.subarray(from, to), this.#filled);
      this.starts[first + column] = this.#filled;
      this.#filled += to - from;
      this.ends[first + column] = this.#filled;
    }
    this.#rowCount++;
  }

  text(row: number, column: number): string {
    const cell = row * this.columnCount + column;
    return decoder.decode(this.bytes.subarray(this.starts[cell], this.ends[cell]));
  }

  #reserve(length: number): void {
    if (this.#filled + length <= this.bytes.length) return;
    const grown = new Uint8Array(2 * (this.#filled + length));
    grown.set(this.bytes.subarray(0, this.#filled));
    this.bytes = grown;
  }

  #growCells(): void {
    const length = 2 * Math.max(this.starts.length, (this.#rowCount + 1) * this.columnCount);
    const starts = new Int32Array(length);
    const ends = new Int32Array(length);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}

/** What scanning a text came to. */
export interface ScanCount {
  /** Records handed over, those with an unclosed quote among them. */
  readonly records: number;
  /** Bytes up to the end of the last record. */
  readonly bytes: number;
}

/** Scans a piece of text; a record cut off by its end is not handed over unless the text is whole. */
export function scanSample(
  text: Uint8Array,
  delimiter: Delimiter,
  whole: boolean,
  onRecord: (record: RecordView) => void,
): ScanCount {
  let records = 0;
  let bytes = 0;
  const scanner = new DelimitedScanner(delimiter, (record) => {
    records++;
    bytes = record.rawEnd;
    onRecord(record);
  });
  scanner.push(text);
  if (!whole) return { records, bytes };
  scanner.end();
  return { records, bytes: text.length };
}

/** How many cells most records of a text have; the larger number where two are as frequent. */
export function usualCellCount(counts: ReadonlyMap<number, number>): number {
  let best = 0;
  let most = 0;
  for (const [cells, records] of counts) {
    if (records > most || (records === most && cells > best)) {
      best = cells;
      most = records;
    }
  }
  return best;
}
