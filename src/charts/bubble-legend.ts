import { RAMP_STEPS } from './colors';
import { estimateTextWidth } from './text-fit';

/** One text of the legend; `x` is its start. */
export interface LegendText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** What the legend under a grid of squares draws, in pixels from its upper left corner. */
export interface BubbleLegendLayout {
  readonly height: number;
  /** Three squares of growing size, on their centre. */
  readonly squares: readonly { readonly x: number; readonly y: number; readonly side: number }[];
  /** The steps of the ramp, light to dark; none where no cell has a value. */
  readonly steps: readonly { readonly x: number; readonly y: number; readonly step: number }[];
  readonly texts: readonly LegendText[];
}

export const SWATCH_WIDTH = 16;
export const SWATCH_HEIGHT = 10;
const SQUARES = [
  { x: 2.5, side: 5 },
  { x: 13.5, side: 9 },
  { x: 28.5, side: 13 },
];
const SQUARES_WIDTH = 42;
const LINE = 20;
const GAP = 20;
const FONT = 12;

/**
 * "squares = customers" and "lowest, ramp, highest = revenue per head": on one line that begins at `start`
 * (or further left, where it would be cut), on two where one is too narrow. `ends` are the printed least and
 * greatest value, empty when there are none.
 */
export function layoutBubbleLegend(
  sizeLabel: string,
  valueLabel: string,
  ends: readonly string[],
  width: number,
  start: number,
): BubbleLegendLayout {
  const [low, high] = ends;
  const sizeWidth = SQUARES_WIDTH + estimateTextWidth(sizeLabel, FONT);
  const ramp = RAMP_STEPS * SWATCH_WIDTH;
  const lowWidth = low === undefined ? 0 : estimateTextWidth(low, FONT) + 6;
  const highWidth = high === undefined ? 0 : estimateTextWidth(high, FONT) + 6;
  const valueWidth = lowWidth + ramp + highWidth + 4 + estimateTextWidth(valueLabel, FONT);
  const shaded = low !== undefined && high !== undefined;
  const isOneLine = sizeWidth + GAP + valueWidth <= width;
  const needed = !shaded ? sizeWidth : isOneLine ? sizeWidth + GAP + valueWidth : Math.max(sizeWidth, valueWidth);
  const x = Math.max(0, Math.min(start, width - needed));
  const middle = LINE / 2;
  const squares = SQUARES.map((square) => ({ x: x + square.x, y: middle, side: square.side }));
  const sizeText = { x: x + SQUARES_WIDTH, y: middle, text: sizeLabel };
  if (!shaded) return { height: LINE, squares, steps: [], texts: [sizeText] };
  const valueX = isOneLine ? x + sizeWidth + GAP : x;
  const y = isOneLine ? middle : middle + LINE;
  const rampX = valueX + lowWidth;
  return {
    height: isOneLine ? LINE : 2 * LINE,
    squares,
    steps: Array.from({ length: RAMP_STEPS }, (_, step) => ({ x: rampX + step * SWATCH_WIDTH, y, step })),
    texts: [
      sizeText,
      { x: valueX, y, text: low },
      { x: rampX + ramp + 6, y, text: high },
      { x: rampX + ramp + highWidth + 4, y, text: valueLabel },
    ],
  };
}
