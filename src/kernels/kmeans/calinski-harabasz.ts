import { clusterMoments } from './cluster-moments';
import type { Matrix } from './matrix';

/**
 * The spread between clusters against the spread within: (B / (g - 1)) / (W / (n - g)) for the g clusters that have
 * rows. Higher is better. Null where g < 2 or g = n; Infinity where every row lies on its cluster's mean.
 *
 * @source Caliński and Harabasz (1974), A dendrite method for cluster analysis
 * Cost: a few passes of n d.
 */
export function calinskiHarabasz(matrix: Matrix, labels: ArrayLike<number>, k: number): number | null {
  const { n } = matrix;
  const { sizes, within } = clusterMoments(matrix, labels, k);
  const g = sizes.filter((size) => size > 0).length;
  if (g < 2 || g === n) return null;
  const total = clusterMoments(matrix, new Uint8Array(n), 1).within;
  return (total - within) / (g - 1) / (within / (n - g));
}
