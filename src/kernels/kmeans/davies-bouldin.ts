import { clusterMoments } from './cluster-moments';
import type { Matrix } from './matrix';

/**
 * The mean over clusters of how alike each is to the one most like it: (s_i + s_j) / distance of their means, s being
 * the mean distance of a cluster's rows to its mean. Lower is better. Null where fewer than two clusters have rows;
 * Infinity where two means are equal.
 *
 * @source Davies and Bouldin (1979), A cluster separation measure
 * Cost: two passes of n d, and k^2 d.
 */
export function daviesBouldin(matrix: Matrix, labels: ArrayLike<number>, k: number): number | null {
  const { d } = matrix;
  const { sizes, means, meanDistances } = clusterMoments(matrix, labels, k);
  const clusters = Array.from(sizes.keys()).filter((j) => sizes[j]! > 0);
  if (clusters.length < 2) return null;
  const distance = (i: number, j: number): number =>
    Math.hypot(...Array.from({ length: d }, (_, f) => means[i * d + f]! - means[j * d + f]!));
  const likeness = clusters.map((i) => {
    const others = clusters.filter((j) => j !== i);
    return Math.max(
      ...others.map((j) => {
        const apart = distance(i, j);
        return apart === 0 ? Infinity : (meanDistances[i]! + meanDistances[j]!) / apart;
      }),
    );
  });
  return likeness.reduce((sum, value) => sum + value, 0) / clusters.length;
}
