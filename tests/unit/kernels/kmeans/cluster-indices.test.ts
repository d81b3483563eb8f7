import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import { adjustedRand } from '../../../../src/kernels/kmeans/adjusted-rand';
import { bootstrapJaccard } from '../../../../src/kernels/kmeans/bootstrap-jaccard';
import { calinskiHarabasz } from '../../../../src/kernels/kmeans/calinski-harabasz';
import { daviesBouldin } from '../../../../src/kernels/kmeans/davies-bouldin';
import { kmeans } from '../../../../src/kernels/kmeans/kmeans';
import type { Matrix } from '../../../../src/kernels/kmeans/matrix';
import {
  drawRows,
  drawSilhouetteSample,
  sampledLabels,
  silhouette,
  type Silhouette,
} from '../../../../src/kernels/kmeans/silhouette';
import { iris, matrixOf, mixture, separated, type Rows } from './rows';

const ALL = { mostRows: 10_000, seed: 1 };
const flowers = iris();
const irisMatrix = matrixOf(flowers.rows);
const irisLabels = kmeans(irisMatrix, { k: 3, seed: 1, starts: 40, maxIterations: 300, tolerance: 0 }).labels;
const line = matrixOf([[0], [1], [5], [7]]);

function silhouetteOf(matrix: Matrix, labels: ArrayLike<number>, k: number, draw: typeof ALL): Silhouette {
  const sample = drawSilhouetteSample(matrix, draw);
  return silhouette(sample, sampledLabels(sample, labels), k);
}

/** The definition word by word, over rows as arrays. */
function plainSilhouettes(rows: Rows, labels: readonly number[]): number[] {
  const apart = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((v, f) => v - b[f]!));
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  return rows.map((row, i) => {
    const distancesTo = (label: number): number[] =>
      rows.flatMap((other, p) => (p !== i && labels[p] === label ? [apart(row, other)] : []));
    const own = distancesTo(labels[i]!);
    if (own.length === 0) return 0;
    const a = mean(own);
    const b = Math.min(...[...new Set(labels)].filter((j) => j !== labels[i]).map((j) => mean(distancesTo(j))));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}

describe('the silhouette', () => {
  it('is what one computes by hand on a line', () => {
    const { values, clusters, mean, standardError } = silhouetteOf(line, [0, 0, 1, 1], 2, ALL);
    // a = 1, 1, 2, 2 and b = 6, 5, 4.5, 6.5.
    const expected = [5 / 6, 4 / 5, 2.5 / 4.5, 4.5 / 6.5];
    expected.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 14));
    expect(clusters[0]).toBeCloseTo((expected[0]! + expected[1]!) / 2, 14);
    expect(mean).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / 4, 14);
    expect(standardError).toBe(0);
  });

  it("is the published one for Fisher's iris, and that of SciPy's distances for each cluster", () => {
    // scikit-learn: silhouette_score 0.5528190123564095; per cluster: scipy.spatial.distance.cdist and the definition.
    const { mean, clusters } = silhouetteOf(irisMatrix, irisLabels, 3, ALL);
    expect(mean).toBeCloseTo(0.5528190123564095, 12);
    [0.4173199215409336, 0.7981404884286226, 0.4511050604340125].forEach((value, j) =>
      expect(clusters[j]).toBeCloseTo(value, 12),
    );
  });

  it('follows the definition for any labels, with rows of equal place, clusters of one and clusters of none', () => {
    const shape = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.nat(3)), {
      minLength: 2,
      maxLength: 24,
    });
    fc.assert(
      fc.property(shape, (drawn) => {
        const labels = drawn.map(([, , label]) => label);
        fc.pre(new Set(labels).size > 1);
        const rows = drawn.map(([a, b]) => [a, b]);
        const { values, clusters } = silhouetteOf(matrixOf(rows), labels, 4, ALL);
        plainSilhouettes(rows, labels).forEach((value, i) => expect(values[i]).toBeCloseTo(value, 10));
        expect([...clusters].map(Number.isNaN)).toEqual([0, 1, 2, 3].map((label) => !labels.includes(label)));
      }),
      { seed: 1987 },
    );
  });

  it('estimates the whole from a sample, within its standard error', () => {
    const { rows, truth } = mixture(
      3000,
      [
        { centre: [0, 0], spread: 1, share: 0.6 },
        { centre: [3, 1], spread: 1, share: 0.4 },
      ],
      8,
    );
    const matrix = matrixOf(rows);
    const whole = silhouetteOf(matrix, truth, 2, ALL);
    const misses = Array.from({ length: 20 }, (_, seed) => {
      const part = silhouetteOf(matrix, truth, 2, { mostRows: 400, seed: seed + 100 });
      expect(part.rows).toHaveLength(400);
      return (part.mean! - whole.mean!) / part.standardError;
    });
    // Twenty draws of a standard normal number: none beyond four, and their spread near one.
    expect(Math.max(...misses.map(Math.abs))).toBeLessThan(4);
    const spread = Math.sqrt(misses.reduce((sum, miss) => sum + miss ** 2, 0) / misses.length);
    expect(spread).toBeGreaterThan(0.5);
    expect(spread).toBeLessThan(1.7);
  });

  it('is not defined for one cluster', () => {
    expect(silhouetteOf(line, [1, 1, 1, 1], 3, ALL).mean).toBeNull();
  });

  it('refuses labels that are not one a row', () => {
    const sample = drawSilhouetteSample(line, { mostRows: 3, seed: 1 });
    expect(() => sampledLabels(sample, [0, 1, 0])).toThrow('invalid labels: 3 (needs one a row, 4)');
    expect(() => silhouette(sample, new Uint8Array(4), 1)).toThrow('needs one a row of the sample, 3');
    expect(() => drawSilhouetteSample(line, { mostRows: 1, seed: 1 })).toThrow('invalid mostRows: 1');
  });

  it('draws each row with the same chance, in their order, the same for a seed', () => {
    const counts = new Int32Array(10);
    for (let seed = 0; seed < 3000; seed++) {
      const rows = drawRows(10, 4, seed);
      expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
      for (const row of rows) counts[row]!++;
    }
    // 1200 each, with a standard deviation of 27.
    for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(135);
    expect([...drawRows(3, 4, 1)]).toEqual([0, 1, 2]);
    expect([...drawRows(100, 5, 3)]).toEqual([...drawRows(100, 5, 3)]);
  });
});

