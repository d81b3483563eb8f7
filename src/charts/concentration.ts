import { area, line, max, min, scaleLinear, type ScaleLinear } from 'd3';

/** How much the first `x` of all (0..1, largest first) bring together, as a share of the whole. */
export interface CurvePoint {
  readonly x: number;
  /** Above 1 on the way where some of the later ones bring less than nothing. */
  readonly y: number;
}

export interface ConcentrationLayout {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** The curve as an SVG path. */
  readonly curve: string;
  /** The diagonal on which everybody brings the same. */
  readonly equality: string;
  /** What lies under the curve between the cuts: cuts.length + 1 of them, from the left. */
  readonly areas: readonly CurveArea[];
  /** Where each cut meets the curve. */
  readonly crossings: readonly { readonly x: number; readonly y: number }[];
}

export interface CurveArea {
  readonly path: string;
  readonly left: number;
  readonly width: number;
}

/** The height of the curve at `x`, linear between its points; NaN without any. `points` ascend in x. */
export function shareAt(points: readonly CurvePoint[], x: number): number {
  const after = points.findIndex((point) => point.x >= x);
  const next = points[after];
  if (next === undefined) return points.at(-1)?.y ?? Number.NaN;
  const before = points[after - 1];
  if (before === undefined || next.x === x) return next.y;
  return before.y + ((x - before.x) / (next.x - before.x)) * (next.y - before.y);
}

/**
 * A concentration curve in `width` x `height` pixels: the cumulative share against the share of those who
 * bring it. Both axes reach from 0 to 1, the upright one further where the curve does.
 */
export function layoutConcentration(
  points: readonly CurvePoint[],
  cuts: readonly number[],
  width: number,
  height: number,
): ConcentrationLayout {
  const x = scaleLinear([0, 1], [0, width]);
  const lowest = Math.min(0, min(points, (point) => point.y) ?? 0);
  const highest = Math.max(1, max(points, (point) => point.y) ?? 1);
  const y = scaleLinear([lowest, highest], [height, 0]);
  const drawCurve = line<CurvePoint>(
    (point) => x(point.x),
    (point) => y(point.y),
  );
  const drawArea = area<CurvePoint>(
    (point) => x(point.x),
    y(0),
    (point) => y(point.y),
  );
  const edges = [0, ...cuts, 1];
  const ends = edges.map((edge) => ({ x: edge, y: shareAt(points, edge) }));
  const areas = ends.slice(0, -1).map((start, index) => {
    const end = ends[index + 1] ?? start;
    const between = points.filter((point) => point.x > start.x && point.x < end.x);
    return {
      path: drawArea([start, ...between, end]) ?? '',
      left: x(start.x),
      width: x(end.x) - x(start.x),
    };
  });
  return {
    x,
    y,
    curve: drawCurve(points) ?? '',
    equality:
      drawCurve([
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ]) ?? '',
    areas,
    crossings: ends.slice(1, -1).map((end) => ({ x: x(end.x), y: y(end.y) })),
  };
}
