import { checkOptions, fitShards, type KMeansOptions, type KMeansProgress, type KMeansResult } from './fit';
import type { CreatePass } from './lloyd-pass';
import { LloydShard, shardRanges, type ShardAnswers, type ShardRequest } from './lloyd-shard';
import { checkWeights, columnOf, type Matrix } from './matrix';
import { createSimdPass } from './simd-pass';

/** The rows of a fit wherever they are: cut by `shardRanges`, each range held by a LloydShard. */
export interface LloydShards {
  readonly n: number;
  readonly d: number;
  /** The answers of all shards, in the order of their rows. */
  ask(request: ShardRequest): Promise<readonly ShardAnswers[ShardRequest['kind']][]>;
}

export interface KMeansRows {
  /** A number a row, from 0: a row of weight 2 counts as two rows. Null, as without it: 1 each. */
  readonly weights?: Float64Array | null;
  /** The inner loops: createSimdPass, as without it, or createPlainPass, their reference. */
  readonly create?: CreatePass;
  /** 1 without it; the answer is the same for any number. */
  readonly shards?: number;
}

/**
 * K-Means by Lloyd's algorithm from greedy k-means++ seeds, the best of several starts. The same seed gives the same
 * bits on every machine, with either pass and any number of shards. A cluster that runs empty is put to the row that
 * lies farthest from its centroid.
 *
 * Throws RangeError for options or weights that cannot be; not converging is no error.
 * @source Lloyd (1982), Least squares quantization in PCM; Arthur and Vassilvitskii (2007), k-means++
 * Cost: n k d a pass, and (2 + ln k) n k d a start for its seeds.
 */
export function kmeans(matrix: Matrix, options: KMeansOptions, rows: KMeansRows = {}): KMeansResult {
  const { n, d } = matrix;
  const { weights = null, create = createSimdPass } = rows;
  checkOptions(options, n, d);
  if (weights !== null) checkWeights(weights, n);
  const shards = shardRanges(n, rows.shards ?? 1).map(({ from, to }) => {
    const shard = new LloydShard({ from, to }, d, weights !== null, create);
    for (let f = 0; f < d; f++) shard.fillColumn(f, columnOf(matrix, f).subarray(from, to));
    if (weights !== null) shard.fillWeights(weights.subarray(from, to));
    return shard;
  });
  const talk = fitShards(options, d, () => undefined);
  let turn = talk.next();
  while (turn.done !== true) {
    const request = turn.value;
    turn = talk.next(shards.map((shard) => shard.answer(request)));
  }
  return turn.value;
}

/**
 * The same over shards that may lie in workers.
 *
 * @param onProgress called after every pass
 * Throws what the shards throw, which is how a fit is cancelled.
 */
export async function kmeansOverShards(
  shards: LloydShards,
  options: KMeansOptions,
  onProgress: (progress: KMeansProgress) => void = () => undefined,
): Promise<KMeansResult> {
  checkOptions(options, shards.n, shards.d);
  const talk = fitShards(options, shards.d, onProgress);
  let turn = talk.next();
  while (turn.done !== true) turn = talk.next(await shards.ask(turn.value));
  return turn.value;
}