describe('the Calinski-Harabasz and Davies-Bouldin indices', () => {
  it('are what one computes by hand on a line', () => {
    // Means 0.5 and 6 around 3.25: B = 4 x 2.75^2, W = 0.5 + 2.
    expect(calinskiHarabasz(line, [0, 0, 1, 1], 2)).toBeCloseTo(30.25 / (2.5 / 2), 12);
    expect(daviesBouldin(line, [0, 0, 1, 1], 2)).toBeCloseTo((0.5 + 1) / 5.5, 14);
  });

  it("are the published ones for Fisher's iris", () => {
    // scikit-learn: calinski_harabasz_score 561.62775662962, davies_bouldin_score 0.6619715465007465.
    expect(calinskiHarabasz(irisMatrix, irisLabels, 3)).toBeCloseTo(561.62775662962, 9);
    expect(daviesBouldin(irisMatrix, irisLabels, 3)).toBeCloseTo(0.6619715465007465, 12);
  });

  it('pass over clusters without rows and are not defined for one cluster', () => {
    expect(daviesBouldin(line, [0, 0, 2, 2], 4)).toBe(daviesBouldin(line, [0, 0, 1, 1], 2));
    expect(calinskiHarabasz(line, [0, 0, 2, 2], 4)).toBe(calinskiHarabasz(line, [0, 0, 1, 1], 2));
    expect(calinskiHarabasz(line, [0, 0, 0, 0], 1)).toBeNull();
    expect(daviesBouldin(line, [0, 0, 0, 0], 1)).toBeNull();
    expect(calinskiHarabasz(line, [0, 1, 2, 3], 4)).toBeNull();
    expect(daviesBouldin(matrixOf([[1], [3], [2]]), [0, 0, 1], 2)).toBe(Infinity);
    expect(() => calinskiHarabasz(line, [0, 1], 2)).toThrow('invalid labels: 2');
  });
});

