import { describe, expect, it } from 'vitest';
import type { Cohort, CohortResult } from '../../../../src/analyses/cohort/cohort';
import { COHORT_DEFAULTS, type CohortParams } from '../../../../src/analyses/cohort/cohort-params';
import { layTriangle } from '../../../../src/analyses/cohort/triangle';
import { judgeCohorts } from '../../../../src/analyses/cohort/verdict';
import { sql } from '../../../../src/core/sql';

const month = (number: number, facts: Partial<Cohort> & Pick<Cohort, 'active' | 'age'>): Cohort => ({
  number,
  name: { kind: 'time', start: `2024-${String(number).padStart(2, '0')}-01` },
  customers: facts.active[0] ?? 0,
  orders: [],
  revenue: [],
  returned: 0,
  ...facts,
});

function resultOf(
  cohorts: readonly Cohort[],
  params: Partial<CohortParams> = {},
  more: Partial<CohortResult> = {},
): CohortResult {
  return {
    scope: { asOf: '2024-05-01', from: null, audience: null },
    params: { ...COHORT_DEFAULTS, ...params },
    population: { customers: 0, orders: 0, revenue: 0, revenueOfAll: 0, identifiedShare: 1 },
    cohorts,
    horizon: null,
    tooYoung: 0,
    earlier: 0,
    returnSteps: 2,
    missing: null,
    statements: { cohorts: sql``, population: sql`` },
    ...more,
  };
}

const values = (result: CohortResult): readonly (readonly (number | null)[])[] =>
  layTriangle(result).rows.map(({ cells }) => cells.map((cell) => cell?.value ?? null));
const means = (result: CohortResult): readonly (number | null)[] =>
  layTriangle(result).means.map((mean) => mean?.value ?? null);

/** 100 customers of January, 20 of February, whose March is not over, and 10 of March. */
const three = [
  month(1, { active: [100, 40, 30, 5], age: 3, returned: 55 }),
  month(2, { active: [20, 2, 1], age: 2, returned: 3 }),
  month(3, { active: [10, 0], age: 1, returned: 0 }),
];

describe('the triangle', () => {
  it('gives shares of the first period, and nothing where a period has not begun', () => {
    expect(values(resultOf(three))).toEqual([
      [1, 0.4, 0.3, 0.05],
      [1, 0.1, 0.05, null],
      [1, 0, null, null],
    ]);
    expect(layTriangle(resultOf(three)).rows.map(({ cells }) => cells.map((cell) => cell?.complete ?? null))).toEqual([
      [true, true, true, false],
      [true, true, false, null],
      [true, false, null, null],
    ]);
  });

  it('gives shares of the period before, which need not be shares of the same people, and so have no interval', () => {
    const shown = layTriangle(resultOf(three, { reference: 'previous' }));
    expect(shown.rows[0]?.cells.map((cell) => cell?.value)).toEqual([1, 0.4, 0.75, 5 / 30]);
    expect(shown.rows[2]?.cells[1]?.value).toBe(0);
    expect(shown.rows.flatMap(({ cells }) => cells).every((cell) => cell === null || cell.interval === null)).toBe(
      true,
    );
    const later = layTriangle(resultOf(three, { reference: 'previous', criterion: 'on-or-after' }));
    // Wilson for 30 of 40, from the roots of (p - 0.75)^2 = z^2 p (1 - p) / 40.
    expect(later.rows[0]?.cells[2]?.interval?.low).toBeCloseTo(0.5981, 4);
    expect(later.rows[0]?.cells[2]?.interval?.high).toBeCloseTo(0.8581, 4);
  });

  it('leaves what is not over out of the mean, weighted by customers or by cohorts', () => {
    expect(means(resultOf(three))).toEqual([1, 42 / 120, 30 / 100, null]);
    expect(means(resultOf(three, { mean: 'simple' }))).toEqual([1, 0.25, 0.3, null]);
    // Plain numbers: (100 * 40 + 20 * 2) / 120.
    expect(means(resultOf(three, { display: 'number' }))[1]).toBeCloseTo(4040 / 120, 12);
    expect(means(resultOf(three, { display: 'number', mean: 'simple' }))[1]).toBe(21);
  });

  it('cuts to the age of the youngest cohort with a whole period after its first, or to the one asked for', () => {
    const equal = layTriangle(resultOf(three, { equalMaturity: true }));
    expect([equal.steps, equal.rows.length, equal.tooYoung, equal.horizon]).toEqual([[0, 1], 2, 1, 1]);
    expect(equal.rows.every(({ cells }) => cells.every((cell) => cell?.complete === true))).toBe(true);
    const asked = layTriangle(resultOf(three, { equalMaturity: true, horizon: 2 }));
    expect([asked.steps, asked.rows.length, asked.tooYoung]).toEqual([[0, 1, 2], 1, 2]);
  });

  it('takes the last bracket for the age to compare at', () => {
    const brackets = [
      { fromDay: 1, toDay: 7 },
      { fromDay: 9, toDay: 30 },
    ];
    const shown = layTriangle(
      resultOf([month(1, { active: [9, 4, 3, 2, 1], age: 4 }), month(2, { active: [9, 4, 3, 2], age: 3 })], {
        criterion: 'brackets',
        brackets,
        equalMaturity: true,
        horizon: 1,
      }),
    );
    // Days 0, 1-7, 8 (a gap), 9-30: the fourth of them is over for January only.
    expect([shown.steps, shown.rows.length, shown.tooYoung, shown.horizon]).toEqual([[0, 1, 3], 1, 1, 3]);
  });

  it('keeps groups that were cut in the engine, up to the last step that is over for all', () => {
    const groups = three.map((cohort) => ({
      ...cohort,
      name: { kind: 'value', value: String(cohort.number) } as const,
      age: 2,
    }));
    const shown = layTriangle(resultOf(groups, { by: 'gender' }, { horizon: 1 }));
    expect([shown.steps, shown.rows.length, shown.tooYoung]).toEqual([[0, 1], 3, 0]);
  });

  it('sums revenue per head exactly, over gaps between brackets too, and finds when it has paid the cost', () => {
    const params = { measure: 'value', criterion: 'brackets', acquisitionCost: 4.5 } as const;
    const brackets = [
      { fromDay: 2, toDay: 7 },
      { fromDay: 8, toDay: 30 },
    ];
    // Days 0, 1 (a gap), 2-7, 8-30, and what comes after.
    const one = month(1, {
      active: [2, 1, 1, 1, 1],
      age: 4,
      orders: [2, 1, 1, 1, 1],
      revenue: [0.1, 0.2, 8.1, 0.6, 99],
    });
    const shown = layTriangle(resultOf([one], { ...params, brackets }));
    expect(shown.steps).toEqual([0, 2, 3]);
    expect(shown.rows[0]?.cells.map((cell) => cell?.value)).toEqual([0.05, 4.2, 4.5]);
    expect([shown.rows[0]?.paidBackAt, shown.meanPaidBackAt]).toEqual([3, 3]);
    expect(layTriangle(resultOf([one], { ...params, brackets, acquisitionCost: 4.51 })).rows[0]?.paidBackAt).toBeNull();
    expect(layTriangle(resultOf([one], { ...params, brackets, acquisitionCost: null })).rows[0]?.paidBackAt).toBeNull();
  });

  it('has no share of no revenue, and leaves it out of the mean', () => {
    const params = { measure: 'revenue' } as const;
    const free = month(1, { active: [5, 1], age: 2, orders: [5, 1], revenue: [0, 7] });
    const paid = month(2, { active: [5, 1], age: 2, orders: [5, 1], revenue: [10, 5] });
    expect(values(resultOf([free, paid], params))).toEqual([
      [Number.NaN, Number.NaN],
      [1, 0.5],
    ]);
    expect(means(resultOf([free, paid], params))).toEqual([1, 0.5]);
  });

  it('is empty without cohorts', () => {
    expect(layTriangle(resultOf([]))).toMatchObject({ steps: [], rows: [], means: [] });
    expect(layTriangle(resultOf([], { equalMaturity: true })).steps).toEqual([]);
  });
});

