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
  /** The least and the greatest `value` among the cells; null when none has one. */
  readonly range: readonly [number, number] | null;
  readonly cells: readonly PlacedCell[];
}

const MOST_WIDTH = 84;
const LEAST_SIDE = 3;

/** From here on the values lie so far apart that equal steps would leave all but the greatest alike. */
const WIDE_RATIO = 8;

/**
 * The ramp step of a value: equal steps from `low` to `high`, or equal ratios where all are positive and the
 * greatest is at least eight times the least, as amounts per head are.
 */
function shadeStep(value: number | null, low: number, high: number): number {
  if (value === null || low <= 0 || high < low * WIDE_RATIO) return rampStep(value, low, high);
  return rampStep(Math.log(value), Math.log(low), Math.log(high));
}

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
  const [low, high] = extent(cells, (cell) => cell.value ?? undefined);
  const range = low === undefined ? null : ([low, high] as const);
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
      step: shadeStep(cell.value, low ?? 0, high ?? 0),
    };
  });
  const [plotWidth, height] = [cellWidth * columns.length, cellHeight * rows.length];
  return { cellWidth, cellHeight, width: plotWidth, height, range, cells: placed };
}

export interface GroupLabel {
  /** Centre of the text, pixels in the plot. */
  readonly x: number;
  readonly y: number;
  /** True where the text stands on the square itself. */
  readonly inside: boolean;
}

const LABEL_HEIGHT = 14;
const LABEL_DISTANCE = 9;

/**
 * Where the name of the group that `isMember` tells stands: on one of its squares that is wide enough, else
 * under or above one where it covers no square, the lowest first; else under the lowest. null without members.
 */
export function placeGroupLabel(
  layout: BubbleGridLayout,
  isMember: (cell: BubbleCell) => boolean,
  textWidth: number,
): GroupLabel | null {
  const members = layout.cells
    .filter(({ cell, side }) => side > 0 && isMember(cell))
    .toSorted((a, b) => b.rowIndex - a.rowIndex || b.columnIndex - a.columnIndex);
  const roomy = members.find(({ side }) => side >= textWidth + 6 && side >= LABEL_HEIGHT + 4);
  if (roomy !== undefined) return { x: roomy.x, y: roomy.y, inside: true };
  const x = (square: PlacedCell): number => Math.max(textWidth / 2, Math.min(layout.width - textWidth / 2, square.x));
  const beside = (square: PlacedCell, direction: 1 | -1): GroupLabel => ({
    x: x(square),
    y: square.y + direction * (square.side / 2 + LABEL_DISTANCE),
    inside: false,
  });
  const isFree = (label: GroupLabel): boolean =>
    label.y - LABEL_HEIGHT / 2 >= 0 &&
    label.y + LABEL_HEIGHT / 2 <= layout.height + 2 &&
    layout.cells.every(
      (square) =>
        Math.abs(square.x - label.x) >= (square.side + textWidth) / 2 ||
        Math.abs(square.y - label.y) >= (square.side + LABEL_HEIGHT) / 2 - 1,
    );
  const places = members.flatMap((square) => [beside(square, 1), beside(square, -1)]);
  return places.find(isFree) ?? places[0] ?? null;
}
