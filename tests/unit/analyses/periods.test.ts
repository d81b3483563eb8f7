import { describe, expect, it } from 'vitest';
import {
  DEFAULT_PERIODS,
  periodMistakes,
  resolvePeriods,
  type Period,
  type PeriodChoice,
} from '../../../src/analyses/periods';
import type { Scope } from '../../../src/analyses/analysis';

const scope = (asOf: string, from: string | null = null): Scope => ({ asOf, from, audience: null });
const choice = (change: Partial<PeriodChoice>): PeriodChoice => ({ ...DEFAULT_PERIODS, ...change });
const data = (from: string, to: string): Period => ({ from, to });

describe('the period looked at', () => {
  it.each([
    ['2021-06-01', { from: '2023-06-01', to: '2024-06-01' }, { from: '2022-06-01', to: '2023-06-01' }],
    ['2023-12-01', { from: '2024-03-01', to: '2024-06-01' }, { from: '2023-12-01', to: '2024-03-01' }],
    ['2024-04-01', { from: '2024-05-01', to: '2024-06-01' }, { from: '2024-04-01', to: '2024-05-01' }],
    ['2024-04-18', { from: '2024-05-18', to: '2024-06-17' }, { from: '2024-04-18', to: '2024-05-18' }],
  ])('is by itself the longest that data from %s has twice', (first, now, before) => {
    expect(resolvePeriods(DEFAULT_PERIODS, scope('2024-06-17'), data(first, '2024-06-17'))).toEqual({
      now,
      before,
      isBeforeCut: false,
    });
  });

  it('is everything where the data has no stretch twice', () => {
    expect(resolvePeriods(DEFAULT_PERIODS, scope('2024-06-17'), data('2024-06-01', '2024-06-17'))).toEqual({
      now: { from: '2024-06-01', to: '2024-06-17' },
      before: null,
      isBeforeCut: false,
    });
  });

  it('is that of the top bar as soon as one is set there', () => {
    const { now, before } = resolvePeriods(
      DEFAULT_PERIODS,
      scope('2024-03-11', '2024-03-01'),
      data('2020-01-01', '2024-06-17'),
    ) ?? { now: null, before: null };
    expect(now).toEqual({ from: '2024-03-01', to: '2024-03-11' });
    expect(before).toEqual({ from: '2024-02-20', to: '2024-03-01' });
  });

  it('ends with the last full month, also where as-of is the first of one', () => {
    const all = data('2020-01-01', '2024-07-01');
    expect(resolvePeriods(choice({ span: 'month' }), scope('2024-07-01'), all)?.now).toEqual({
      from: '2024-06-01',
      to: '2024-07-01',
    });
    expect(resolvePeriods(choice({ span: 'quarter' }), scope('2024-01-31'), all)?.now).toEqual({
      from: '2023-10-01',
      to: '2024-01-01',
    });
  });

  it('ends at as-of, also where own dates go on', () => {
    const own = choice({ span: 'custom', custom: { from: '2024-06-01', to: '2024-08-01' } });
    const all = data('2020-01-01', '2024-09-01');
    expect(resolvePeriods(own, scope('2024-06-17'), all)?.now).toEqual({ from: '2024-06-01', to: '2024-06-17' });
    expect(resolvePeriods(own, scope('2024-05-01'), all)?.now).toEqual({ from: '2024-05-01', to: '2024-05-01' });
  });

  it('is empty where the period of the top bar begins after as-of', () => {
    expect(
      resolvePeriods(DEFAULT_PERIODS, scope('2024-03-11', '2024-04-01'), data('2020-01-01', '2024-06-17'))?.now,
    ).toEqual({ from: '2024-03-11', to: '2024-03-11' });
  });

  it('is none where no row lies before as-of', () => {
    expect(resolvePeriods(DEFAULT_PERIODS, scope('2024-06-17'), null)).toBeNull();
    expect(resolvePeriods(DEFAULT_PERIODS, scope('2024-06-17'), data('2024-06-17', '2024-06-18'))).toBeNull();
  });
});

describe('the period beside it', () => {
  it('is as many full months, whatever their days', () => {
    const months = choice({ span: 'custom', custom: { from: '2024-02-01', to: '2024-04-01' } });
    expect(resolvePeriods(months, scope('2024-06-17'), data('2020-01-01', '2024-06-17'))?.before).toEqual({
      from: '2023-12-01',
      to: '2024-02-01',
    });
  });

  it('is the same days a year earlier, held to the end of February', () => {
    const leap = choice({ span: 'custom', custom: { from: '2024-02-10', to: '2024-02-29' }, against: 'yearBefore' });
    expect(resolvePeriods(leap, scope('2024-06-17'), data('2020-01-01', '2024-06-17'))?.before).toEqual({
      from: '2023-02-10',
      to: '2023-03-01',
    });
    for (const custom of [
      { from: '2024-02-28', to: '2024-02-29' },
      { from: '2024-02-29', to: '2024-03-01' },
    ]) {
      const day = choice({ span: 'custom', custom, against: 'yearBefore' });
      expect(resolvePeriods(day, scope('2024-06-17'), data('2020-01-01', '2024-06-17'))?.before).toEqual({
        from: '2023-02-28',
        to: '2023-03-01',
      });
    }
  });

  it('is said to be cut where the data begins inside of it, and is none where it begins after', () => {
    const month = choice({ span: 'month' });
    expect(resolvePeriods(month, scope('2024-06-17'), data('2024-04-15', '2024-06-17'))?.isBeforeCut).toBe(true);
    expect(resolvePeriods(month, scope('2024-06-17'), data('2024-05-01', '2024-06-17'))?.before).toBeNull();
  });
});

it('knows periods that are none', () => {
  expect(periodMistakes(choice({ span: 'custom', custom: { from: '2024-02-30', to: '2024-03-05' } }))).toHaveLength(1);
  expect(periodMistakes(choice({ span: 'custom', custom: { from: '2024-03-05', to: '2024-03-05' } }))).toHaveLength(1);
  expect(periodMistakes(choice({ against: 'custom' }))).toEqual([{ field: 'customAgainst', message: 'not-a-period' }]);
  expect(periodMistakes(choice({ custom: { from: 'x', to: 'y' } }))).toEqual([]);
});
