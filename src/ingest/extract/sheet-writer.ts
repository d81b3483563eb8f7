import { DelimitedSink } from './delimited-sink';
import type { Extraction, ExtractLimits } from './extract-contract';
import { MergeFiller } from './merge-filler';
import type { MergedArea, SheetCells } from './sheet-rows';

const LINE_BREAK = /[\r\n]/;
/** Cells that can be written byte by character. */
const PLAIN = /^[\x20!#-+\--~]+$/;
const LONGEST_PLAIN = 64;

export interface SheetLayout {
  /** The columns that are written, ascending. */
  readonly columns: readonly number[];
  readonly headerRow: number;
  readonly merges: readonly MergedArea[];
}

/** Writes a sheet's rows as canonical text, each at the record of its number. */
export class SheetWriter {
  readonly merges: MergeFiller;
  readonly #sink: DelimitedSink;
  readonly #columns: readonly number[];
  readonly #headerRow: number;
  readonly #isWritten: readonly boolean[];
  #firstCells: readonly string[] = [];
  #headerCells: SheetCells = [];
  #next = 0;
  #cellsWithLineBreaks = 0;

  /** @param name the file's name, for messages */
  constructor(name: string, { columns, headerRow, merges }: SheetLayout, limits: ExtractLimits) {
    this.#sink = new DelimitedSink({ name, limits });
    this.#columns = columns;
    this.#headerRow = headerRow;
    this.merges = new MergeFiller(merges, headerRow, columns.at(-1) ?? 0);
    const isWritten: boolean[] = [];
    for (const column of columns) isWritten[column] = true;
    this.#isWritten = isWritten;
  }

  get cellsWithLineBreaks(): number {
    return this.#cellsWithLineBreaks;
  }

  /** The header's cells over the columns in which merged areas were filled, gaps left out. */
  get mergedColumnNames(): readonly string[] {
    return this.merges.filledColumns.map((column) => this.#headerCells[column] ?? '').filter((name) => name !== '');
  }

  /** True when every filled cell stands in a column that is written. */
  covers(cells: SheetCells): boolean {
    for (let column = 0; column < cells.length; column++) {
      if (this.#isWritten[column] !== true && (cells[column] ?? '') !== '') return false;
    }
    return true;
  }

  /** Rows come in ascending order; those left out between them are written as blank lines. */
  write(row: number, read: SheetCells): void {
    const cells = this.merges.fill(row, read);
    if (row === this.#headerRow) this.#headerCells = [...cells];
    if (cells.every((cell) => (cell ?? '') === '')) return;
    for (; this.#next < row; this.#next++) this.#sink.endRow();
    for (const column of this.#columns) this.#writeCell(cells[column] ?? '');
    this.#sink.endRow();
    this.#next = row + 1;
    if (row === 0) this.#firstCells = this.#columns.map((column) => cells[column] ?? '');
  }

  finish(): Omit<Extraction, 'notes'> {
    return { text: this.#sink.finish(), rows: this.#sink.rows, columnNames: this.#firstCells };
  }

  #writeCell(cell: string): void {
    if (cell === '') this.#sink.gap();
    else if (cell.length <= LONGEST_PLAIN && PLAIN.test(cell)) this.#sink.plain(cell);
    else {
      this.#sink.text(cell);
      if (LINE_BREAK.test(cell)) this.#cellsWithLineBreaks++;
    }
  }
}