describe('the verdict', () => {
  it('counts who came back among the cohorts that are old enough', () => {
    expect(judgeCohorts(resultOf(three))).toMatchObject({
      customers: 100,
      returned: 55,
      share: 0.55,
      best: null,
      trend: null,
    });
    expect(judgeCohorts(resultOf(three, {}, { returnSteps: 1 }))).toMatchObject({ customers: 120, returned: 58 });
    expect(judgeCohorts(resultOf(three, {}, { returnSteps: 3 }))).toBeNull();
  });

  it('names the best and the weakest of the cohorts that are large enough', () => {
    const cohorts = [
      month(1, { active: [100], age: 9, returned: 50 }),
      month(2, { active: [29], age: 9, returned: 29 }),
      month(3, { active: [30], age: 9, returned: 3 }),
    ];
    const facts = judgeCohorts(resultOf(cohorts));
    expect([facts?.best?.cohort.number, facts?.best?.share, facts?.worst?.cohort.number, facts?.worst?.share]).toEqual([
      1, 0.5, 3, 0.1,
    ]);
  });

  it('calls a trend only what is more than chance, from the oldest and the youngest third', () => {
    const series = (shares: readonly number[], customers: number): CohortResult =>
      resultOf(shares.map((share, i) => month(i + 1, { active: [customers], age: 9, returned: share * customers })));
    expect(judgeCohorts(series([0.2, 0.2, 0.5, 0.9, 0.4, 0.4], 1000))?.trend).toEqual({
      direction: 'up',
      before: 0.2,
      now: 0.4,
    });
    expect(judgeCohorts(series([0.4, 0.4, 0.5, 0.9, 0.2, 0.2], 1000))?.trend?.direction).toBe('down');
    expect(judgeCohorts(series([0.2, 0.2, 0.5, 0.9, 0.4, 0.4], 10))?.trend?.direction).toBe('level');
    expect(judgeCohorts(series([0.2, 0.5, 0.4], 1000))?.trend).toBeNull();
  });

  it('asks for the next period of cohorts of every period', () => {
    const cohorts = three.map((cohort) => ({ ...cohort, returned: null }));
    expect(judgeCohorts(resultOf(cohorts, { by: 'active' }))).toMatchObject({ customers: 120, returned: 42 });
  });
});
