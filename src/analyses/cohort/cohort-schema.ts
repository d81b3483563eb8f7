import * as v from 'valibot';
import {
  CLOCKS,
  COHORT_GRAINS,
  COHORT_KEYS,
  CRITERIA,
  MEASURES,
  MOST_BRACKETS,
  validateCohort,
  type CohortParams,
} from './cohort-params';

/** The parameters of cohorts as they come back from a recipe: their form and everything that validateCohort asks. */
export const cohortParamsSchema: v.GenericSchema<unknown, CohortParams> = v.pipe(
  v.object({
    by: v.picklist(COHORT_KEYS),
    cohortGrain: v.picklist(COHORT_GRAINS),
    grain: v.picklist(COHORT_GRAINS),
    clock: v.picklist(CLOCKS),
    criterion: v.picklist(CRITERIA),
    brackets: v.pipe(v.array(v.object({ fromDay: v.number(), toDay: v.number() })), v.maxLength(MOST_BRACKETS)),
    measure: v.picklist(MEASURES),
    display: v.picklist(['share', 'number']),
    reference: v.picklist(['first', 'previous']),
    mean: v.picklist(['weighted', 'simple']),
    equalMaturity: v.boolean(),
    horizon: v.nullable(v.number()),
    acquisitionCost: v.nullable(v.number()),
  }),
  v.check((params) => validateCohort(params).length === 0, 'invalid parameters of cohorts'),
);
