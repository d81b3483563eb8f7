/** A merged area, both ends included, counted from 0. */
export interface MergedArea {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

/** The cells of a row by column; holes and '' are gaps. Only valid until the next row. */
export type SheetCells = readonly (string | undefined)[];

/** What is told of a sheet beside its cells; complete once its rows have been read. */
export interface SheetFacts {
  readonly merges: readonly MergedArea[];
  readonly formulaResults: number;
  readonly formulasWithoutResult: number;
  readonly errorCells: number;
  readonly digitsLost: number;
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
}

/** One sheet of a workbook, whatever its form; rows can be read several times. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** How much of the sheet the reading under way has taken, 0..1. */
  readonly share: number;
  /** Hands over the rows that have cells, in ascending order, each with its number counted from 0. */
  readRows(onRow: (row: number, cells: SheetCells) => void): Promise<SheetFacts>;
}

/** Rows near the top that tell the usual width. */
const LOOKED_AT_ROWS = 200;

/** What the rows come to: which columns hold anything, how far down, and where the titles end. */
export class SheetShape {
  readonly #columns: boolean[] = [];
  readonly #topRows: { readonly row: number; readonly filled: number }[] = [];
  #filledRows = 0;
  #lastRow = -1;

  add(row: number, cells: SheetCells): void {
    let filled = 0;
    for (let column = 0; column < cells.length; column++) {
      if ((cells[column] ?? '') === '') continue;
      this.#columns[column] = true;
      filled++;
    }
    if (filled === 0) return;
    this.#filledRows++;
    this.#lastRow = row;
    if (this.#topRows.length < LOOKED_AT_ROWS) this.#topRows.push({ row, filled });
  }

  /** Rows with anything in them. */
  get filledRows(): number {
    return this.#filledRows;
  }

  /** The last row with anything in it, or -1. */
  get lastRow(): number {
    return this.#lastRow;
  }

  /** The columns with anything in them, ascending; the others are no part of the table. */
  findColumns(): readonly number[] {
    return this.#columns.flatMap((isFilled, column) => (isFilled ? [column] : []));
  }

  /** The first row that is at least half as full as most, and so is no title; -1 in an empty sheet. */
  findHeaderRow(): number {
    const sorted = this.#topRows.map(({ filled }) => filled).sort((a, b) => a - b);
    const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const least = Math.max(Math.min(2, usual), usual / 2);
    return this.#topRows.find(({ filled }) => filled >= least)?.row ?? -1;
  }
}
