import { afterEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random';
import { adjustedRand } from '../../../src/kernels/kmeans/adjusted-rand';
import { bootstrapJaccard } from '../../../src/kernels/kmeans/bootstrap-jaccard';
import { kmeans, kmeansOverShards } from '../../../src/kernels/kmeans/kmeans';
import { createMatrix } from '../../../src/kernels/kmeans/matrix';
import { createPlainPass } from '../../../src/kernels/kmeans/plain-pass';
import { rulesOfMembers } from '../../../src/kernels/kmeans/rule-tree';
import { drawSilhouetteSample, sampledLabels, silhouette } from '../../../src/kernels/kmeans/silhouette';
import { KMeansWorkers } from '../../../src/workers/kmeans/kmeans-workers';

const OPTIONS = { k: 5, seed: 3, starts: 2, maxIterations: 20, tolerance: 0 };
const n = 30_000;
const random = createRandom(9);
/** Two columns: rows around (0, 0), (10, 0), (0, 10), (10, 10) in turn. */
const matrix = createMatrix(
  Float64Array.from({ length: 2 * n }, (_, i) => random() * 4 + (((i % n) >> (i < n ? 0 : 1)) % 2) * 10),
  n,
  2,
);
const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));

let workers: KMeansWorkers;
afterEach(() => workers.close());

describe('K-Means in workers', () => {
  it.each([1, 4])('gives the bits of the plain pass with %i, weighted and not, fit after fit', async (count) => {
    workers = new KMeansWorkers(count);
    for (const own of [null, weights]) {
      const shards = await workers.openShards(matrix, own);
      for (const k of [4, 5]) {
        const expected = kmeans(matrix, { ...OPTIONS, k }, { weights: own, create: createPlainPass });
        expect(await kmeansOverShards(shards, { ...OPTIONS, k })).toEqual(expected);
      }
    }
    // The rows are still the page's own.
    expect(matrix.x).toHaveLength(2 * n);
    expect(weights).toHaveLength(n);
  });

  it('finds the groups that were made', async () => {
    workers = new KMeansWorkers(2);
    const { labels, sizes } = await kmeansOverShards(await workers.openShards(matrix, null), { ...OPTIONS, k: 4 });
    expect([...sizes]).toEqual([n / 4, n / 4, n / 4, n / 4]);
    expect(
      adjustedRand(
        labels,
        Array.from({ length: n }, (_, i) => i % 4),
      ),
    ).toBe(1);
  });

  it('ends a fit that is aborted, and has new workers for the next', async () => {
    workers = new KMeansWorkers(2);
    const abort = new AbortController();
    const shards = await workers.openShards(matrix, null, abort.signal);
    const fit = kmeansOverShards(shards, { ...OPTIONS, starts: 1000 }, ({ start }) => {
      if (start === 1) abort.abort();
    });
    await expect(fit).rejects.toMatchObject({ code: 'cancelled' });
    await expect(kmeansOverShards(shards, OPTIONS)).rejects.toMatchObject({ code: 'cancelled' });
    const again = await kmeansOverShards(await workers.openShards(matrix, null), OPTIONS);
    expect(again.inertia).toBe(kmeans(matrix, OPTIONS).inertia);
  });

  it('answers what is asked besides as the kernels do', async () => {
    workers = new KMeansWorkers(2);
    const few = createMatrix(matrix.x.slice(0, 1200), 600, 2);
    const fit = { ...OPTIONS, k: 3 };
    const { labels } = kmeans(few, fit);
    const sample = drawSilhouetteSample(few, { mostRows: 200, seed: 1 });
    const own = sampledLabels(sample, labels);
    const isMember = labels.map((label) => (label === 0 ? 1 : 0));
    const limits = { depth: 2, leastRows: 5 };
    const [width, found, rules] = await Promise.all([
      workers.silhouette(sample, own, 3),
      workers.stability({ matrix: few, labels, fit, rounds: 4, seed: 8 }),
      workers.rules(few, isMember, limits),
    ]);
    expect(width).toEqual(silhouette(sample, own, 3));
    const refit = (drawn: Float64Array, round: number): Uint8Array =>
      kmeans(few, { ...fit, seed: 9 + round }, { weights: drawn }).labels;
    expect(found).toEqual(bootstrapJaccard(labels, 3, { rounds: 4, seed: 8 }, refit));
    expect(rules).toEqual(rulesOfMembers(few, isMember, limits));
  });

  it('refuses weights that cannot be, and no workers at all', async () => {
    workers = new KMeansWorkers(1);
    await expect(workers.openShards(matrix, new Float64Array(3))).rejects.toThrow(RangeError);
    expect(() => new KMeansWorkers(0)).toThrow('invalid count: 0');
  });
});
