import { max, scaleLinear, scaleLog } from 'd3';

/** Counts of values in [from, to); the last bin includes its end. Sorted, touching. */
export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export type HistogramScale = 'linear' | 'log';

/** Value -> pixels and back. */
export interface ValueAxis {
  readonly toX: (value: number) => number;
  readonly toValue: (x: number) => number;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** A bin or the part of one between two cuts. */
export interface HistogramBar {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  /** Which group between the cuts it belongs to, 0 = below the first cut. */
  readonly group: number;
  readonly bin: HistogramBin;
}

/**
 * The horizontal axis over the bins' range. A logarithm has no place for zero: on a log axis a first bin
 * that starts at or below zero is drawn as wide as the bin after it.
 */
export function histogramAxis(bins: readonly HistogramBin[], scale: HistogramScale, width: number): ValueAxis {
  const last = bins.at(-1);
  const first = bins[0];
  if (first === undefined || last === undefined) return { toX: () => 0, toValue: () => 0, low: 0, high: 0, ticks: [] };
  const low = scale === 'log' ? positiveStart(bins) : first.from;
  const high = last.to > low ? last.to : low + 1;
  const make = scale === 'log' ? scaleLog() : scaleLinear();
  const map = make.domain([low, high]).range([0, width]).clamp(true);
  const ticks = map.ticks(Math.max(2, Math.floor(width / 70)));
  return {
    toX: (value) => map(Math.max(low, value)),
    toValue: (x) => map.invert(x),
    low,
    high,
    ticks: scale === 'log' ? plainLogTicks(ticks) : ticks,
  };
}

function positiveStart(bins: readonly HistogramBin[]): number {
  const [first, second] = bins;
  if (first === undefined) return 1;
  if (first.from > 0) return first.from;
  const ratio = second !== undefined && second.from > 0 ? second.to / second.from : 2;
  return first.to > 0 ? first.to / ratio : 1;
}

/** Of all the ticks of a log scale, those that read well: 1, 2 and 5 times a power of ten. */
function plainLogTicks(ticks: readonly number[]): number[] {
  return ticks.filter((tick) => {
    const lead = tick / 10 ** Math.floor(Math.log10(tick) + 1e-9);
    return [1, 2, 5].some((wanted) => Math.abs(lead - wanted) < 1e-6);
  });
}

/**
 * The ticks that a value can have: multiples of `step`, the smallest difference that means something (0 =
 * any). On a `discrete` axis, where a bin stands for its upper end, none stands at the lower edge.
 */
export function axisTicks(axis: Pick<ValueAxis, 'low' | 'ticks'>, step: number, discrete: boolean): number[] {
  const isMultiple = (tick: number): boolean => step <= 0 || Math.abs(tick / step - Math.round(tick / step)) < 1e-6;
  return axis.ticks.filter((tick) => isMultiple(tick) && (!discrete || tick > axis.low));
}

/** The bars in pixels; a bin through which a cut runs is split there, both parts as high as the bin. */
export function layoutHistogram(
  bins: readonly HistogramBin[],
  cuts: readonly number[],
  axis: ValueAxis,
  height: number,
): HistogramBar[] {
  const most = max(bins, (bin) => bin.count) ?? 0;
  return bins.flatMap((bin) => {
    const from = Math.max(bin.from, axis.low);
    const edges = [from, ...cuts.filter((cut) => cut > from && cut < bin.to), bin.to];
    const barHeight = most > 0 ? (bin.count / most) * height : 0;
    return edges.slice(0, -1).map((edge, index) => {
      const x = axis.toX(edge);
      const end = axis.toX(edges[index + 1] ?? edge);
      const group = cuts.filter((cut) => cut <= edge).length;
      return { x, width: end - x, y: height - barHeight, height: barHeight, group, bin };
    });
  });
}

/**
 * How many values lie between the cuts, as far as the bins can tell: a bin that a cut runs through is
 * shared in proportion to the parts. Returns cuts.length + 1 counts that sum to the bins' total.
 */
export function countsBetween(bins: readonly HistogramBin[], cuts: readonly number[]): number[] {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  for (const bin of bins) {
    const edges = [bin.from, ...cuts.filter((cut) => cut > bin.from && cut < bin.to), bin.to];
    for (let part = 0; part < edges.length - 1; part++) {
      const start = edges[part] ?? bin.from;
      const end = edges[part + 1] ?? bin.to;
      const share = bin.to > bin.from ? (end - start) / (bin.to - bin.from) : 1;
      const group = cuts.filter((cut) => cut <= start).length;
      counts[group] = (counts[group] ?? 0) + bin.count * share;
    }
  }
  return counts;
}

/**
 * The cuts after one of them moved to `value`: it stays between its neighbours and inside the axis,
 * at least `step` from each, or where it is when they leave less room than that. `step` is also what the value is rounded to (0 = not rounded).
 */
export function moveCut(
  cuts: readonly number[],
  index: number,
  value: number,
  axis: Pick<ValueAxis, 'low' | 'high'>,
  step: number,
): number[] {
  const low = index === 0 ? axis.low : (cuts[index - 1] ?? axis.low) + step;
  const high = index === cuts.length - 1 ? axis.high : (cuts[index + 1] ?? axis.high) - step;
  // Coinciding limits leave no room in between: there the cut stays.
  if (low > high) return [...cuts];
  const rounded = step > 0 ? Number((Math.round(value / step) * step).toPrecision(12)) : value;
  return cuts.map((cut, position) => (position === index ? Math.max(low, Math.min(high, rounded)) : cut));
}

/** One key press: a step, or on a log axis at least 2 % of the value, so that large values move too. */
export function keyStep(value: number, step: number, scale: HistogramScale): number {
  return scale === 'log' ? Math.max(step, Math.abs(value) * 0.02) : step;
}

const HANDLE_STEP = 26;
const HANDLE_GAP = 24;

/**
 * The heights of the limits' handles in a plot of `height` pixels: in the middle, and where they would lie
 * on one another alternately below and above it, so that each can be grabbed even where limits coincide.
 * `xs` ascending.
 */
export function handleHeights(xs: readonly number[], height: number): number[] {
  const middle = height / 2;
  const levels = Array.from({ length: 1 + 2 * Math.max(0, Math.floor((middle - 12) / HANDLE_STEP)) }, (_, index) => ({
    y: middle + Math.ceil(index / 2) * HANDLE_STEP * (index % 2 === 1 ? 1 : -1),
    end: -Infinity,
  }));
  return xs.map((x) => {
    const free = levels.find(({ end }) => x - end >= HANDLE_GAP);
    const level = free ?? levels.reduce((oldest, other) => (other.end < oldest.end ? other : oldest));
    level.end = x;
    return level.y;
  });
}
