import type { MergedArea, SheetCells } from './sheet-rows';

interface OpenArea {
  readonly area: MergedArea;
  value: string;
}

/**
 * Gives the cells of merged areas below the header their area's value, row by row downwards. Rows with
 * nothing of their own stay blank: a merge over an empty stretch makes no rows.
 */
export class MergeFiller {
  readonly #areas: readonly MergedArea[];
  readonly #lastColumn: number;
  readonly #filledColumns = new Set<number>();
  #open: OpenArea[] = [];
  #next = 0;
  #filledCells = 0;

  /** @param lastColumn no cell beyond is filled, however far an area reaches */
  constructor(areas: readonly MergedArea[], headerRow: number, lastColumn: number) {
    this.#areas = areas.filter((area) => area.firstRow > headerRow).sort((a, b) => a.firstRow - b.firstRow);
    this.#lastColumn = lastColumn;
  }

  get filledCells(): number {
    return this.#filledCells;
  }

  get filledColumns(): readonly number[] {
    return [...this.#filledColumns].sort((a, b) => a - b);
  }

  /** The row's cells with those of the areas over it; the very cells given where there are none. */
  fill(row: number, cells: SheetCells): SheetCells {
    if (this.#open.length === 0 && (this.#areas[this.#next]?.firstRow ?? Infinity) > row) return cells;
    for (
      let area = this.#areas[this.#next];
      area !== undefined && area.firstRow <= row;
      area = this.#areas[this.#next]
    ) {
      this.#next++;
      // An area whose first row has no cells at all has no value.
      if (area.firstRow === row) this.#open.push({ area, value: cells[area.firstColumn] ?? '' });
    }
    this.#open = this.#open.filter(({ area }) => area.lastRow >= row);
    if (cells.every((cell) => (cell ?? '') === '')) return cells;
    const filled = [...cells];
    for (const { area, value } of this.#open) if (value !== '') this.#spread(row, filled, area, value);
    return filled;
  }

  #spread(row: number, cells: (string | undefined)[], area: MergedArea, value: string): void {
    const last = Math.min(area.lastColumn, this.#lastColumn);
    for (let column = area.firstColumn; column <= last; column++) {
      if ((row === area.firstRow && column === area.firstColumn) || (cells[column] ?? '') !== '') continue;
      cells[column] = value;
      this.#filledCells++;
      this.#filledColumns.add(column);
    }
  }
}
