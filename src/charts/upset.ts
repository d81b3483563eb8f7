import { max } from 'd3';
import { estimateTextWidth, widestText } from './text-fit';

/** One exact combination of sets: bit i of `mask` is set i. */
export interface UpSetRow {
  readonly key: string;
  readonly mask: number;
  /** What the combination is called, e.g. "tea and cups". */
  readonly label: string;
  /** Not negative. */
  readonly value: number;
  /** Printed after the value, e.g. the share of money. */
  readonly note?: string | undefined;
}

export interface UpSetLayout {
  /** Centre of each set's column of dots. */
  readonly columns: readonly number[];
  /** Pixels above the first row, for the names of the sets. */
  readonly headHeight: number;
  readonly rowHeight: number;
  /** Where the bars begin. */
  readonly barStart: number;
  readonly height: number;
  readonly rows: readonly {
    /** Top of the row. */
    readonly y: number;
    readonly barWidth: number;
    /** First and last dot that are joined by a line; null where fewer than two are set. */
    readonly link: readonly [number, number] | null;
  }[];
}

const FONT = 12;
const COLUMN = 24;
const ROW = 28;
/** Names are turned by this angle and at most this long. */
export const UPSET_TURN = 45;
export const UPSET_NAME_LENGTH = 110;
const RISE = Math.SQRT1_2;

/** True where set `index` is in the combination. */
export function isInMask(mask: number, index: number): boolean {
  return ((mask >> index) & 1) === 1;
}

/** Rows of dots, a column a set, with a bar for each; the longest bar and the text after it fill `width`. */
export function layoutUpSet(
  names: readonly string[],
  rows: readonly UpSetRow[],
  width: number,
  format: (value: number) => string,
): UpSetLayout {
  const columns = names.map((_, index) => COLUMN * (index + 0.5));
  const longest = Math.min(UPSET_NAME_LENGTH, widestText(names, FONT));
  const headHeight = Math.ceil(longest * RISE) + 16;
  const barStart = names.length * COLUMN + 12;
  const textWidth = max(rows, (row) => estimateTextWidth(barText(row, format), FONT)) ?? 0;
  const room = Math.max(8, width - barStart - textWidth - 8);
  const most = max(rows, (row) => row.value) ?? 0;
  return {
    columns,
    headHeight,
    rowHeight: ROW,
    barStart,
    height: headHeight + rows.length * ROW,
    rows: rows.map((row, index) => {
      const inside = columns.filter((_, set) => isInMask(row.mask, set));
      const [first, last] = [inside[0], inside.at(-1)];
      return {
        y: headHeight + index * ROW,
        barWidth: most > 0 ? (row.value / most) * room : 0,
        link: inside.length < 2 || first === undefined || last === undefined ? null : [first, last],
      };
    }),
  };
}

/** What stands after a bar. */
export function barText(row: UpSetRow, format: (value: number) => string): string {
  return row.note === undefined ? format(row.value) : `${format(row.value)} · ${row.note}`;
}
