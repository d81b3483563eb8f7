import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import type { KMeansOptions, KMeansProgress, KMeansResult } from '../../../../src/kernels/kmeans/fit';
import { kmeans, kmeansOverShards, type KMeansRows } from '../../../../src/kernels/kmeans/kmeans';
import { LloydShard, shardRanges } from '../../../../src/kernels/kmeans/lloyd-shard';
import { columnOf, createMatrix, takeRows } from '../../../../src/kernels/kmeans/matrix';
import { createPlainPass } from '../../../../src/kernels/kmeans/plain-pass';
import { createSimdPass } from '../../../../src/kernels/kmeans/simd-pass';
import { leastInertia } from './independent-kmeans';
import { gaussian, groupsOf, iris, matrixOf, mixture, separated, type Rows } from './rows';

const OPTIONS: KMeansOptions = { k: 4, seed: 1, starts: 8, maxIterations: 300, tolerance: 0 };

function fit(rows: Rows, options: Partial<KMeansOptions> = {}, place: KMeansRows = {}): KMeansResult {
  return kmeans(matrixOf(rows), { ...OPTIONS, ...options }, place);
}

/** The bits of a result, for a strict comparison. */
function bitsOf(result: KMeansResult): unknown {
  const { centroids, labels, weights, history, startInertias } = result;
  return [centroids, labels, weights, history, startInertias].map((array) => [...array]);
}

const shuffle = (count: number, seed: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => [random(), i] as const)
    .sort(([a], [b]) => a - b)
    .map(([, i]) => i);
};

