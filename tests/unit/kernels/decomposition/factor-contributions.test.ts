import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionsOfFactors, logarithmicMean } from '../../../../src/kernels/decomposition/factor-contributions';
import { roundToTotal } from '../../../../src/kernels/decomposition/round-to-total';

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);

/** Every order in which the factors can change, one after another: the definition of Shapley's value. */
function byAllOrders(before: readonly number[], now: readonly number[]): number[] {
  const places = before.map((_, i) => i);
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((first) => orders(rest.filter((i) => i !== first)).map((o) => [first, ...o]));
  const all = orders(places);
  const totals = before.map(() => 0);
  for (const order of all) {
    const current = [...before];
    for (const i of order) {
      const was = product(current);
      current[i] = now[i] ?? 0;
      totals[i] = (totals[i] ?? 0) + product(current) - was;
    }
  }
  return totals.map((total) => total / all.length);
}

describe('logarithmic means', () => {
  it('are (a - b) / ln(a / b), the value itself for equal ones, and precise for nearly equal ones', () => {
    expect(logarithmicMean(2, 1)).toBeCloseTo(1 / Math.LN2, 14);
    expect(logarithmicMean(1, 2)).toBeCloseTo(1 / Math.LN2, 14);
    expect(logarithmicMean(7, 7)).toBe(7);
    // L(1 + h, 1) = 1 + h/2 - h²/12 + ..
    expect(logarithmicMean(1 + 2 ** -40, 1)).toBe(1 + 2 ** -41);
  });
});

describe('contributions of factors', () => {
  it('are those of LMDI-I computed by hand: 10 x 2 to 15 x 4 is a change of 40', () => {
    // L(60, 20) = 40 / ln 3 = 36.4096; customers 36.4096 ln 1.5 = 14.7628, spending 36.4096 ln 2 = 25.2372
    const { method, contributions } = contributionsOfFactors([10, 2], [15, 4]);
    expect(method).toBe('lmdi');
    expect(contributions[0]).toBeCloseTo(14.7628, 4);
    expect(contributions[1]).toBeCloseTo(25.2372, 4);
  });

  it('are those of Sun where a factor is zero or negative: half of what changes together goes to each', () => {
    // 10 x 0 to 15 x 4: Δa b0 + Δa Δb / 2 = 0 + 10; a0 Δb + Δa Δb / 2 = 40 + 10
    expect(contributionsOfFactors([10, 0], [15, 4])).toEqual({ method: 'shapley', contributions: [10, 50] });
    // 10 x -1 to 15 x 4: -5 + 12.5; 50 + 12.5
    expect(contributionsOfFactors([10, -1], [15, 4])).toEqual({ method: 'shapley', contributions: [7.5, 62.5] });
  });

  it('of Shapley are the mean over every order of changing', () => {
    const before = [120, 1.5, -2, 9];
    const now = [90, 2.25, 3, 11];
    const { contributions } = contributionsOfFactors(before, now);
    byAllOrders(before, now).forEach((expected, i) => expect(contributions[i]).toBeCloseTo(expected, 9));
  });

  it('sum to the change, turn with time and follow their factors, whichever the method', () => {
    const factor = fc.oneof(
      fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
      fc.constant(0),
      fc.double({ min: -50, max: 0, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(factor, factor), { minLength: 1, maxLength: 5 }), (pairs) => {
        const before = pairs.map(([a]) => a);
        const now = pairs.map(([, b]) => b);
        const { method, contributions } = contributionsOfFactors(before, now);
        const scale = pairs.reduce((all, [a, b]) => all * Math.max(1, Math.abs(a), Math.abs(b)), 1);
        expect(method).toBe([...before, ...now].every((value) => value > 0) ? 'lmdi' : 'shapley');
        expect(Math.abs(sum(contributions) - (product(now) - product(before))) / scale).toBeLessThan(1e-12);
        contributionsOfFactors(now, before).contributions.forEach((back, i) =>
          expect(Math.abs(back + (contributions[i] ?? 0)) / scale).toBeLessThan(1e-12),
        );
        contributionsOfFactors(before.toReversed(), now.toReversed())
          .contributions.toReversed()
          .forEach((same, i) => expect(Math.abs(same - (contributions[i] ?? 0)) / scale).toBeLessThan(1e-12));
        pairs.forEach(([a, b], i) => {
          if (a === b) expect(contributions[i]).toBe(0);
        });
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('refuse what has no answer', () => {
    expect(() => contributionsOfFactors([1], [1, 2])).toThrow('invalid factors: 1 and 2');
    expect(() => contributionsOfFactors([1, Number.NaN], [1, 2])).toThrow('not finite');
  });
});

describe('rounding to a total', () => {
  it('gives what is left over to the largest part, down to the decimals beyond cents', () => {
    expect(roundToTotal([33.333, 33.334, 33.333], 100)).toEqual([33.33, 33.34, 33.33]);
    expect(roundToTotal([10 / 3, 10 / 3, 10 / 3], 10)).toEqual([3.34, 3.33, 3.33]);
    expect(roundToTotal([-20.004, 0.0035], -20.0005)).toEqual([-20.0005, 0]);
    expect(roundToTotal([], 0)).toEqual([]);
  });

  it('keeps every sum exact', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 8 }), (millionths) => {
        const total = sum(millionths) / 1e6;
        const rounded = roundToTotal(
          millionths.map((part) => part / 1e6),
          total,
        );
        expect(sum(rounded.map((part) => Math.round(part * 1e6)))).toBe(sum(millionths));
      }),
      { seed: 6 },
    );
  });
});
