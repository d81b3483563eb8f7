import type { FarRow, ShardAnswers, ShardRequest, Target } from './lloyd-shard';

/**
 * The conversation of a fit with its shards: it yields what it asks of all of them and is given their answers in the
 * order of the rows. Whoever drives it decides whether the shards answer at once or from workers.
 */
export type ShardTalk<T> = Generator<ShardRequest, T, readonly ShardAnswers[ShardRequest['kind']][]>;

export function* ask<K extends ShardRequest['kind']>(
  request: Extract<ShardRequest, { readonly kind: K }>,
): ShardTalk<readonly ShardAnswers[K][]> {
  return (yield request) as readonly ShardAnswers[K][];
}

/** What one pass over all rows found. */
export interface PassSums {
  /** Weighted sums of each cluster's rows, k x d. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  readonly inertia: number;
  /** Rows whose label is another than after the pass before. */
  readonly moved: number;
}

export function* assignRows(centroids: Float64Array, k: number): ShardTalk<PassSums> {
  const answers = yield* ask({ kind: 'assign', centroids });
  const kd = centroids.length;
  const total = new Float64Array(kd + k + 2);
  for (const sums of answers) {
    for (let i = 0; i < sums.length; i++) total[i % total.length]! += sums[i]!;
  }
  return {
    sums: total.subarray(0, kd),
    weights: total.subarray(kd, kd + k),
    inertia: total[kd + k]!,
    moved: total[kd + k + 1]!,
  };
}

/** The rows of all shards that lie farthest from their centroid, the farthest first, on a tie the earlier row. */
export function* farthestRows(centroids: Float64Array, count: number): ShardTalk<readonly FarRow[]> {
  const answers = yield* ask({ kind: 'farthest', centroids, count });
  // The sort is stable: shards come in the order of their rows.
  return answers
    .flat()
    .sort((a, b) => b.distance - a.distance)
    .slice(0, count);
}

/** The rows at the targets. */
export function* locateRows(targets: readonly Target[]): ShardTalk<readonly Float64Array[]> {
  const answers = yield* ask({ kind: 'locate', targets });
  return targets.map((_, i) => answers.map((found) => found[i]).find((row) => row !== null)!);
}

/** The labels of all rows. */
export function* collectLabels(): ShardTalk<Uint8Array> {
  const answers = yield* ask({ kind: 'labels' });
  const labels = new Uint8Array(answers.reduce((n, part) => n + part.length, 0));
  let n = 0;
  for (const part of answers) {
    labels.set(part, n);
    n += part.length;
  }
  return labels;
}
