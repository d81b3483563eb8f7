import { max, min, scaleLinear, sum, type ScaleLinear } from 'd3';

/** What is stacked, from zero outwards in the order given. */
export interface ColumnSeries {
  readonly key: string;
  readonly label: string;
  readonly color?: string | undefined;
}

/** One place along the axis, e.g. a month. */
export interface StackedColumn {
  readonly key: string;
  /** The full name, for tooltips. */
  readonly label: string;
  /** The short name under the axis. */
  readonly tick: string;
  /** One a series; those above zero stack up, those below zero down, missing ones take no room. */
  readonly values: readonly number[];
  /** Not all of it has happened: drawn hatched. */
  readonly incomplete?: boolean | undefined;
}

/** One series in one column. */
export interface ColumnPiece {
  /** Index of the column. */
  readonly column: number;
  /** Index of the series. */
  readonly series: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Counted from the axis, below zero for what stacks up, for the arrow keys. */
  readonly row: number;
}

export interface StackedColumnsLayout {
  readonly pieces: readonly ColumnPiece[];
  readonly zeroY: number;
  readonly yTicks: readonly number[];
  readonly toY: (value: number) => number;
  /** The middle of a column. */
  readonly toX: (column: number) => number;
  /** From one column to the next. */
  readonly step: number;
}

const WIDEST = 64;

/** The ticks of the value axis: round numbers that take in zero and the largest stack on either side. */
export function columnTicks(columns: readonly StackedColumn[]): readonly number[] {
  return valueScale(columns, 1).ticks(4);
}

/** Columns side by side in a plot of width x height pixels; an empty piece is left out. */
export function layoutStackedColumns(
  columns: readonly StackedColumn[],
  width: number,
  height: number,
): StackedColumnsLayout {
  const scale = valueScale(columns, height);
  const step = columns.length === 0 ? width : width / columns.length;
  const barWidth = Math.min(WIDEST, step - Math.min(8, step * 0.24));
  const toX = (column: number): number => (column + 0.5) * step;
  const pieces = columns.flatMap(({ values }, column) => {
    let up = 0;
    let down = 0;
    let above = 0;
    let below = 0;
    return values.flatMap((value, series): readonly ColumnPiece[] => {
      if (!Number.isFinite(value) || value === 0) return [];
      const from = value > 0 ? up : down;
      const to = from + value;
      if (value > 0) up = to;
      else down = to;
      const y = scale(Math.max(from, to));
      return [
        {
          column,
          series,
          value,
          x: toX(column) - barWidth / 2,
          y,
          width: barWidth,
          height: scale(Math.min(from, to)) - y,
          row: value > 0 ? --above : ++below,
        },
      ];
    });
  });
  return { pieces, zeroY: scale(0), yTicks: scale.ticks(4), toY: (value) => scale(value), toX, step };
}

function valueScale(columns: readonly StackedColumn[], height: number): ScaleLinear<number, number> {
  const high = max(columns, ({ values }) => sum(values, (value) => Math.max(0, value))) ?? 0;
  const low = min(columns, ({ values }) => sum(values, (value) => Math.min(0, value))) ?? 0;
  return scaleLinear()
    .domain(high === low ? [0, 1] : [low, high])
    .nice(4)
    .range([height, 0]);
}
