import { createRandom } from '../../core/random';

export interface ClusterStability {
  /** Mean over the rounds of each cluster's greatest Jaccard likeness, 0..1; NaN for a cluster without rows. */
  readonly means: Float64Array;
  /** Rounds in which the likeness was 0.5 or less: the cluster dissolved. */
  readonly dissolved: Int32Array;
  /** Rounds in which it was 0.75 or more: the cluster was found again. */
  readonly recovered: Int32Array;
  readonly rounds: number;
}

/**
 * Whether clusters survive another sample of the same customers. A round draws n rows with replacement, lets `refit`
 * cluster them, and compares each cluster with the refitted one most like it: rows in both / rows in either, counted
 * among the distinct rows drawn. Hennig reads a mean of 0.75 and more as stable, below 0.6 as not to be trusted.
 *
 * @param labels a cluster of 0..k - 1 a row
 * @param refit given how often each row was drawn (its weight), gives every row a label below 256; those of rows that
 *   were not drawn are not looked at
 * @source Hennig (2007), Cluster-wise assessment of cluster stability, section 3.1
 * Cost: `rounds` refits, and n a round.
 */
export function bootstrapJaccard(
  labels: ArrayLike<number>,
  k: number,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  refit: (weights: Float64Array, round: number) => ArrayLike<number>,
): ClusterStability {
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`invalid rounds: ${rounds} (needs 1 or more)`);
  const n = labels.length;
  const random = createRandom(seed);
  const sums = new Float64Array(k);
  const compared = new Int32Array(k);
  const dissolved = new Int32Array(k);
  const recovered = new Int32Array(k);
  for (let round = 0; round < rounds; round++) {
    const weights = new Float64Array(n);
    for (let i = 0; i < n; i++) weights[Math.floor(random() * n)]!++;
    greatestLikeness(labels, refit(weights, round), weights, k).forEach((likeness, j) => {
      if (Number.isNaN(likeness)) return;
      sums[j]! += likeness;
      compared[j]!++;
      if (likeness <= 0.5) dissolved[j]!++;
      if (likeness >= 0.75) recovered[j]!++;
    });
  }
  return { means: sums.map((sum, j) => sum / compared[j]!), dissolved, recovered, rounds };
}

const MOST_LABELS = 256;

/** Of each cluster, among the rows drawn; NaN where none of its rows was drawn. */
function greatestLikeness(
  labels: ArrayLike<number>,
  others: ArrayLike<number>,
  weights: Float64Array,
  k: number,
): Float64Array {
  const both = new Float64Array(k * MOST_LABELS);
  const own = new Float64Array(k);
  const other = new Float64Array(MOST_LABELS);
  for (let i = 0; i < labels.length; i++) {
    if (weights[i] === 0) continue;
    own[labels[i]!]!++;
    other[others[i]!]!++;
    both[labels[i]! * MOST_LABELS + others[i]!]!++;
  }
  return own.map((size, j) => {
    if (size === 0) return NaN;
    const shared = both.subarray(j * MOST_LABELS, (j + 1) * MOST_LABELS);
    return shared.reduce(
      (most, count, label) => (count === 0 ? most : Math.max(most, count / (size + other[label]! - count))),
      0,
    );
  });
}
