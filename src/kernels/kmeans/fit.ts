import { createRandom } from '../../core/random';
import { seedCentroids } from './seeding';
import { assignRows, collectLabels, farthestRows, type PassSums, type ShardTalk } from './shard-talk';

const MAX_K = 256;

export interface KMeansOptions {
  /** Clusters, 1..256 and at most n. */
  readonly k: number;
  readonly seed: number;
  /** Fits from different seeds of which the best is kept, 1 or more. */
  readonly starts: number;
  /** Passes a start, 1 or more. */
  readonly maxIterations: number;
  /**
   * A start has converged when no centroid moves by more, in units of x; 0 = when no row changes its cluster. 0.01 on
   * columns of variance 1 is much what scikit-learn's 1e-4 is.
   */
  readonly tolerance: number;
  /** Centroids to begin with, k x d row by row; then there is one start. */
  readonly initial?: Float64Array;
}

export interface KMeansProgress {
  /** From 0. */
  readonly start: number;
  readonly starts: number;
  /** From 1. */
  readonly iteration: number;
  readonly inertia: number;
}

/**
 * Clusters are numbered by weight, the heaviest 0; on a tie, by their centroids, column by column. One that no row
 * belongs to (there are fewer distinct rows than k) comes last, with size 0.
 */
export interface KMeansResult {
  readonly k: number;
  readonly d: number;
  /** k x d, row by row. Every row's label is the nearest of these. */
  readonly centroids: Float64Array;
  readonly labels: Uint8Array;
  /** Rows a cluster. */
  readonly sizes: Int32Array;
  /** Sum of the rows' weights a cluster; the sizes where rows have none. */
  readonly weights: Float64Array;
  /** Weighted sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  /** Passes of the start that was kept. */
  readonly iterations: number;
  /** False where maxIterations ended it. */
  readonly converged: boolean;
  /** Inertia after each pass of the start that was kept; it never rises, but for rounding. */
  readonly history: Float64Array;
  /** Inertia each start ended with, in their order. */
  readonly startInertias: Float64Array;
}

interface Descent {
  readonly centroids: Float64Array;
  readonly inertia: number;
  readonly history: readonly number[];
  readonly converged: boolean;
}

/** Throws RangeError for options that cannot be. */
export function checkOptions(options: KMeansOptions, n: number, d: number): void {
  const { k, starts, maxIterations, tolerance, initial } = options;
  if (!Number.isInteger(k) || k < 1 || k > Math.min(n, MAX_K))
    throw new RangeError(`invalid k: ${k} (needs 1..${Math.min(n, MAX_K)})`);
  if (!Number.isInteger(starts) || starts < 1) throw new RangeError(`invalid starts: ${starts} (needs 1 or more)`);
  if (!Number.isInteger(maxIterations) || maxIterations < 1)
    throw new RangeError(`invalid maxIterations: ${maxIterations} (needs 1 or more)`);
  if (!(tolerance >= 0)) throw new RangeError(`invalid tolerance: ${tolerance} (needs 0 or more)`);
  if (initial !== undefined && (initial.length !== k * d || !initial.every(Number.isFinite)))
    throw new RangeError(`invalid initial: needs k x d = ${k * d} finite numbers`);
}