describe('the adjusted Rand index', () => {
  it("is that of Fisher's species against the clusters as published", () => {
    // scikit-learn: adjusted_rand_score 0.7302382722834697.
    expect(adjustedRand(flowers.species, irisLabels)).toBeCloseTo(0.7302382722834697, 12);
  });

  it('knows the same groups by other names, and chance', () => {
    expect(adjustedRand([0, 0, 1, 2], [2, 2, 0, 1])).toBe(1);
    expect(adjustedRand([0, 0, 0], [1, 1, 1])).toBe(1);
    expect(adjustedRand([0, 1, 2], [2, 1, 0])).toBe(1);
    // Every pair that one puts together the other parts: (0 - 2/3) / (2 - 2/3).
    expect(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 14);
    const random = createRandom(5);
    const drawn = Array.from({ length: 20_000 }, () => Math.floor(random() * 4));
    expect(Math.abs(adjustedRand(drawn.slice(0, 10_000), drawn.slice(10_000)))).toBeLessThan(0.01);
    expect(() => adjustedRand([0], [0, 1])).toThrow(RangeError);
  });
});

describe('the bootstrap Jaccard means', () => {
  it('are 1 for clusters that are always found again, whatever they are called', () => {
    const labels = Array.from({ length: 60 }, (_, i) => i % 3);
    const found = bootstrapJaccard(labels, 3, { rounds: 5, seed: 2 }, () => labels.map((label) => 7 - label));
    expect([...found.means]).toEqual([1, 1, 1]);
    expect([...found.recovered]).toEqual([5, 5, 5]);
    expect([...found.dissolved]).toEqual([0, 0, 0]);
  });

  it('count the rows drawn, each once', () => {
    // The first cluster is split at row 10; of what was drawn, the larger part over the whole is its likeness.
    const labels = Array.from({ length: 40 }, (_, i) => (i < 30 ? 0 : 1));
    const drawn: Float64Array[] = [];
    const found = bootstrapJaccard(labels, 3, { rounds: 4, seed: 3 }, (weights) => {
      drawn.push(weights);
      return labels.map((label, i) => (i < 10 ? 2 : label));
    });
    const likeness = drawn.map((weights) => {
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(40);
      const count = (from: number, to: number): number => weights.subarray(from, to).filter((w) => w > 0).length;
      return Math.max(count(0, 10), count(10, 30)) / count(0, 30);
    });
    expect(found.means[0]).toBeCloseTo(likeness.reduce((sum, value) => sum + value, 0) / 4, 14);
    expect(found.recovered[0]).toBe(likeness.filter((value) => value >= 0.75).length);
    expect(found.means[1]).toBe(1);
    expect(found.means[2]).toBeNaN();
  });

  it('tell clusters that are there from those that are not', () => {
    const fit = { seed: 4, starts: 4, maxIterations: 100, tolerance: 0 };
    const stability = (rows: Rows, k: number): number[] => {
      const matrix = matrixOf(rows);
      const { labels } = kmeans(matrix, { ...fit, k });
      const refit = (weights: Float64Array, round: number): Uint8Array =>
        kmeans(matrix, { ...fit, k, seed: round }, { weights }).labels;
      return [...bootstrapJaccard(labels, k, { rounds: 20, seed: 6 }, refit).means];
    };
    for (const mean of stability(separated(500, 21).rows, 4)) expect(mean).toBeGreaterThan(0.95);
    const cloud = mixture(500, [{ centre: [0, 0, 0], spread: 1, share: 1 }], 22).rows;
    for (const mean of stability(cloud, 6)) expect(mean).toBeLessThan(0.75);
  });
});
