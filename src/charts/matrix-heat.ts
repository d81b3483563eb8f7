import { extent } from 'd3';
import type { AxisKey } from './bubble-grid';
import { rampStep } from './colors';
import { estimateTextWidth, widestText } from './text-fit';

export interface MatrixLayout {
  readonly labelWidth: number;
  readonly headHeight: number;
  /** True where column names do not fit side by side and are turned. */
  readonly turned: boolean;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Of the whole drawing; may exceed the room, then the chart scrolls sideways. */
  readonly width: number;
  readonly height: number;
  /** Ramp step 0..4 of each cell, row by row. */
  readonly steps: readonly (readonly number[])[];
}

const FONT = 12;
/** Sums and their name are set bold, which takes a little more. */
const BOLD = 1.08;
/** The longest turned name, pixels; longer ones are cut short. */
export const TURNED_LENGTH = 122;
/** How turned names lean, degrees. */
export const TURN = 42;
const RISE = Math.sin((TURN * Math.PI) / 180);
const REACH = Math.cos((TURN * Math.PI) / 180);

/** By the ramp; hatched where the value is not complete; without a fill where it is not to be compared. */
export type CellShade = 'ramp' | 'hatched' | 'plain';

export interface MatrixTotals {
  /** What sums are called. */
  readonly label: string;
  readonly rows?: readonly number[] | undefined;
  /** What the row under the others is called, where it is no sum. */
  readonly columnsLabel?: string | undefined;
  readonly columns?: readonly number[] | undefined;
}

/**
 * Sizes a matrix for `width` pixels. A cell is as wide as its widest printed number needs and at most
 * 92 px; shades run in equal steps over `range`, else from the least to the largest value (missing ones count as none).
 */
export function layoutMatrix(
  rows: readonly AxisKey[],
  columns: readonly AxisKey[],
  values: readonly (readonly (number | null)[])[],
  width: number,
  format: (value: number) => string,
  totals: MatrixTotals,
  range?: readonly [low: number, high: number],
): MatrixLayout {
  const flat = values.flat();
  const printed = flat.filter((value): value is number => value !== null).map(format);
  const sums = [...(totals.rows ?? []), ...(totals.columns ?? [])].map(format);
  const rowNames = rows.map((row) => row.label);
  const sumNames = totals.columns === undefined ? [] : [totals.columnsLabel ?? totals.label];
  const columnNames = [...columns.map((column) => column.label), ...(totals.rows === undefined ? [] : [totals.label])];
  const labelWidth = Math.min(
    Math.max(widestText(rowNames, FONT), widestText(sumNames, FONT) * BOLD) + 10,
    Math.max(72, width * 0.3),
  );
  const count = columnNames.length;
  const needed = Math.max(34, widestText(printed, FONT) + 12, widestText(sums, FONT) * BOLD + 12);
  const cellWidth = Math.min(92, Math.max(needed, (width - labelWidth) / Math.max(1, count)));
  const turned = widestText(columnNames, FONT) > cellWidth - 6;
  const lengths = columnNames.map((name) => Math.min(TURNED_LENGTH, estimateTextWidth(name, FONT)));
  const headHeight = turned ? Math.ceil(22 + Math.max(...lengths) * RISE) : 26;
  const cellHeight = 30;
  const [low = 0, high = 0] = range ?? extent(flat, (value) => value ?? undefined);
  // A turned name leans to the right of its column.
  const reach = lengths.map((length, index) => (index + 0.5) * cellWidth + length * REACH + 8);
  return {
    labelWidth,
    headHeight,
    turned,
    cellWidth,
    cellHeight,
    width: labelWidth + Math.max(count * cellWidth, ...(turned ? reach : [])),
    height: headHeight + (rows.length + (totals.columns === undefined ? 0 : 1)) * cellHeight,
    steps: values.map((row) => row.map((value) => rampStep(value, low, high))),
  };
}
