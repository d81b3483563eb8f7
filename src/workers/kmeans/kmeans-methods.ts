import { AppError } from '../../core/errors';
import { bootstrapJaccard, type ClusterStability } from '../../kernels/kmeans/bootstrap-jaccard';
import type { KMeansOptions } from '../../kernels/kmeans/fit';
import { kmeans } from '../../kernels/kmeans/kmeans';
import { LloydShard, type ShardAnswers, type ShardRequest } from '../../kernels/kmeans/lloyd-shard';
import type { Matrix } from '../../kernels/kmeans/matrix';
import { rulesOfMembers, type Rule, type TreeLimits } from '../../kernels/kmeans/rule-tree';
import { silhouette, type Silhouette, type SilhouetteSample } from '../../kernels/kmeans/silhouette';
import { createSimdPass } from '../../kernels/kmeans/simd-pass';

/** What is asked of a fit and of its bootstrap, with the labels that it gave. */
export interface StabilityQuestion {
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
  /** The fit that gave the labels; every round has a seed of its own. */
  readonly fit: KMeansOptions;
  readonly rounds: number;
  readonly seed: number;
}

/** What a worker of K-Means does. It keeps one shard, between `open` and the next. */
export interface KMeansMethods {
  open(range: { readonly from: number; readonly to: number }, d: number, isWeighted: boolean): void;
  fillColumn(f: number, values: Float64Array): void;
  fillWeights(weights: Float64Array): void;
  answer(request: ShardRequest): ShardAnswers[ShardRequest['kind']];
  silhouette(sample: SilhouetteSample, labels: Uint8Array, k: number): Silhouette;
  stability(question: StabilityQuestion): ClusterStability;
  rules(matrix: Matrix, isMember: Uint8Array, limits: TreeLimits): readonly Rule[];
}

export function createKMeansMethods(): KMeansMethods {
  let kept: LloydShard | null = null;
  const shard = (): LloydShard => {
    // A worker that took a lost one's place has no rows.
    if (kept === null) throw new AppError('worker-lost');
    return kept;
  };
  return {
    open(range, d, isWeighted) {
      // The memory of the one before is let go before the next is asked for.
      kept = null;
      kept = new LloydShard(range, d, isWeighted, createSimdPass);
    },
    fillColumn: (f, values) => shard().fillColumn(f, values),
    fillWeights: (weights) => shard().fillWeights(weights),
    answer: (request) => shard().answer(request),
    silhouette,
    stability: ({ matrix, labels, fit, rounds, seed }) =>
      bootstrapJaccard(labels, fit.k, { rounds, seed }, (weights, round) => {
        return kmeans(matrix, { ...fit, seed: seed + 1 + round }, { weights }).labels;
      }),
    rules: rulesOfMembers,
  };
}
