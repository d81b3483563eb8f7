import { estimateTextWidth } from './text-fit';

export interface LegendPlace {
  readonly x: number;
  readonly y: number;
}

export interface LegendLayout<T extends readonly string[]> {
  readonly height: number;
  /** One an entry, in the order of the labels. */
  readonly places: { readonly [K in keyof T]: LegendPlace };
}

/** The width of a legend's sample and the gap to its words, pixels. */
export const LEGEND_KEY = 19;
const LINE_HEIGHT = 18;
const GAP = 16;
const FONT = 12;

/**
 * Where the entries of a legend stand in `width` pixels: on one line above the marks, which begin at
 * `start`; where that is too wide, on one line from the left edge; else on as many lines as they need.
 */
export function layoutLegend<const T extends readonly string[]>(
  labels: T,
  start: number,
  width: number,
): LegendLayout<T> {
  const entries = labels.map((label) => LEGEND_KEY + estimateTextWidth(label, FONT));
  const total = entries.reduce((sum, entry) => sum + entry, GAP * Math.max(0, entries.length - 1));
  const fits = total <= width ? total : Math.max(0, ...entries);
  const left = start + fits <= width ? start : 0;
  let x = left;
  let y = 0;
  const places = entries.map((entry) => {
    // A thousandth of a pixel forgives what binary fractions add up to.
    if (x > left && x + entry > width + 0.001) {
      x = left;
      y += LINE_HEIGHT;
    }
    const place = { x, y };
    x += entry + GAP;
    return place;
  });
  return { height: y + LINE_HEIGHT + 4, places: places as LegendLayout<T>['places'] };
}
