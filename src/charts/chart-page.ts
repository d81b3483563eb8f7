import { getContext, setContext } from 'svelte';
import type { ChartTable } from './chart-table';

const PINS = Symbol('chart-pins');
const PLACE = Symbol('chart-place');

/** How the charts of a page get on the dashboard. */
export interface ChartPins {
  /** True when the chart is on it as it is here. */
  isPinned(chartId: string): boolean;
  /** False when it cannot be pinned as it is here. */
  pin(chartId: string): boolean;
}

/** What a chart shows at the moment, for a report. */
export interface ShownChart {
  readonly title: string;
  readonly subtitle: string | undefined;
  /** What the chart says, in words. */
  readonly summary: string;
  readonly table: ChartTable;
  /** null while the numbers are shown as a table, or where the chart draws without SVG. */
  readonly drawing: SVGSVGElement | null;
}

/** The place on a page that a person composed: what they call the chart, and who asks what it shows. */
export interface ChartPlace {
  /** '' = as the chart calls itself. */
  readonly title: string;
  /** Hears of the chart that stands here, and returns the way to take it away again. */
  hold(shown: () => ShownChart): () => void;
}

/** Lets every chart below be pinned. */
export function setChartPins(pins: ChartPins): void {
  setContext(PINS, pins);
}

/** Undefined where there is no dashboard to pin to. */
export function getChartPins(): ChartPins | undefined {
  return getContext<ChartPins | undefined>(PINS);
}

/** Makes what is below stand at the place. */
export function setChartPlace(place: ChartPlace): void {
  setContext(PLACE, place);
}

/** Undefined on the page of an analysis. */
export function getChartPlace(): ChartPlace | undefined {
  return getContext<ChartPlace | undefined>(PLACE);
}
