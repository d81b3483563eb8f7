import { max } from 'd3';
import { estimateTextWidth, widestText } from './text-fit';

/** One category with its bars. Values are in the same unit, usually shares 0..1; not negative. */
export interface BarRow {
  readonly key: string;
  readonly label: string;
  readonly color?: string | undefined;
  readonly first: number;
  readonly second?: number | undefined;
  /** A short remark at the right edge, e.g. the change since another date. */
  readonly note?: string | undefined;
}

export interface BarRowsLayout {
  /** Pixels kept for labels on the left. */
  readonly labelWidth: number;
  /** Pixels kept for notes at the right edge. */
  readonly noteWidth: number;
  readonly rowHeight: number;
  readonly height: number;
  readonly rows: readonly { readonly y: number; readonly firstWidth: number; readonly secondWidth: number }[];
}

const LABEL_GAP = 10;
const FONT = 12;

/**
 * Lays out paired bars in `width` pixels: labels take what they need up to 40 % of the width, the
 * longest bar with its value label fills the rest. Bars start at zero; missing values have width 0.
 */
export function layoutBarRows(
  rows: readonly BarRow[],
  width: number,
  format: (value: number) => string,
): BarRowsLayout {
  const paired = rows.some((row) => row.second !== undefined);
  const rowHeight = paired ? 34 : 28;
  const labelWidth = Math.min(
    widestText(
      rows.map((row) => row.label),
      FONT,
    ) + 2,
    width * 0.4,
  );
  const noteWidth = widestText(
    rows.map((row) => row.note ?? ''),
    FONT,
  );
  const most = max(rows, (row) => Math.max(row.first, row.second ?? 0)) ?? 0;
  const valueWidth = max(rows, (row) =>
    Math.max(
      estimateTextWidth(format(row.first), FONT),
      row.second === undefined ? 0 : estimateTextWidth(format(row.second), FONT),
    ),
  );
  const room = Math.max(
    8,
    width - labelWidth - LABEL_GAP - (valueWidth ?? 0) - 8 - (noteWidth === 0 ? 0 : noteWidth + 12),
  );
  const scale = (value: number): number =>
    most > 0 && Number.isFinite(value) ? (Math.max(0, value) / most) * room : 0;
  return {
    labelWidth,
    noteWidth,
    rowHeight,
    height: rows.length * rowHeight,
    rows: rows.map((row, index) => ({
      y: index * rowHeight,
      firstWidth: scale(row.first),
      secondWidth: row.second === undefined ? 0 : scale(row.second),
    })),
  };
}