/** The best of several starts over rows that shards hold; see kmeans.ts. */
export function* fitShards(
  options: KMeansOptions,
  d: number,
  onProgress: (progress: KMeansProgress) => void,
): ShardTalk<KMeansResult> {
  const { k, initial } = options;
  const random = createRandom(options.seed);
  const starts = initial === undefined ? options.starts : 1;
  const descents: Descent[] = [];
  for (let start = 0; start < starts; start++) {
    const seeds = initial ?? (yield* seedCentroids(k, d, random));
    const report = (iteration: number, inertia: number): void => onProgress({ start, starts, iteration, inertia });
    descents.push(yield* descend(seeds, d, options, report));
  }
  const startInertias = Float64Array.from(descents, ({ inertia }) => inertia);
  const best = descents[startInertias.indexOf(Math.min(...startInertias))]!;
  // Labels are of the last pass, which may have been another start's.
  const { weights } = yield* assignRows(best.centroids, k);
  const order = byWeight(best.centroids, weights, d);
  const labels = yield* collectLabels();
  return {
    k,
    d,
    centroids: Float64Array.from(order.flatMap((j) => [...best.centroids.subarray(j * d, (j + 1) * d)])),
    ...renumber(labels, order),
    weights: Float64Array.from(order, (j) => weights[j]!),
    inertia: best.inertia,
    iterations: best.history.length,
    converged: best.converged,
    history: Float64Array.from(best.history),
    startInertias,
  };
}

/** Lloyd's iterations from these centroids. What it ends with is what its last pass measured. */
function* descend(
  seeds: Float64Array,
  d: number,
  { k, maxIterations, tolerance }: KMeansOptions,
  report: (iteration: number, inertia: number) => void,
): ShardTalk<Descent> {
  const history: number[] = [];
  for (let centroids = seeds; ;) {
    const found = yield* assignRows(centroids, k);
    const { inertia } = found;
    history.push(inertia);
    report(history.length, inertia);
    const next = centroidsOf(found, centroids, d);
    const hasReseeded = yield* reseedEmpty(next, found, centroids, d);
    // The first pass compares with the labels of whatever was before it.
    const hasSettled = history.length > 1 && found.moved === 0;
    const converged = !hasReseeded && (hasSettled || longestMove(centroids, next, d) <= tolerance);
    if (converged || history.length === maxIterations) return { centroids, inertia, history, converged };
    centroids = next;
  }
}

/** The mean of each cluster's rows; an empty one stays where it was. */
function centroidsOf({ sums, weights }: PassSums, before: Float64Array, d: number): Float64Array {
  return sums.map((sum, i) => {
    const weight = weights[Math.floor(i / d)]!;
    return weight > 0 ? sum / weight : before[i]!;
  });
}

/**
 * Moves each empty cluster to the row that lies farthest from its centroid, the next to the next farthest. False where
 * there is none, or every row lies on its centroid.
 */
function* reseedEmpty(next: Float64Array, found: PassSums, centroids: Float64Array, d: number): ShardTalk<boolean> {
  const empty = Array.from(found.weights.keys()).filter((j) => found.weights[j] === 0);
  if (empty.length === 0) return false;
  const far = (yield* farthestRows(centroids, empty.length)).filter(({ distance }) => distance > 0);
  far.forEach(({ row }, i) => next.set(row, empty[i]! * d));
  return far.length > 0;
}

function longestMove(before: Float64Array, after: Float64Array, d: number): number {
  let longest = 0;
  for (let c = 0; c < before.length; c += d) {
    let square = 0;
    for (let f = c; f < c + d; f++) square += (after[f]! - before[f]!) * (after[f]! - before[f]!);
    longest = Math.max(longest, square);
  }
  return Math.sqrt(longest);
}

/** The clusters' numbers, the heaviest first. */
function byWeight(centroids: Float64Array, weights: Float64Array, d: number): number[] {
  const compareColumns = (a: number, b: number): number => {
    for (let f = 0; f < d; f++) {
      const difference = centroids[a * d + f]! - centroids[b * d + f]!;
      if (difference !== 0) return difference;
    }
    return 0;
  };
  return Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || compareColumns(a, b));
}

function renumber(labels: Uint8Array, order: readonly number[]): { labels: Uint8Array; sizes: Int32Array } {
  const rank = new Uint8Array(order.length);
  order.forEach((j, place) => (rank[j] = place));
  const sizes = new Int32Array(order.length);
  const renumbered = labels.map((label) => rank[label]!);
  for (const label of renumbered) sizes[label]!++;
  return { labels: renumbered, sizes };
}
