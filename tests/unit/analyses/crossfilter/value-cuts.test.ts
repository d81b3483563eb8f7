import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCuts, MAX_VALUE_BINS, type Spread, type Unit } from '../../../../src/analyses/crossfilter/value-cuts';

const spread = (low: number, q01: number, q50: number, q99: number, high: number): Spread => ({
  low,
  high,
  q01,
  q50,
  q99,
});

describe('where bins end', () => {
  it('gives each of a few whole numbers a bin, and the far ones one together', () => {
    expect(chooseCuts(spread(1, 1, 2, 9, 240), 'count')).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('puts skewed counts on whole numbers of about equal ratio', () => {
    expect(chooseCuts(spread(1, 1, 3, 60, 900), 'count')).toEqual([
      2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60,
    ]);
  });

  it('counts days in months and quarters', () => {
    expect(chooseCuts(spread(1, 3, 200, 720, 730), 'days')).toEqual(
      Array.from({ length: 24 }, (_, month) => 30 * (month + 1)),
    );
    expect(chooseCuts(spread(1, 3, 40, 720, 730), 'days').slice(0, 9)).toEqual([5, 7, 10, 14, 21, 30, 45, 60, 90]);
  });

  it('counts ages in steps of two or five years', () => {
    expect(chooseCuts(spread(3, 18, 40, 75, 99), 'years')).toEqual(
      Array.from({ length: 28 }, (_, place) => 20 + 2 * place),
    );
    expect(chooseCuts(spread(3, 15, 40, 88, 99), 'years').slice(0, 3)).toEqual([20, 25, 30]);
  });

  it('puts skewed money on a ladder, and even money on equal steps without the last bits of binary', () => {
    expect(chooseCuts(spread(0.5, 9, 120, 2_400, 90_000), 'money')).toEqual([
      10, 12.5, 16, 20, 25, 32, 40, 50, 63, 80, 100, 125, 160, 200, 250, 320, 400, 500, 630, 800, 1000, 1250, 1600,
      2000,
    ]);
    expect(chooseCuts(spread(0, 0.05, 0.5, 0.95, 1), 'money').slice(0, 4)).toEqual([0.1, 0.15, 0.2, 0.25]);
  });

  it('copes with refunds beyond the revenue, and with many who brought nothing', () => {
    expect(chooseCuts(spread(-900, -40, 30, 800, 5_000), 'money')[0]).toBeGreaterThan(-40);
    expect(chooseCuts(spread(-5, 0, 0, 100, 5_000), 'money').at(-1)).toBe(100);
  });

  it('tells apart the few who differ where nearly everyone is alike', () => {
    expect(chooseCuts(spread(1, 1, 1, 1, 7), 'count')).toEqual([2]);
    expect(chooseCuts(spread(1, 5, 5, 5, 5), 'count')).toEqual([5]);
    expect(chooseCuts(spread(9.9, 9.9, 9.9, 9.9, 19.8), 'money')).toEqual([19.8]);
  });

  it('has no cut where everyone is alike', () => {
    expect(chooseCuts(spread(4, 4, 4, 4, 4), 'days')).toEqual([]);
  });

  it('always ascends, divides the values, and never makes too many bins', () => {
    const unit = fc.constantFrom<Unit>('days', 'years', 'count', 'money');
    const values = fc.array(fc.integer({ min: -100_000, max: 10_000_000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(values, unit, fc.boolean(), (drawn, of, small) => {
        const scaled = drawn.map((value) =>
          of === 'money' ? value / 100 : Math.abs(Math.round(value / (small ? 100_000 : 1))),
        );
        const [low = 0, q01 = 0, q50 = 0, q99 = 0, high = 0] = scaled.toSorted((a, b) => a - b);
        const cuts = chooseCuts({ low, q01, q50, q99, high }, of);
        expect(cuts.length).toBeLessThan(MAX_VALUE_BINS);
        expect(cuts.length > 0).toBe(high > low);
        cuts.forEach((cut, place) => {
          expect(cut).toBeGreaterThan(cuts[place - 1] ?? low);
          expect(cut).toBeLessThanOrEqual(high);
          if (of !== 'money') expect(Number.isInteger(cut)).toBe(true);
        });
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});
