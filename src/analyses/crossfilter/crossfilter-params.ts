import type { Mistake } from '../analysis';
import { DIMENSION_IDS, isRange, type DimensionId, type Filters } from './dimensions';

/** What the bars count. */
export const MEASURES = ['customers', 'revenue'] as const;
export type Measure = (typeof MEASURES)[number];

/** What is left drawn on the scale of everyone, or both as shares of their own sums. */
export const SCALES = ['counts', 'shares'] as const;
export type Scale = (typeof SCALES)[number];

export interface CrossfilterParams {
  /** What is brushed; a dimension that the data does not have is passed over. */
  readonly filters: Filters;
  readonly measure: Measure;
  readonly scale: Scale;
}

export const CROSSFILTER_DEFAULTS: CrossfilterParams = { filters: {}, measure: 'customers', scale: 'counts' };

/** Every mistake in the parameters: a range that ends before it begins, or limits that are no numbers. */
export function validateCrossfilter({ filters }: CrossfilterParams): readonly Mistake[] {
  return DIMENSION_IDS.flatMap((id: DimensionId): readonly Mistake[] => {
    const filter = filters[id];
    if (filter === undefined || !isRange(filter)) return [];
    const { from, to } = filter;
    const limits = [from, to].filter((limit) => limit !== null);
    const isOrdered = from === null || to === null || from < to;
    return limits.every(Number.isFinite) && isOrdered ? [] : [{ field: `filters.${id}`, message: 'range' }];
  });
}
