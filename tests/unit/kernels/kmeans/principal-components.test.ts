import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import { principalComponents, projectRows } from '../../../../src/kernels/kmeans/principal-components';
import { gaussian, iris, matrixOf } from './rows';

const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);

it("gives the published components of Fisher's iris", () => {
  const { variances, shares, loadings } = principalComponents(matrixOf(iris().rows));
  // scikit-learn PCA: explained_variance_ and explained_variance_ratio_; loadings: numpy.linalg.eigh, signs as stated.
  const close = (found: Iterable<number>, expected: readonly number[]): void =>
    [...found].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 7));
  close(variances, [4.22824171, 0.24267075, 0.0782095, 0.02383509]);
  close(shares, [0.92461872, 0.05306648, 0.01710261, 0.00521218]);
  close(loadings.subarray(0, 4), [0.36138659, -0.08452251, 0.85667061, 0.3582892]);
  close(loadings.subarray(4, 8), [0.65658877, 0.73016143, -0.17337266, -0.07548102]);
  close(loadings.subarray(8, 12), [-0.58202985, 0.59791083, 0.07623608, 0.54583143]);
  close(loadings.subarray(12, 16), [0.31548719, -0.3197231, -0.47983899, 0.75365743]);
});

it('keeps the whole variance in directions at right angles, along which the rows vary as stated', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 40 }), fc.integer(), (d, n, seed) => {
      const random = createRandom(seed);
      const rows = Array.from({ length: n }, () =>
        Array.from({ length: d }, (_, f) => gaussian(random) * 10 ** (f % 4)),
      );
      const matrix = matrixOf(rows);
      const found = principalComponents(matrix);
      const total = sumOf(found.variances);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const product = sumOf(
            Array.from({ length: d }, (_, f) => found.loadings[a * d + f]! * found.loadings[b * d + f]!),
          );
          expect(product).toBeCloseTo(a === b ? 1 : 0, 9);
        }
        const places = projectRows(matrix, found, a);
        expect(Math.abs(sumOf(places.map((v) => v * v)) / (n - 1) - found.variances[a]!)).toBeLessThan(1e-9 * total);
        if (a > 0) expect(found.variances[a]).toBeLessThanOrEqual(found.variances[a - 1]!);
      }
      expect(sumOf(found.shares)).toBeCloseTo(1, 12);
    }),
    { seed: 1901, numRuns: 60 },
  );
});

it('has nothing to share out where all rows are equal', () => {
  const found = principalComponents(
    matrixOf([
      [1, 2],
      [1, 2],
    ]),
  );
  expect([...found.variances]).toEqual([0, 0]);
  expect([...found.shares]).toEqual([0, 0]);
  expect([...projectRows(matrixOf([[1, 2]]), found, 0)]).toEqual([0]);
});
