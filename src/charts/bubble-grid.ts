import { extent, max } from 'd3';
import { rampStep } from './colors';

/** One cell: `size` gives the square its area, `value` its shade. */
export interface BubbleCell {
  readonly key: string;
  /** Keys of the row and the column it stands in. */
  readonly row: string;
  readonly column: string;
  readonly size: number;
  readonly value: number | null;
  /** Cells of one group are highlighted together, e.g. the segment the cell belongs to. */
  readonly group?: string | undefined;
  /** Name of the cell for the tooltip, e.g. its segment. */
  readonly label?: string | undefined;
}

export interface AxisKey {
  readonly key: string;
  readonly label: string;
}

export interface PlacedCell {
  readonly cell: BubbleCell;
  readonly rowIndex: number;
  readonly columnIndex: number;
  /** Centre and side of the square, pixels in the plot. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** 0..4 on the sequential ramp. */
  readonly step: number;
}

export interface BubbleGridLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly width: number;
  readonly height: number;
  readonly cells: readonly PlacedCell[];
}

const MOST_WIDTH = 84;
const LEAST_SIDE = 3;

/**
 * Places the cells in a plot of at most `width` pixels. The largest square fills 92 % of its cell, areas
 * are proportional to `size`; a size above zero is never drawn smaller than 3 px, zero is not drawn.
 * Cells whose row or column is unknown are left out.
 */
export function layoutBubbleGrid(
  cells: readonly BubbleCell[],
  rows: readonly AxisKey[],
  columns: readonly AxisKey[],
  width: number,
): BubbleGridLayout {
  const cellWidth = Math.min(MOST_WIDTH, Math.max(24, width / Math.max(1, columns.length)));
  const cellHeight = Math.max(24, Math.min(cellWidth, 60));
  const largest = Math.min(cellWidth, cellHeight) * 0.92;
  const most = max(cells, (cell) => cell.size) ?? 0;
  const [low = 0, high = 0] = extent(cells, (cell) => cell.value ?? undefined);
  const rowIndex = new Map(rows.map((row, index) => [row.key, index]));
  const columnIndex = new Map(columns.map((column, index) => [column.key, index]));
  const placed = cells.flatMap((cell) => {
    const row = rowIndex.get(cell.row);
    const column = columnIndex.get(cell.column);
    if (row === undefined || column === undefined) return [];
    return {
      cell,
      rowIndex: row,
      columnIndex: column,
      x: (column + 0.5) * cellWidth,
      y: (row + 0.5) * cellHeight,
      side: cell.size > 0 && most > 0 ? Math.max(LEAST_SIDE, Math.sqrt(cell.size / most) * largest) : 0,
      step: rampStep(cell.value, low, high),
    };
  });
  return { cellWidth, cellHeight, width: cellWidth * columns.length, height: cellHeight * rows.length, cells: placed };
}
