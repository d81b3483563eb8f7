import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  COHORT_DEFAULTS,
  readsAlike,
  segmentsOf,
  validateCohort,
  type Bracket,
} from '../../../../src/analyses/cohort/cohort-params';
import { cohortParamsSchema } from '../../../../src/analyses/cohort/cohort-schema';

const withBrackets = (...days: readonly (readonly [number, number])[]): readonly Bracket[] =>
  days.map(([fromDay, toDay]) => ({ fromDay, toDay }));

describe('the parameters of cohorts', () => {
  it.each([
    ['bracket-count', { brackets: [] }],
    ['bracket-days', { brackets: withBrackets([0, 7]) }],
    ['bracket-days', { brackets: withBrackets([1, 7.5]) }],
    ['bracket-order', { brackets: withBrackets([7, 1]) }],
    ['bracket-order', { brackets: withBrackets([1, 7], [7, 9]) }],
    ['bracket-order', { brackets: withBrackets([8, 9], [1, 7]) }],
    ['horizon-mistake', { horizon: 0 }],
    ['horizon-mistake', { horizon: 1.5 }],
    ['acquisition-cost', { acquisitionCost: 0 }],
    ['acquisition-cost', { acquisitionCost: Number.POSITIVE_INFINITY }],
  ])('refuse %s: %j', (message, change) => {
    const params = { ...COHORT_DEFAULTS, ...change };
    expect(validateCohort(params).map((mistake) => mistake.message)).toEqual([message]);
    expect(v.safeParse(cohortParamsSchema, params).success).toBe(false);
  });

  it('come back from a recipe as they went in', () => {
    const params = {
      ...COHORT_DEFAULTS,
      by: 'first-brand',
      brackets: withBrackets([1, 1], [5, 9]),
      acquisitionCost: 12.5,
    };
    expect(v.parse(cohortParamsSchema, JSON.parse(JSON.stringify(params)))).toEqual(params);
    expect(v.safeParse(cohortParamsSchema, { ...params, by: 'shoe size' }).success).toBe(false);
  });

  it('cut every day after the first purchase into one segment', () => {
    expect(segmentsOf(withBrackets([1, 7], [8, 8], [31, 90]))).toEqual([
      { fromDay: 0, toDay: 0, shown: true },
      { fromDay: 1, toDay: 7, shown: true },
      { fromDay: 8, toDay: 8, shown: true },
      { fromDay: 9, toDay: 30, shown: false },
      { fromDay: 31, toDay: 90, shown: true },
      { fromDay: 91, toDay: Number.POSITIVE_INFINITY, shown: false },
    ]);
  });

  it('read the same numbers for another mean, reference or cost, and others for another grain', () => {
    const key = readsAlike(COHORT_DEFAULTS);
    expect(
      readsAlike({
        ...COHORT_DEFAULTS,
        mean: 'simple',
        reference: 'previous',
        display: 'number',
        acquisitionCost: 9,
        equalMaturity: true,
        horizon: 3,
      }),
    ).toBe(key);
    expect(readsAlike({ ...COHORT_DEFAULTS, brackets: withBrackets([1, 2]) })).toBe(key);
    const others = [
      { grain: 'week' },
      { cohortGrain: 'week' },
      { criterion: 'on-or-after' },
      { measure: 'orders' },
      { by: 'active' },
      { clock: 'rolling' },
    ] as const;
    expect(new Set([key, ...others.map((change) => readsAlike({ ...COHORT_DEFAULTS, ...change }))]).size).toBe(7);
    expect(readsAlike({ ...COHORT_DEFAULTS, measure: 'orders' })).toBe(
      readsAlike({ ...COHORT_DEFAULTS, measure: 'value' }),
    );
    expect(readsAlike({ ...COHORT_DEFAULTS, by: 'gender', horizon: 3 })).not.toBe(
      readsAlike({ ...COHORT_DEFAULTS, by: 'gender' }),
    );
  });
});
