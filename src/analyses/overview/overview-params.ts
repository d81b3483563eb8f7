import { SALE_LABELS } from '../../ingest/sale-tables/sale-tables';
import type { Mistake } from '../analysis';
import { DEFAULT_PERIODS, periodMistakes, type PeriodChoice } from '../periods';

/** The figures of a period, in the order of the page. */
export const MEASURES = [
  'revenue',
  'customers',
  'orders',
  'orderValue',
  'itemsPerOrder',
  'repeatRate',
  'identifiedShare',
] as const;
export type Measure = (typeof MEASURES)[number];

/** What revenue is told apart by: a label of the lines, or the city a customer lives in. */
export const BREAKDOWNS = [...SALE_LABELS, 'customerCity'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

export interface OverviewParams {
  readonly periods: PeriodChoice;
  /** What is drawn over time. */
  readonly measure: Measure;
  /** Null = the first one that the data has. */
  readonly breakdown: Breakdown | null;
}

export const OVERVIEW_DEFAULTS: OverviewParams = { periods: DEFAULT_PERIODS, measure: 'revenue', breakdown: null };

export function validateOverview({ periods }: OverviewParams): readonly Mistake[] {
  return periodMistakes(periods);
}
