import { max } from 'd3';

/** What a bin counts: of everything, and of what is left. */
export interface BrushBin {
  readonly all: number;
  readonly left: number;
}

/** Bins from `from` up to, not including, `to`. */
export type BinRange = readonly [from: number, to: number];

/** Pixels of one bar's two layers; y from the top of the plot. */
export interface LayeredBar {
  readonly x: number;
  readonly width: number;
  readonly allHeight: number;
  readonly leftHeight: number;
}

export interface BrushPlot {
  /** Pixels of a bin; every bin is as wide as the next, whatever values it spans. */
  readonly step: number;
  readonly bars: readonly LayeredBar[];
  /** The bar that stands apart, for what has no value. */
  readonly apart: LayeredBar | null;
}

/** Space before the bar that stands apart, and its least width: a finger's. */
const APART_GAP = 14;
const APART_WIDTH = 24;

/** The bars of a plot, the highest of either layer as high as the plot; sums below zero have no height. */
export function layoutBrush(
  bins: readonly BrushBin[],
  apart: BrushBin | null,
  width: number,
  height: number,
): BrushPlot {
  const reserved = apart === null ? 0 : APART_GAP + APART_WIDTH;
  const step = bins.length === 0 ? 0 : Math.max(1, width - reserved) / bins.length;
  const most = greatest(apart === null ? bins : [...bins, apart]);
  const bar = ({ all, left }: BrushBin, x: number, barWidth: number): LayeredBar => ({
    x,
    width: barWidth,
    allHeight: shareOf(all, most) * height,
    leftHeight: shareOf(left, most) * height,
  });
  return {
    step,
    bars: bins.map((bin, place) => bar(bin, place * step, step)),
    apart: apart === null ? null : bar(apart, width - APART_WIDTH, APART_WIDTH),
  };
}

/** The greatest number of either layer; 0 where none is above zero. */
export function greatest(bins: readonly BrushBin[]): number {
  return Math.max(0, max(bins, ({ all, left }) => Math.max(all, left)) ?? 0);
}

/** The part of `most` that a value is, 0..1; what counts anything is seen, however small. */
export function shareOf(value: number, most: number): number {
  return most > 0 && value > 0 ? Math.max(0.006, value / most) : 0;
}

/** One layer as the path of an SVG: a rectangle a bar, a pixel apart where there is room. */
export function barsPath(bars: readonly LayeredBar[], layer: 'all' | 'left', height: number): string {
  return bars
    .map(({ x, width, allHeight, leftHeight }) => {
      const tall = layer === 'all' ? allHeight : leftHeight;
      const gap = width > 4 ? 1 : 0;
      return tall === 0
        ? ''
        : `M${round(x + gap / 2)} ${round(height - tall)}h${round(width - gap)}V${round(height)}h${round(gap - width)}z`;
    })
    .join('');
}

/** The tops of the faint layer where the solid one hides them, as a path of lines. */
export function hiddenTopsPath(bars: readonly LayeredBar[], height: number): string {
  return bars
    .filter(({ allHeight, leftHeight }) => leftHeight > allHeight)
    .map(({ x, width, allHeight }) => `M${round(x)} ${round(height - allHeight)}h${round(width)}`)
    .join('');
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

export function binAt(x: number, step: number, bins: number): number {
  return clamp(Math.floor(x / step), 0, bins - 1);
}

/** How a drag changes the range: a new one, one of its edges, or the whole of it. */
export type BrushGrip = 'new' | 'from' | 'to' | 'whole';

/** Pixels beside an edge that grab the edge; on the brush's own side not more than a third of it. */
const EDGE_REACH = 9;

/** What a pointer that goes down at `x` takes hold of. */
export function gripAt(x: number, range: BinRange | null, step: number): BrushGrip {
  if (range === null) return 'new';
  const [from, to] = [range[0] * step, range[1] * step];
  const inside = Math.min(EDGE_REACH, (to - from) / 3);
  if (x >= from - EDGE_REACH && x <= from + inside) return 'from';
  if (x <= to + EDGE_REACH && x >= to - inside) return 'to';
  return x > from && x < to ? 'whole' : 'new';
}

/**
 * The range after a drag from `start` to `x` pixels: at least one bin, within the bins, and on the edges of bins.
 * @param before the range as it was when the drag began
 */
export function dragRange(
  grip: BrushGrip,
  before: BinRange | null,
  start: number,
  x: number,
  step: number,
  bins: number,
): BinRange {
  if (grip === 'new' || before === null) {
    const [a, b] = [binAt(start, step, bins), binAt(x, step, bins)];
    return [Math.min(a, b), Math.max(a, b) + 1];
  }
  const by = Math.round((x - start) / step);
  return moveRange(grip, before, by, bins);
}

/** The range with one edge, or the whole of it, moved by so many bins. */
export function moveRange(grip: 'from' | 'to' | 'whole', [from, to]: BinRange, by: number, bins: number): BinRange {
  if (grip === 'from') return [clamp(from + by, 0, to - 1), to];
  if (grip === 'to') return [from, clamp(to + by, from + 1, bins)];
  const shift = clamp(by, -from, bins - to);
  return [from + shift, to + shift];
}

/**
 * The range after a key was pressed on the slider of one edge; null = no brush any more, undefined = no such key.
 * Arrows move the edge by a bin (with Shift the whole brush), Page keys by five, Home and End as far as it goes.
 */
export function keyRange(
  key: string,
  isWhole: boolean,
  edge: 'from' | 'to',
  range: BinRange,
  bins: number,
): BinRange | null | undefined {
  if (key === 'Escape' || key === 'Delete' || key === 'Backspace') return null;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 5,
    PageDown: -5,
    Home: -bins,
    End: bins,
  };
  const by = steps[key];
  return by === undefined ? undefined : moveRange(isWhole ? 'whole' : edge, range, by, bins);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
