import { extent, line } from 'd3';

/**
 * A path through the values, spread evenly over `width`, lowest at the bottom; null breaks the line. All
 * equal values run through the middle. Returns the path and the last point, null without any value.
 */
export function layoutSparkline(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { path: string; end: { x: number; y: number } | null } {
  const [low = 0, high = 0] = extent(values, (value) => value ?? undefined);
  const toX = (index: number): number => (values.length > 1 ? (index / (values.length - 1)) * width : width);
  const toY = (value: number): number => (high > low ? height - ((value - low) / (high - low)) * height : height / 2);
  const draw = line<number | null>(
    (_, index) => toX(index),
    (value) => toY(value ?? 0),
  )
    .defined((value) => value !== null)
    .digits(2);
  const lastIndex = values.findLastIndex((value) => value !== null);
  const last = values[lastIndex];
  return {
    path: draw(values) ?? '',
    end: last === null || last === undefined ? null : { x: toX(lastIndex), y: toY(last) },
  };
}
