import type { Matrix } from './matrix';

/** What a partition's indices are made of. Clusters that no row belongs to have size 0 and zeros. */
export interface ClusterMoments {
  readonly k: number;
  readonly sizes: Int32Array;
  /** k x d, row by row. */
  readonly means: Float64Array;
  /** Sum of squared distances of the rows to their cluster's mean. */
  readonly within: number;
  /** Mean distance of each cluster's rows to its mean. */
  readonly meanDistances: Float64Array;
}

/** Throws RangeError where there is not one label a row. Cost: two passes of n d. */
export function clusterMoments({ n, d, x }: Matrix, labels: ArrayLike<number>, k: number): ClusterMoments {
  if (labels.length !== n) throw new RangeError(`invalid labels: ${labels.length} (needs one a row)`);
  const sizes = new Int32Array(k);
  const means = new Float64Array(k * d);
  for (let i = 0; i < n; i++) sizes[labels[i]!]!++;
  for (let f = 0; f < d; f++) {
    for (let i = 0; i < n; i++) means[labels[i]! * d + f]! += x[f * n + i]!;
  }
  for (let c = 0; c < means.length; c++) means[c]! /= Math.max(1, sizes[Math.floor(c / d)]!);
  const meanDistances = new Float64Array(k);
  let within = 0;
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let f = 0; f < d; f++) {
      const difference = x[f * n + i]! - means[labels[i]! * d + f]!;
      square += difference * difference;
    }
    within += square;
    meanDistances[labels[i]!]! += Math.sqrt(square) / sizes[labels[i]!]!;
  }
  return { k, sizes, means, within, meanDistances };
}
