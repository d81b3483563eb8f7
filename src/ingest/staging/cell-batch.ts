import { encodeBatch, type BatchColumn } from '../../db/arrow-ipc';
import type { RecordView } from '../readers/record';
import { trimStart } from '../values/cell';
import { columnName } from './staging-contract';

/** Measured as enough for the engine to take them in bulk; few enough that one batch is small beside it. */
const MOST_ROWS = 1 << 16;
const MOST_CELLS = 1 << 20;
const MOST_BYTES = 16 << 20;
const NO_TEXT = -1;
/** A text in the engine is a handle of 16 bytes, which holds texts of up to 12 bytes by itself. */
const HANDLE_BYTES = 16;
const INLINE_BYTES = 12;

/** The filled cells of one column, one after the other, and which of them each row has. */
class CellColumn {
  #bytes = new Uint8Array(1024);
  #starts = new Int32Array(256);
  #texts = 0;

  /** Appends bytes[from..to) and returns its code. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const start = this.#starts[this.#texts] as number;
    const end = start + to - from;
    if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, end);
    const held = this.#bytes;
    // Cells are short: a loop is faster than a view and a set for each.
    for (let at = from, into = start; at < to; at++) held[into++] = bytes[at] as number;
    if (this.#texts + 2 > this.#starts.length) {
      const starts = new Int32Array(2 * this.#starts.length);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.#texts + 1] = end;
    return this.#texts++;
  }

  column(codes: Int32Array): BatchColumn {
    return { kind: 'text', codes, pool: { bytes: this.#bytes, starts: this.#starts.subarray(0, this.#texts + 1) } };
  }

  clear(): void {
    this.#texts = 0;
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(Math.max(least, 2 * bytes.length));
  all.set(bytes);
  return all;
}

/**
 * Rows on their way into a staged table. A cell is kept as written, without the quotes; one that holds
 * only blanks is NULL. Cells past the last column are not taken, missing ones are NULL.
 */
export class CellBatch {
  readonly #columns: readonly CellColumn[];
  readonly #rowRoom: number;
  readonly #codes: readonly Int32Array[];
  readonly #lines: Int32Array;
  #rows = 0;
  #bytes = 0;
  #tableBytes = 0;

  constructor(columnCount: number) {
    this.#rowRoom = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columnCount)));
    this.#columns = Array.from({ length: columnCount }, () => new CellColumn());
    this.#codes = Array.from({ length: columnCount }, () => new Int32Array(this.#rowRoom));
    this.#lines = new Int32Array(this.#rowRoom);
  }

  get rows(): number {
    return this.#rows;
  }

  get isFull(): boolean {
    return this.#rows === this.#rowRoom || this.#bytes >= MOST_BYTES;
  }

  /** What all rows so far take in the engine, in bytes, about. */
  get tableBytes(): number {
    return this.#tableBytes;
  }

  take({ bytes, starts, ends, count, line }: RecordView): void {
    const row = this.#rows;
    this.#lines[row] = line;
    for (const [index, column] of this.#columns.entries()) {
      const codes = this.#codes[index] as Int32Array;
      codes[row] = NO_TEXT;
      if (index >= count) continue;
      const from = starts[index] as number;
      const to = ends[index] as number;
      if (trimStart(bytes, from, to) === to) continue;
      codes[row] = column.add(bytes, from, to);
      this.#bytes += to - from;
      if (to - from > INLINE_BYTES) this.#tableBytes += to - from;
    }
    this.#tableBytes += Int32Array.BYTES_PER_ELEMENT + HANDLE_BYTES * this.#columns.length;
    this.#rows++;
  }

  /** The rows taken since the last call as one Arrow IPC stream. */
  flush(): Uint8Array {
    const rows = this.#rows;
    const columns: Record<string, BatchColumn> = {
      source_row: { kind: 'integer', values: this.#lines.subarray(0, rows) },
    };
    for (const [index, column] of this.#columns.entries()) {
      columns[columnName(index)] = column.column((this.#codes[index] as Int32Array).subarray(0, rows));
    }
    const ipc = encodeBatch(columns, rows);
    this.#columns.forEach((column) => column.clear());
    this.#rows = 0;
    this.#bytes = 0;
    return ipc;
  }
}
