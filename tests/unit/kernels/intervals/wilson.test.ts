import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wilsonInterval } from '../../../../src/kernels/intervals/wilson';

it.each([
  // Newcombe 1998, table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('gives the published interval of %i of %i', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('says nothing without a trial and refuses more successes than trials', () => {
  expect(wilsonInterval(0, 0)).toEqual({ low: Number.NaN, high: Number.NaN });
  expect(() => wilsonInterval(2, 1)).toThrow(RangeError);
  expect(() => wilsonInterval(-1, 1)).toThrow(RangeError);
});

it('holds the share, stays inside 0 and 1, and mirrors when successes and failures change places', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }), (successes, failures) => {
      const trials = successes + failures;
      fc.pre(trials > 0);
      const { low, high } = wilsonInterval(successes, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
      expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
      expect(wilsonInterval(failures, trials).low).toBeCloseTo(1 - high, 10);
    }),
    { seed: 1927 },
  );
});
