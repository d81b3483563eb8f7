import { max, min } from 'd3';
import { widestText } from './text-fit';

/** One row: a bar to the right of zero, or to the left of it where the value is negative. */
export interface DivergingRow {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** What stands at the right edge: the value in words. */
  readonly text: string;
  /** Paler: rests on few. */
  readonly faint?: boolean | undefined;
}

export interface DivergingBarsLayout {
  /** Pixels kept for labels on the left, for the texts at the right edge. */
  readonly labelWidth: number;
  readonly textWidth: number;
  readonly height: number;
  /** Where zero is, pixels from the left edge. */
  readonly zero: number;
  readonly rows: readonly { readonly y: number; readonly x: number; readonly width: number }[];
}

export const DIVERGING_ROW_HEIGHT = 28;
const GAP = 10;
const FONT = 12;

/**
 * Bars on one scale in `width` pixels between labels (up to 40 % of the width) and texts (up to 34 %). A value that is not
 * zero has at least one pixel.
 */
export function layoutDivergingBars(rows: readonly DivergingRow[], width: number): DivergingBarsLayout {
  const labelWidth = Math.min(
    widestText(
      rows.map((row) => row.label),
      FONT,
    ),
    width * 0.4,
  );
  const textWidth = Math.min(
    widestText(
      rows.map((row) => row.text),
      FONT,
    ),
    width * 0.34,
  );
  const low = Math.min(0, min(rows, (row) => row.value) ?? 0);
  const high = Math.max(0, max(rows, (row) => row.value) ?? 0);
  const start = labelWidth + GAP;
  const room = Math.max(8, width - start - GAP - textWidth);
  const span = high - low;
  const scale = (value: number): number => (span === 0 ? 0 : (value / span) * room);
  const zero = start + scale(-low);
  return {
    labelWidth,
    textWidth,
    height: rows.length * DIVERGING_ROW_HEIGHT,
    zero,
    rows: rows.map(({ value }, index) => {
      const length = value === 0 ? 0 : Math.max(1, scale(Math.abs(value)));
      return { y: index * DIVERGING_ROW_HEIGHT, x: value < 0 ? zero - length : zero, width: length };
    }),
  };
}
