import { max, min } from 'd3';
import { estimateTextWidth, widestText } from './text-fit';

/** A level, or a step from the level before it; all in one unit. */
export interface WaterfallItem {
  readonly key: string;
  readonly label: string;
  readonly kind: 'total' | 'step';
  /** Of a total the level itself, of a step how far it goes up or down. */
  readonly value: number;
  readonly color?: string | undefined;
  /** More about it, for the tooltip. */
  readonly detail?: readonly { readonly label: string; readonly value: string }[] | undefined;
  /** False where nothing stands behind it that could be opened. */
  readonly opens?: boolean | undefined;
}

export interface WaterfallBar {
  readonly y: number;
  readonly x: number;
  readonly width: number;
  /** Where the level stands after it. */
  readonly endX: number;
  /** Where its value is printed. */
  readonly valueX: number;
}

export interface WaterfallLayout {
  readonly labelWidth: number;
  readonly rowHeight: number;
  readonly height: number;
  /** The value at the left edge of the bars, in place of zero where `isCut`. */
  readonly low: number;
  readonly isCut: boolean;
  readonly zeroX: number;
  /** One an item. */
  readonly bars: readonly WaterfallBar[];
}

export const WATERFALL_ROW = 30;
const LABEL_GAP = 10;
const FONT = 12;
/** Steps that take less than this share of the whole length would be too short to be told apart. */
const LEAST_SHARE = 0.25;

/**
 * Lays out a waterfall of one row an item in `width` pixels. The axis begins at zero, or below it where a level is lower; where all
 * levels lie close together far above zero it is cut, so that the steps can be seen, with a sixth of their range to spare.
 * Labels take what they need up to 40 % of the width. A missing value is a step of zero.
 */
export function layoutWaterfall(
  items: readonly WaterfallItem[],
  width: number,
  format: (item: WaterfallItem) => string,
): WaterfallLayout {
  const spans = spansOf(items);
  const levels = spans.flatMap(({ from, to, isTotal }) => (isTotal ? [to] : [from, to]));
  const lowest = min(levels) ?? 0;
  const highest = max(levels) ?? 0;
  const range = highest - lowest;
  const isCut = lowest > 0 && range > 0 && range < LEAST_SHARE * highest;
  const low = isCut ? lowest - range / 6 : Math.min(0, lowest);
  const high = Math.max(0, highest);
  const labelWidth = Math.min(
    widestText(
      items.map(({ label }) => label),
      FONT,
    ) + 2,
    width * 0.4,
  );
  const values = max(items, (item) => estimateTextWidth(format(item), FONT)) ?? 0;
  const start = labelWidth + LABEL_GAP;
  const room = Math.max(8, width - start - values - 8);
  const toX = (value: number): number => start + (high > low ? ((value - low) / (high - low)) * room : 0);
  return {
    labelWidth,
    rowHeight: WATERFALL_ROW,
    height: items.length * WATERFALL_ROW,
    low,
    isCut,
    zeroX: toX(isCut ? low : 0),
    bars: spans.map(({ from, to, isTotal }, row) => {
      const begin = toX(isTotal && isCut ? low : from);
      const end = toX(to);
      return {
        y: row * WATERFALL_ROW,
        x: Math.min(begin, end),
        width: Math.abs(end - begin),
        endX: end,
        valueX: Math.max(begin, end) + 6,
      };
    }),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

/** From which level to which each item goes; totals from zero. */
function spansOf(items: readonly WaterfallItem[]): readonly Span[] {
  const spans: Span[] = [];
  let level = 0;
  for (const { kind, value } of items) {
    const amount = Number.isFinite(value) ? value : 0;
    const to = kind === 'total' ? amount : level + amount;
    spans.push({ from: kind === 'total' ? 0 : level, to, isTotal: kind === 'total' });
    level = to;
  }
  return spans;
}
