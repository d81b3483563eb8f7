import { quantileSorted } from 'd3';
import { RAMP_STEPS } from './colors';
import type { TipLine } from './marks';
import { widestText } from './text-fit';

/** One field of a heat map. */
export interface HeatCell {
  readonly key: string;
  readonly row: number;
  readonly column: number;
  /** Null = nothing is known; drawn empty. */
  readonly value: number | null;
  /** What it is, for the tooltip. */
  readonly title: string;
  /** Lines of the tooltip after that of the value. */
  readonly lines?: readonly TipLine[] | undefined;
  /** Stands out by a frame: strong in the accent, weak in ink. */
  readonly mark?: 'strong' | 'weak' | undefined;
}

/** Fields in rows and columns, e.g. a year of days. All blocks of a map have the same rows. */
export interface HeatBlock {
  readonly key: string;
  /** Stands above it; '' takes no room. */
  readonly title: string;
  readonly columns: number;
  readonly columnLabels: readonly { readonly column: number; readonly label: string }[];
  readonly cells: readonly HeatCell[];
}

export interface HeatBlocksLayout {
  readonly labelWidth: number;
  /** The side of a field with its gap, pixels. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Where the fields of each block begin. */
  readonly tops: readonly number[];
  readonly width: number;
  readonly height: number;
}

const FONT = 11;
const TITLE_HEIGHT = 22;
const LABELS_HEIGHT = 18;
const BLOCK_GAP = 10;
const LEAST_CELL = 12;
const MOST_CELL = 42;

/** Sizes the blocks for `room` pixels; fields are at least 12 px wide, then the map is wider than its room. */
export function layoutHeatBlocks(
  blocks: readonly HeatBlock[],
  rowLabels: readonly string[],
  room: number,
): HeatBlocksLayout {
  const labelWidth = widestText(rowLabels, FONT) + 8;
  const columns = Math.max(1, ...blocks.map((block) => block.columns));
  const cellWidth = Math.max(LEAST_CELL, Math.min(MOST_CELL, (room - labelWidth) / columns));
  const cellHeight = Math.min(26, Math.max(15, cellWidth));
  let y = 0;
  const tops = blocks.map(({ title }) => {
    const top = y + (title === '' ? 0 : TITLE_HEIGHT) + LABELS_HEIGHT;
    y = top + rowLabels.length * cellHeight + BLOCK_GAP;
    return top;
  });
  return { labelWidth, cellWidth, cellHeight, tops, width: labelWidth + columns * cellWidth, height: y };
}

/**
 * The values from which each darker shade begins: fifths of the values above zero, so that one great day does not
 * leave all others pale. Ascending; fewer than four where values coincide.
 */
export function shadeLimits(values: readonly (number | null)[]): readonly number[] {
  const sorted = values.filter((value): value is number => value !== null && value > 0).sort((a, b) => a - b);
  const limits = Array.from({ length: RAMP_STEPS - 1 }, (_, i) => quantileSorted(sorted, (i + 1) / RAMP_STEPS));
  return [...new Set(limits.filter((limit): limit is number => limit !== undefined))];
}

/** The ramp step 0..4 of a value. */
export function shadeOf(value: number, limits: readonly number[]): number {
  return limits.filter((limit) => value > limit).length;
}
