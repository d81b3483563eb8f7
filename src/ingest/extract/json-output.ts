import type { DelimitedSink } from './delimited-sink';
import type { JsonCells } from './json-cells';
import type { Field, JsonColumns } from './json-fields';

/**
 * Writes rows one behind: a row is settled when the next one begins, so that it can still be taken back.
 * Once a column turns up that rows before did not have, nothing more is written.
 */
export class JsonOutput {
  /** The cells of the first row, which name the columns where rows are arrays. */
  firstCells: readonly string[] = [];
  readonly #cells: JsonCells;
  readonly #columns: JsonColumns;
  readonly #sink: DelimitedSink;
  #isReady = false;
  #width = -1;
  #settledColumns: number;
  #settledList: Field | null;

  constructor(cells: JsonCells, columns: JsonColumns, sink: DelimitedSink) {
    this.#cells = cells;
    this.#columns = columns;
    this.#sink = sink;
    this.#settledColumns = columns.count;
    this.#settledList = columns.list;
  }

  /** True when rows were written without columns that turned up later. */
  get isNarrow(): boolean {
    return this.#width >= 0 && this.#columns.count > this.#width;
  }

  /** The row in the cells is whole. */
  rowEnded(): void {
    this.#isReady = true;
  }

  /** Writes the row that waits. */
  settle(): void {
    this.#settledColumns = this.#columns.count;
    this.#settledList = this.#columns.list;
    if (!this.#isReady) return;
    this.#isReady = false;
    if (this.#width < 0) {
      this.#width = this.#columns.count;
      this.firstCells = Array.from({ length: this.#width }, (_, column) => this.#cells.text(column));
    }
    if (!this.isNarrow) this.#cells.write(this.#sink, this.#width);
  }

  /** Forgets the row that waits and the columns that came since the one before it. */
  takeBack(): void {
    this.#columns.shrinkTo(this.#settledColumns, this.#settledList);
    this.#isReady = false;
  }
}
