import { extent, line, max, min, scaleLinear, scaleUtc } from 'd3';
import { spreadLabels } from './text-fit';

/** `x` is a number, or a time as wall-clock epoch milliseconds; y null = a gap. Sorted by x. */
export interface SeriesPoint {
  readonly x: number;
  readonly y: number | null;
}

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly color?: string | undefined;
  /** A forecast or a base line: drawn dashed. */
  readonly dashed?: boolean | undefined;
  readonly points: readonly SeriesPoint[];
}

export interface PlacedSeries {
  readonly series: Series;
  /** SVG path; '' without any point. */
  readonly path: string;
  /** Points that stand alone between gaps, which a path does not show. */
  readonly alone: readonly { readonly x: number; readonly y: number }[];
  readonly labelY: number;
  readonly endY: number;
}

export interface LineSeriesLayout {
  readonly toX: (x: number) => number;
  readonly toY: (y: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  /** Every x at which any series has a point, ascending. */
  readonly stops: readonly number[];
  readonly series: readonly PlacedSeries[];
}

/** What the horizontal axis counts: a time, a number, or steps of time whose ticks stand at points only. */
export type XKind = 'time' | 'number' | 'steps';

/**
 * Scales for a plot of width x height pixels. The vertical axis starts at zero unless `zero` is false or
 * a value is negative, and ends on a round number. Labels stand at the last point, 14 px apart.
 */
export function layoutLineSeries(
  all: readonly Series[],
  xKind: XKind,
  width: number,
  height: number,
  zero: boolean,
): LineSeriesLayout {
  const points = all.flatMap((series) => series.points);
  const [x0 = 0, x1 = 1] = extent(points, (point) => point.x);
  const low = min(points, (point) => point.y ?? undefined) ?? 0;
  const high = max(points, (point) => point.y ?? undefined) ?? 1;
  const bottom = zero ? Math.min(0, low) : low;
  const yScale = scaleLinear()
    .domain(bottom === high ? [bottom, bottom + 1] : [bottom, high])
    .nice(4)
    .range([height, 0]);
  const domain: [number, number] = x0 === x1 ? [x0 - 1, x1 + 1] : [x0, x1];
  const tickCount = Math.max(2, Math.floor(width / 80));
  const time = scaleUtc().domain(domain).range([0, width]);
  const plain = scaleLinear().domain(domain).range([0, width]);
  const toX = (x: number): number => plain(x);
  const stops = [...new Set(points.map((point) => point.x))].toSorted((a, b) => a - b);
  const stride = Math.max(1, Math.ceil(stops.length / tickCount));
  const xTicks = {
    time: () => time.ticks(tickCount).map(Number),
    number: () => plain.ticks(tickCount),
    steps: () => stops.filter((_, index) => index % stride === 0),
  }[xKind]();
  const placed = all.map((series) => placeSeries(series, toX, yScale));
  const labels = spreadLabels(
    placed.map((one) => one.endY),
    14,
    6,
    height,
  );
  return {
    toX,
    toY: (y) => yScale(y),
    xTicks,
    yTicks: yScale.ticks(4),
    stops,
    series: placed.map((one, index) => ({ ...one, labelY: labels[index] ?? one.endY })),
  };
}

function placeSeries(
  series: Series,
  toX: (x: number) => number,
  toY: (y: number) => number,
): Omit<PlacedSeries, 'labelY'> {
  const known = (point: SeriesPoint | undefined): boolean => point?.y !== null && point?.y !== undefined;
  const draw = line<SeriesPoint>(
    (point) => toX(point.x),
    (point) => toY(point.y ?? 0),
  )
    .defined(known)
    .digits(2);
  const alone = series.points.flatMap((point, index) =>
    point.y !== null && !known(series.points[index - 1]) && !known(series.points[index + 1])
      ? { x: toX(point.x), y: toY(point.y) }
      : [],
  );
  const last = series.points.findLast((point) => point.y !== null);
  return { series, path: draw(series.points) ?? '', alone, endY: toY(last?.y ?? 0) };
}

/** Index of the stop nearest to `x` (same unit as the stops); -1 without stops. */
export function nearestStop(stops: readonly number[], x: number): number {
  let best = -1;
  stops.forEach((stop, index) => {
    if (best === -1 || Math.abs(stop - x) < Math.abs((stops[best] ?? 0) - x)) best = index;
  });
  return best;
}
