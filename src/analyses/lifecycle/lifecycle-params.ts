import { isDay, type Day } from '../../core/dates';
import type { Mistake } from '../analysis';

/** How finely a life cycle is cut: shorter than a week, hardly anyone buys in two stretches in a row. */
export const LIFECYCLE_GRAINS = ['week', 'month', 'quarter'] as const;
export type LifecycleGrain = (typeof LIFECYCLE_GRAINS)[number];

export const LIFECYCLE_MEASURES = ['customers', 'revenue'] as const;
export type LifecycleMeasure = (typeof LIFECYCLE_MEASURES)[number];

export interface LifecycleParams {
  readonly grain: LifecycleGrain;
  readonly measure: LifecycleMeasure;
  /** First day of the period whose flow from the one before is shown; null = the last complete one. */
  readonly flowInto: Day | null;
}

export const LIFECYCLE_DEFAULTS: LifecycleParams = { grain: 'month', measure: 'customers', flowInto: null };

/** Mistakes: `flow-day`. */
export function validateLifecycle({ flowInto }: LifecycleParams): readonly Mistake[] {
  return flowInto === null || isDay(flowInto) ? [] : [{ field: 'flowInto', message: 'flow-day' }];
}
