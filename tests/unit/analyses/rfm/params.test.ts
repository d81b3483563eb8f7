import { describe, expect, it } from 'vitest';
import { lastRanks } from '../../../../src/analyses/rfm/rank-cuts';
import { ascending } from '../../../../src/analyses/rfm/recommendation';
import { RFM_DEFAULTS, validateRfm, type RfmParams, type Scoring } from '../../../../src/analyses/rfm/rfm-params';

const check = (scoring: Scoring, more: Partial<RfmParams> = {}) =>
  validateRfm({ ...RFM_DEFAULTS, scoring, ...more }).map(({ field, message }) => `${field}: ${message}`);
const cuts = { recency: [30, 90], frequency: [1, 3], money: [10, 100] };

describe('mistakes in the parameters', () => {
  it('are none in the defaults and in ascending thresholds', () => {
    expect(validateRfm(RFM_DEFAULTS)).toEqual([]);
    expect(check({ method: 'thresholds', bins: 3, cuts })).toEqual([]);
  });

  it('name the dimension whose cuts are too few, not numbers, not ascending or too large', () => {
    expect(check({ method: 'thresholds', bins: 3, cuts: { ...cuts, recency: [30] } })).toEqual([
      'cuts.recency: cut-count',
    ]);
    expect(check({ method: 'thresholds', bins: 3, cuts: { ...cuts, frequency: [1, Number.NaN] } })).toEqual([
      'cuts.frequency: not-a-number',
    ]);
    expect(check({ method: 'thresholds', bins: 3, cuts: { ...cuts, money: [10, 10] } })).toEqual([
      'cuts.money: not-ascending',
    ]);
    expect(check({ method: 'thresholds', bins: 3, cuts: { ...cuts, money: [10, 1e12] } })).toEqual([
      'cuts.money: too-large',
    ]);
  });

  it('are found in rules, benchmarks and the date to compare with', () => {
    expect(
      check({ method: 'mean', benchmarks: { recency: Number.POSITIVE_INFINITY, frequency: null, money: null } }),
    ).toEqual(['benchmarks.recency: not-a-number']);
    expect(check({ method: 'quantile', bins: 5, ties: 'split' }, { compareWith: '2023-02-29' })).toEqual([
      'compareWith: not-a-day',
    ]);
    expect(check({ method: 'quantile', bins: 5, ties: 'split' }, { rules: { segments: [], classes: [] } })).toEqual([
      'rules: no-rules',
    ]);
    const broken = { ...RFM_DEFAULTS.rules.segments[0]!, recency: [4, 2] as const };
    expect(
      check({ method: 'quantile', bins: 5, ties: 'split' }, { rules: { segments: [broken], classes: [] } }),
    ).toEqual(['rules.0: interval']);
  });
});

describe('the ranks at which equal bins end', () => {
  it('give the first bins one customer more, and leave bins beyond the customers empty', () => {
    expect(lastRanks(12, 5)).toEqual([3, 6, 8, 10]);
    expect(lastRanks(10, 5)).toEqual([2, 4, 6, 8]);
    expect(lastRanks(2, 5)).toEqual([1, 2, 2, 2]);
  });
});

describe('coinciding cuts made into thresholds', () => {
  it('move up by a step each, without the noise of binary fractions', () => {
    expect(ascending([1, 1, 1, 4], 1)).toEqual([1, 2, 3, 4]);
    expect(ascending([0.1, 0.1, 0.1], 0.01)).toEqual([0.1, 0.11, 0.12]);
    expect(ascending([5, 9, 12], 1)).toEqual([5, 9, 12]);
  });
});
