import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyScaler, fitScaler, unscale, type ScalingMethod } from '../../../../src/kernels/kmeans/column-scaler';

const PLAIN: ScalingMethod = { winsor: null, isLogged: false, scale: 'none' };
const scaled = (values: readonly number[], method: Partial<ScalingMethod>): number[] => {
  const column = Float64Array.from(values);
  return [...applyScaler(fitScaler(column, { ...PLAIN, ...method }), column)];
};

it('gives the z-scores of the textbook example', () => {
  // Mean 5, standard deviation (by n) 2.
  expect(scaled([2, 4, 4, 4, 5, 5, 7, 9], { scale: 'z-score' })).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]);
});

it('gives medians over interquartile ranges that are like z-scores for a normal column', () => {
  // Median 3; quartiles 2 and 4.
  const [first, , middle, , last] = scaled([1, 2, 3, 4, 1000], { scale: 'robust' });
  expect(middle).toBe(0);
  expect(first).toBeCloseTo((-2 * 1.3489795) / 2, 7);
  expect(last).toBeCloseTo((997 * 1.3489795) / 2, 4);
});

it('lets the standard deviation stand in where half of a robust column is equal, and makes a constant one zeros', () => {
  expect(scaled([0, 0, 0, 0, 10], { scale: 'robust' })).toEqual([0, 0, 0, 0, 2.5]);
  expect(scaled([0.1, 0.1, 0.1], { scale: 'robust' })).toEqual([0, 0, 0]);
  scaled([0.1, 0.1, 0.1], { scale: 'z-score' }).forEach((value) => expect(value).toBeCloseTo(0, 14));
});

it('bends both signs by the logarithm', () => {
  const values = scaled([0, Math.E - 1, 1 - Math.E, 99], { isLogged: true });
  [0, 1, -1, Math.log(100)].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 14));
});

it('pulls values in to the quantiles, and new ones to the same limits', () => {
  const column = Float64Array.from({ length: 101 }, (_, i) => i);
  const scaler = fitScaler(column, { ...PLAIN, winsor: [0.05, 0.9] });
  expect([scaler.low, scaler.high]).toEqual([5, 90]);
  expect([...applyScaler(scaler, Float64Array.of(-7, 5, 60, 90.5, 1e9, NaN))]).toEqual([5, 5, 60, 90, 90, NaN]);
  // Between neighbours in proportion: 0.25 of the way from 1 to 2.
  expect(fitScaler(Float64Array.of(4, 2, 1), { ...PLAIN, winsor: [0.125, 1] }).low).toBe(1.25);
});

it('comes back to the column from what it scaled', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
  const scale = fc.constantFrom('none' as const, 'z-score' as const, 'robust' as const);
  fc.assert(
    fc.property(values, scale, fc.boolean(), (drawn, kind, isLogged) => {
      const column = Float64Array.from(drawn);
      const scaler = fitScaler(column, { winsor: null, isLogged, scale: kind });
      applyScaler(scaler, column).forEach((value, i) => {
        expect(Math.abs(unscale(scaler, value) - column[i]!)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(column[i]!)));
      });
    }),
    { seed: 7 },
  );
});

it('refuses what is missing, and shares that do not ascend', () => {
  expect(() => fitScaler(Float64Array.of(1, NaN), PLAIN)).toThrow('invalid column');
  expect(() => fitScaler(new Float64Array(0), PLAIN)).toThrow('invalid column');
  expect(() => fitScaler(Float64Array.of(1), { ...PLAIN, winsor: [0.9, 0.1] })).toThrow('invalid winsor: 0.9, 0.1');
});
