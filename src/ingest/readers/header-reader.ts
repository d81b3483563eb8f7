import type { Dialect } from '../file-preview';
import { cellValue, type RecordView } from './record';

/** Keeps the lines above the header apart, and the first record below them where the file has a header. */
export class HeaderReader {
  /** The names of the columns; `#3` where there is none. */
  names: readonly string[];
  /** Lines above the header that were no rows. */
  titleLines = 0;
  readonly #hasHeader: boolean;
  readonly #skipLines: number;
  #isPast = false;

  constructor({ hasHeader, skipLines }: Dialect, columnCount: number) {
    this.#hasHeader = hasHeader;
    this.#skipLines = skipLines ?? 0;
    this.names = Array.from({ length: columnCount }, (_, index) => `#${index + 1}`);
  }

  /** True for a record that is no row of data. */
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
