import { blankLength, valueEnd, valueStart } from '../values/cell';

/**
 * One record as it lies in the scanner's buffer, valid only during the call that hands it over: the
 * same object is filled again for the next one. Cell i is bytes[starts[i] .. ends[i]), quotes gone.
 */
export interface RecordView {
  bytes: Uint8Array;
  /** Number of cells; 0 for an unclosed quote. */
  count: number;
  starts: Int32Array;
  ends: Int32Array;
  /** 1-based physical line on which the record begins. */
  line: number;
  /** The record as written, without its line end. */
  rawStart: number;
  rawEnd: number;
  /** True when a quote opened a cell and nothing sensible closed it: only its first line is here. */
  unclosedQuote: boolean;
}

/** True when there is nothing but blanks in any cell. */
export function isBlankRecord({ bytes, count, starts, ends }: RecordView): boolean {
  for (let cell = 0; cell < count; cell++) {
    const end = ends[cell] as number;
    let at = starts[cell] as number;
    while (at < end) {
      const length = blankLength(bytes, at, end);
      if (length === 0) return false;
      at += length;
    }
  }
  return true;
}

const decoder = new TextDecoder();

/** Gives a record that ends early empty cells up to `cells`; its count stays as it was in the file. */
export function padRecord(record: RecordView, cells: number): void {
  if (record.starts.length < cells) {
    record.starts = grown(record.starts, cells);
    record.ends = grown(record.ends, cells);
  }
  record.starts.fill(record.rawEnd, record.count, cells);
  record.ends.fill(record.rawEnd, record.count, cells);
}

function grown(places: Int32Array, length: number): Int32Array {
  const all = new Int32Array(length);
  all.set(places);
  return all;
}

/** The value of one cell as text: without the blanks and spreadsheet guards around it. */
export function cellValue({ bytes, starts, ends }: RecordView, cell: number): string {
  const start = starts[cell] ?? 0;
  const end = ends[cell] ?? 0;
  const from = valueStart(bytes, start, end);
  return decoder.decode(bytes.subarray(from, valueEnd(bytes, start, from, end)));
}

/** The record as it stands in the file, without its line end. */
export function rawText(record: RecordView): string {
  return decoder.decode(record.bytes.subarray(record.rawStart, record.rawEnd));
}
