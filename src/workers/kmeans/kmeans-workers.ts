import type { ClusterStability } from '../../kernels/kmeans/bootstrap-jaccard';
import type { LloydShards } from '../../kernels/kmeans/kmeans';
import { shardRanges } from '../../kernels/kmeans/lloyd-shard';
import { checkWeights, columnOf, type Matrix } from '../../kernels/kmeans/matrix';
import type { Rule, TreeLimits } from '../../kernels/kmeans/rule-tree';
import type { Silhouette, SilhouetteSample } from '../../kernels/kmeans/silhouette';
import { spawnModuleWorker } from '../spawn';
import { transfer, WorkerPool } from '../worker-pool';
import type { KMeansMethods, StabilityQuestion } from './kmeans-methods';
import workerUrl from './kmeans.worker?worker&url';

/**
 * K-Means in `count` workers: rows of one matrix at a time, and what is asked besides. Each worker does one thing after
 * another, so that a question asked during a fit holds the fit up. An aborted call ends its workers; the next call has
 * new ones.
 */
export class KMeansWorkers {
  readonly #workers: readonly WorkerPool<KMeansMethods>[];
  #turn = 0;

  /** @param count 1 or more: the processor's cores, up to some four */
  constructor(count: number) {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`invalid count: ${count} (needs 1 or more)`);
    this.#workers = Array.from({ length: count }, () => new WorkerPool(() => spawnModuleWorker(workerUrl), 1));
  }

  /**
   * Puts the rows into the workers, in place of those of the call before, for any number of fits, one after another.
   * The page copies a column at a time and hands the copies over.
   *
   * @param weights a number a row; null = 1 each. Throws RangeError for others.
   * @param signal also ends the fits, whose rows are then gone
   */
  async openShards(matrix: Matrix, weights: Float64Array | null, signal?: AbortSignal): Promise<LloydShards> {
    const { n, d } = matrix;
    if (weights !== null) checkWeights(weights, n);
    const ranges = shardRanges(n, this.#workers.length);
    const inAll = <T>(ask: (worker: WorkerPool<KMeansMethods>, from: number, to: number) => Promise<T>): Promise<T[]> =>
      Promise.all(ranges.map(({ from, to }, shard) => ask(this.#workers[shard]!, from, to)));
    await inAll((worker, from, to) => worker.run((remote) => remote.open({ from, to }, d, weights !== null), signal));
    for (let f = 0; f < d; f++) {
      await inAll((worker, from, to) => {
        const values = columnOf(matrix, f).slice(from, to);
        return worker.run((remote) => remote.fillColumn(f, transfer(values, [values.buffer])), signal);
      });
    }
    if (weights !== null) {
      await inAll((worker, from, to) => {
        const own = weights.slice(from, to);
        return worker.run((remote) => remote.fillWeights(transfer(own, [own.buffer])), signal);
      });
    }
    return { n, d, ask: (request) => inAll((worker) => worker.run((remote) => remote.answer(request), signal)) };
  }

  /** See the kernel of that name. */
  silhouette(sample: SilhouetteSample, labels: Uint8Array, k: number, signal?: AbortSignal): Promise<Silhouette> {
    return this.#next().run((remote) => remote.silhouette(sample, labels, k), signal);
  }

  /** See bootstrapJaccard. Cost: that of `rounds` fits in one worker; take a sample of many rows. */
  stability(question: StabilityQuestion, signal?: AbortSignal): Promise<ClusterStability> {
    return this.#next().run((remote) => remote.stability(question), signal);
  }

  /** See rulesOfMembers. */
  rules(matrix: Matrix, isMember: Uint8Array, limits: TreeLimits, signal?: AbortSignal): Promise<readonly Rule[]> {
    return this.#next().run((remote) => remote.rules(matrix, isMember, limits), signal);
  }

  /** Ends the workers that have nothing to do, and with them the rows they hold. */
  close(): void {
    for (const worker of this.#workers) worker.close();
  }

  #next(): WorkerPool<KMeansMethods> {
    return this.#workers[this.#turn++ % this.#workers.length]!;
  }
}