describe('known answers', () => {
  it("finds the published optimum of Fisher's iris for k = 3", () => {
    // scikit-learn 1.x, KMeans(3).fit(load_iris().data): inertia_ 78.85144142614601, clusters of 62, 50 and 38.
    const result = fit(iris().rows, { k: 3, starts: 40 });
    expect(result.inertia).toBeCloseTo(78.851441426146, 10);
    expect([...result.sizes]).toEqual([62, 50, 38]);
    expect([...result.centroids.subarray(4, 8)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([
      5.006, 3.428, 1.462, 0.246,
    ]);
    expect(result.converged).toBe(true);
  });

  it('finds the components of a mixture that lie far apart', () => {
    const { rows, truth } = separated(3000, 7);
    const result = fit(rows);
    expect(groupsOf(result.labels)).toEqual(groupsOf(truth));
    expect([...result.sizes]).toEqual([...result.sizes].sort((a, b) => b - a));
    expect(result.sizes.reduce((sum, size) => sum + size, 0)).toBe(3000);
    // Each centroid is the mean of its rows, each row's centroid the nearest, and the inertia is their sum.
    let inertia = 0;
    rows.forEach((row, i) => {
      const squares = Array.from({ length: 4 }, (_, j) =>
        row.reduce((sum, value, f) => sum + (value - result.centroids[j * 3 + f]!) ** 2, 0),
      );
      expect(squares.indexOf(Math.min(...squares))).toBe(result.labels[i]);
      inertia += Math.min(...squares);
    });
    expect(result.inertia).toBeCloseTo(inertia, 6);
    for (let j = 0; j < 4; j++) {
      const own = rows.filter((_, i) => result.labels[i] === j);
      for (let f = 0; f < 3; f++) {
        expect(result.centroids[j * 3 + f]).toBeCloseTo(own.reduce((sum, row) => sum + row[f]!, 0) / own.length, 9);
      }
    }
  });

  const random = createRandom(44);
  const sets: readonly (readonly [name: string, rows: Rows])[] = [
    ['a mixture far apart', separated(300, 3).rows],
    [
      'components that overlap',
      mixture(
        400,
        [
          { centre: [0, 0, 0, 0], spread: 1, share: 0.5 },
          { centre: [2, 1, 0, 1], spread: 1.5, share: 0.3 },
          { centre: [-1, 3, 1, 0], spread: 0.7, share: 0.2 },
        ],
        5,
      ).rows,
    ],
    ['long tails without clusters', Array.from({ length: 300 }, () => [Math.exp(gaussian(random)), random() * 3])],
  ];
  const cases = sets.flatMap(([name, rows]) => Array.from({ length: 9 }, (_, i) => [name, i + 2, rows] as const));

  it.each(cases)('is within a thousandth of the best of 50 independent starts: %s, k = %i', (_, k, rows) => {
    const least = leastInertia(rows, k, 50, 99);
    expect(fit(rows, { k, starts: 200 }).inertia).toBeLessThanOrEqual(least * 1.001);
  });
});

describe('invariants', () => {
  const { rows } = separated(20_000, 11);

  it('gives the same bits with either pass, on 1 to 4 shards and over an asynchronous border', async () => {
    const options = { ...OPTIONS, k: 6, starts: 2, maxIterations: 12 };
    const reference = fit(rows, options, { create: createPlainPass });
    for (const shards of [1, 2, 3, 4]) {
      expect(bitsOf(fit(rows, options, { create: createSimdPass, shards }))).toEqual(bitsOf(reference));
    }
    const matrix = matrixOf(rows);
    const held = shardRanges(matrix.n, 3).map((range) => {
      const shard = new LloydShard(range, matrix.d, false, createPlainPass);
      for (let f = 0; f < matrix.d; f++) shard.fillColumn(f, columnOf(matrix, f).subarray(range.from, range.to));
      return shard;
    });
    const progress: KMeansProgress[] = [];
    const ask = (request: Parameters<LloydShard['answer']>[0]) =>
      Promise.resolve(held.map((shard) => shard.answer(request)));
    const apart = await kmeansOverShards({ n: matrix.n, d: matrix.d, ask }, options, (step) => progress.push(step));
    expect(bitsOf(apart)).toEqual(bitsOf(reference));
    expect(progress.at(-1)).toMatchObject({ start: 1, starts: 2, inertia: reference.startInertias[1] });
    const iterations = progress.filter(({ start }) => start === 1).map(({ iteration }) => iteration);
    expect(iterations.length).toBeGreaterThan(1);
    expect(iterations).toEqual(iterations.map((_, i) => i + 1));
  });

  it('cuts rows into ranges of whole blocks', () => {
    expect(shardRanges(8193, 4)).toEqual([
      { from: 0, to: 8192 },
      { from: 8192, to: 8193 },
    ]);
    expect(shardRanges(5 * 8192 - 1, 2)).toEqual([
      { from: 0, to: 2 * 8192 },
      { from: 2 * 8192, to: 5 * 8192 - 1 },
    ]);
    expect(shardRanges(1, 4)).toEqual([{ from: 0, to: 1 }]);
  });

  it('never lets the inertia rise', () => {
    for (let seed = 0; seed < 12; seed++) {
      const { history, inertia, iterations } = fit(rows.slice(0, 900), { k: 9, seed, starts: 1 });
      expect(iterations).toBe(history.length);
      expect(history.at(-1)).toBe(inertia);
      history.forEach((value, i) => expect(value).toBeLessThanOrEqual((history[i - 1] ?? Infinity) * (1 + 1e-12)));
    }
  });

  const few = separated(600, 12).rows;
  const expected = fit(few);

  it('finds the same clusters when the rows come in another order', () => {
    const order = shuffle(few.length, 2);
    const shuffled = fit(order.map((i) => few[i]!));
    const labels = new Uint8Array(few.length);
    order.forEach((i, place) => (labels[i] = shuffled.labels[place]!));
    expect([...labels]).toEqual([...expected.labels]);
    expect(shuffled.inertia).toBeCloseTo(expected.inertia, 9);
  });

  it('finds the same clusters when the columns come in another order', () => {
    const turned = fit(few.map(([a, b, c]) => [c!, a!, b!]));
    expect([...turned.labels]).toEqual([...expected.labels]);
    expect(turned.inertia).toBeCloseTo(expected.inertia, 9);
  });

  it('finds the same clusters when all is scaled and moved', () => {
    const scaled = fit(few.map((row) => row.map((value) => value * 1000 - 50)));
    expect([...scaled.labels]).toEqual([...expected.labels]);
    expect(scaled.inertia / 1e6).toBeCloseTo(expected.inertia, 8);
  });

  it('takes a weight of 3 for three equal rows and one of 0 for none', () => {
    const counts = few.map((_, i) => i % 4);
    const weighted = fit(few, { k: 5 }, { weights: Float64Array.from(counts) });
    const repeated = fit(
      few.flatMap((row, i) => Array.from({ length: counts[i]! }, () => row)),
      { k: 5 },
    );
    expect(weighted.inertia).toBeCloseTo(repeated.inertia, 8);
    expect([...weighted.weights]).toEqual([...repeated.sizes]);
    const labels = [...weighted.labels].flatMap((label, i) => Array.from({ length: counts[i]! }, () => label));
    expect(labels).toEqual([...repeated.labels]);
  });

  it('goes on from centroids that are given, in one start', () => {
    const initial = Float64Array.of(0, 0, 0, 8, 0, 2, 0, 9, -3, 7, 8, 9);
    const one = fit(few, { initial, maxIterations: 1 });
    expect(one).toMatchObject({ iterations: 1, converged: false });
    expect(one.startInertias).toHaveLength(1);
    expect(new Set(one.centroids)).toEqual(new Set(initial));
    expect(fit(few, { initial }).inertia).toBeCloseTo(expected.inertia, 9);
  });

  it('stops early where centroids move less than the tolerance', () => {
    const overlap = mixture(2000, [{ centre: [0, 0], spread: 1, share: 1 }], 4).rows;
    const strict = fit(overlap, { starts: 1 });
    const loose = fit(overlap, { starts: 1, tolerance: 0.05 });
    expect(loose.converged).toBe(true);
    expect(loose.iterations).toBeLessThan(strict.iterations);
    expect([...loose.history]).toEqual([...strict.history.subarray(0, loose.iterations)]);
  });
});

describe('degenerate rows', () => {
  it('gives the mean and the total sum of squares for k = 1', () => {
    const result = fit([[1], [2], [6]], { k: 1 });
    expect(result).toMatchObject({ inertia: 14, converged: true });
    expect([...result.centroids]).toEqual([3]);
  });

  it('gives every row a cluster of its own for k = n', () => {
    const result = fit(
      [
        [1, 1],
        [2, 5],
        [6, 0],
        [9, 9],
      ],
      { k: 4 },
    );
    expect(result.inertia).toBe(0);
    expect([...result.labels].sort()).toEqual([0, 1, 2, 3]);
  });

  it('leaves clusters empty, and last, where there are fewer distinct rows than k', () => {
    const result = fit([[2], [7], [2], [2], [7]], { k: 4 });
    expect([...result.sizes]).toEqual([3, 2, 0, 0]);
    expect(result).toMatchObject({ inertia: 0, converged: true });
    expect([...result.labels]).toEqual([0, 1, 0, 0, 1]);
  });

  it('does not mind a constant column', () => {
    const { rows } = separated(400, 5);
    const labels = (wide: Rows): number[] => [...fit(wide).labels];
    expect(labels(rows.map((row) => [...row, 3]))).toEqual(labels(rows));
  });

  it('puts a cluster that runs empty to the farthest row', () => {
    // The second centroid is nobody's nearest; (100) lies farthest from the first.
    const result = fit([[0], [1], [2], [100]], { k: 2, initial: Float64Array.of(1, 1000) });
    expect([...result.centroids]).toEqual([1, 100]);
    // The other one moved to the mean of all four, 25.75.
    expect([...result.history]).toEqual([1 + 0 + 1 + 99 ** 2, 25.75 ** 2 + 24.75 ** 2 + 23.75 ** 2, 2]);
  });

  it('refuses what is missing or infinite, and shapes that do not fit', () => {
    expect(() => createMatrix(Float64Array.of(1, 2, NaN, 4), 2, 2)).toThrow('invalid x: NaN in row 0 of column 1');
    expect(() => createMatrix(Float64Array.of(1, -Infinity), 2, 1)).toThrow(
      'invalid x: -Infinity in row 1 of column 0',
    );
    expect(() => createMatrix(new Float64Array(5), 2, 2)).toThrow(RangeError);
    expect(() => createMatrix(new Float64Array(0), 0, 2)).toThrow('invalid n: 0');
    expect(() => createMatrix(new Float64Array(0), 2, 0)).toThrow('invalid d: 0');
  });

  it('refuses options and weights that cannot be', () => {
    const rows = [[1], [2], [3]];
    expect(() => fit(rows, { k: 0 })).toThrow('invalid k: 0 (needs 1..3)');
    expect(() => fit(rows, { k: 4 })).toThrow('invalid k: 4 (needs 1..3)');
    expect(() => fit(rows, { k: 2, starts: 0 })).toThrow('invalid starts');
    expect(() => fit(rows, { k: 2, maxIterations: 0 })).toThrow('invalid maxIterations');
    expect(() => fit(rows, { k: 2, tolerance: NaN })).toThrow('invalid tolerance');
    expect(() => fit(rows, { k: 2, initial: Float64Array.of(1) })).toThrow('invalid initial');
    const weigh = (...weights: number[]) => fit(rows, { k: 1 }, { weights: Float64Array.from(weights) });
    expect(() => weigh(1, 2)).toThrow('invalid weights: 2');
    expect(() => weigh(1, -1, 1)).toThrow('invalid weight: -1');
    expect(() => weigh(0, 0, 0)).toThrow('all are zero');
  });

  it('takes rows out as a matrix of their own', () => {
    const taken = takeRows(
      matrixOf([
        [1, 5],
        [2, 6],
        [3, 7],
      ]),
      [2, 0, 2],
    );
    expect({ ...taken, x: [...taken.x] }).toEqual({ n: 3, d: 2, x: [3, 1, 3, 7, 5, 7] });
  });
});
