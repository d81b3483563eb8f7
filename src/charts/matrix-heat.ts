import { extent } from 'd3';
import type { AxisKey } from './bubble-grid';
import { rampStep } from './colors';
import { widestText } from './text-fit';

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
const TURNED_HEIGHT = 94;
export const TURNED_LENGTH = 122;

/**
 * Sizes a matrix for `width` pixels. A cell is as wide as its widest printed number needs and at most
 * 92 px; shades run in equal steps from the least to the largest value (missing ones count as none).
 */
export function layoutMatrix(
  rows: readonly AxisKey[],
  columns: readonly AxisKey[],
  values: readonly (readonly (number | null)[])[],
  width: number,
  format: (value: number) => string,
  hasRowTotals: boolean,
  hasColumnTotals: boolean,
): MatrixLayout {
  const flat = values.flat();
  const printed = flat.filter((value): value is number => value !== null).map(format);
  const labelWidth = Math.min(
    widestText(
      rows.map((row) => row.label),
      FONT,
    ) + 10,
    Math.max(72, width * 0.3),
  );
  const count = columns.length + (hasRowTotals ? 1 : 0);
  const needed = Math.max(34, widestText(printed, FONT) + 12);
  const cellWidth = Math.min(92, Math.max(needed, (width - labelWidth) / Math.max(1, count)));
  const turned =
    widestText(
      columns.map((column) => column.label),
      FONT,
    ) >
    cellWidth - 6;
  const headHeight = turned ? TURNED_HEIGHT : 26;
  const cellHeight = 30;
  const [low = 0, high = 0] = extent(flat, (value) => value ?? undefined);
  return {
    labelWidth,
    headHeight,
    turned,
    cellWidth,
    cellHeight,
    // A turned name leans to the right of its column.
    width: labelWidth + count * cellWidth + (turned ? 44 : 0),
    height: headHeight + (rows.length + (hasColumnTotals ? 1 : 0)) * cellHeight,
    steps: values.map((row) => row.map((value) => rampStep(value, low, high))),
  };
}
