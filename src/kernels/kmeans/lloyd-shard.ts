import { fillColumn, rowOf, type CreatePass, type LloydPass } from './lloyd-pass';

/**
 * Rows are summed in blocks of this many and the blocks' sums are added in order, so that it makes no difference to
 * any bit how many shards, and so how many workers, hold the rows. A multiple of four.
 */
const BLOCK_ROWS = 8192;

/** A place among the rows: `rest` of the weighted `nearest` into the block. Blocks are numbered over all shards. */
export interface Target {
  readonly block: number;
  readonly rest: number;
}

export interface FarRow {
  readonly distance: number;
  readonly row: Float64Array;
}

/** What a fit asks of every shard. Points and centroids are m x d numbers, row by row. */
export type ShardRequest =
  | { readonly kind: 'begin' }
  | { readonly kind: 'adopt'; readonly point: Float64Array; readonly isFirst: boolean }
  | { readonly kind: 'approach'; readonly points: Float64Array }
  | { readonly kind: 'locate'; readonly targets: readonly Target[] }
  | { readonly kind: 'assign'; readonly centroids: Float64Array }
  | { readonly kind: 'farthest'; readonly centroids: Float64Array; readonly count: number }
  | { readonly kind: 'labels' };

export interface ShardAnswers {
  /** Sets `nearest` to 1 a row: its weighted sum a block. */
  begin: Float64Array;
  /** Brings `nearest` down to the squared distance to the point; its weighted sum a block. */
  adopt: Float64Array;
  /** What `adopt` would answer for each point: points x blocks. */
  approach: Float64Array;
  /** The row at each place; null where the block is another shard's. */
  locate: readonly (Float64Array | null)[];
  /** Blocks x (k d + k + 2): see LloydPass.assign. */
  assign: Float64Array;
  /** The rows of any weight that lie farthest from their centroid, the farthest first, on a tie the earlier row. */
  farthest: readonly FarRow[];
  /** The cluster of every row, by the last `assign`. */
  labels: Uint8Array;
}

/** Cuts n rows into `count` ranges of whole blocks, as even as blocks allow; fewer where there are fewer blocks. */
export function shardRanges(n: number, count: number): readonly { readonly from: number; readonly to: number }[] {
  const blocks = Math.ceil(n / BLOCK_ROWS);
  const shards = Math.min(count, blocks);
  const edge = (shard: number): number => Math.min(n, Math.floor((blocks * shard) / shards) * BLOCK_ROWS);
  return Array.from({ length: shards }, (_, shard) => ({ from: edge(shard), to: edge(shard + 1) }));
}

/** Rows of a fit that stay together, in a worker or not. It is filled column by column and then asked. */
export class LloydShard {
  readonly #pass: LloydPass;
  readonly #firstBlock: number;
  readonly #blocks: number;

  /** For the rows of a range of `shardRanges`; weights, too, are filled afterwards. */
  constructor(
    range: { readonly from: number; readonly to: number },
    d: number,
    isWeighted: boolean,
    create: CreatePass,
  ) {
    const n = range.to - range.from;
    this.#pass = create(n, d, isWeighted);
    this.#firstBlock = range.from / BLOCK_ROWS;
    this.#blocks = Math.ceil(n / BLOCK_ROWS);
  }

  fillColumn(f: number, values: Float64Array): void {
    fillColumn(this.#pass, f, values);
  }

  fillWeights(weights: Float64Array): void {
    this.#pass.weights?.set(weights);
  }

  answer(request: ShardRequest): ShardAnswers[ShardRequest['kind']] {
    switch (request.kind) {
      case 'begin':
        this.#pass.nearest.fill(1);
        return this.#blockWeights();
      case 'adopt':
        if (request.isFirst) this.#pass.nearest.fill(Infinity);
        return this.#approach(request.point, true);
      case 'approach':
        return this.#approach(request.points, false);
      case 'locate':
        return request.targets.map((target) => this.#locate(target));
      case 'assign':
        return this.#assign(request.centroids);
      case 'farthest':
        return this.#farthest(request.centroids, request.count);
      case 'labels':
        return this.#pass.labels.slice();
    }
  }

  #weight(row: number): number {
    return this.#pass.weights === null ? 1 : this.#pass.weights[row]!;
  }

  #blockRange(block: number): readonly [from: number, to: number] {
    return [block * BLOCK_ROWS, Math.min(this.#pass.n, (block + 1) * BLOCK_ROWS)];
  }

  #blockWeights(): Float64Array {
    return Float64Array.from({ length: this.#blocks }, (_, block) => {
      const [from, to] = this.#blockRange(block);
      let sum = 0;
      for (let row = from; row < to; row++) sum += this.#weight(row);
      return sum;
    });
  }

  #approach(points: Float64Array, keeps: boolean): Float64Array {
    const { d } = this.#pass;
    const count = points.length / d;
    const potentials = new Float64Array(count * this.#blocks);
    for (let block = 0; block < this.#blocks; block++) {
      const [from, to] = this.#blockRange(block);
      // All points while the block's rows are still in the cache.
      for (let j = 0; j < count; j++) {
        const point = points.subarray(j * d, (j + 1) * d);
        potentials[j * this.#blocks + block] = this.#pass.approach(from, to, point, keeps);
      }
    }
    return potentials;
  }

  #locate({ block, rest }: Target): Float64Array | null {
    const own = block - this.#firstBlock;
    if (own < 0 || own >= this.#blocks) return null;
    const [from, to] = this.#blockRange(own);
    let sum = 0;
    let last = from;
    for (let row = from; row < to; row++) {
      const share = this.#weight(row) * this.#pass.nearest[row]!;
      if (share === 0) continue;
      last = row;
      sum += share;
      if (sum > rest) break;
    }
    return rowOf(this.#pass, last);
  }

  #assign(centroids: Float64Array): Float64Array {
    const length = centroids.length + centroids.length / this.#pass.d + 2;
    const sums = new Float64Array(this.#blocks * length);
    for (let block = 0; block < this.#blocks; block++) {
      const [from, to] = this.#blockRange(block);
      this.#pass.assign(from, to, centroids, sums.subarray(block * length, (block + 1) * length));
    }
    return sums;
  }

  /** Rare: once for every cluster that a pass leaves empty. */
  #farthest(centroids: Float64Array, count: number): readonly FarRow[] {
    const { n, d, labels } = this.#pass;
    const far: FarRow[] = [];
    for (let i = 0; i < n; i++) {
      if (this.#weight(i) === 0) continue;
      const row = rowOf(this.#pass, i);
      const distance = squaredDistance(row, centroids.subarray(labels[i]! * d, (labels[i]! + 1) * d));
      if (far.length === count && distance <= far[count - 1]!.distance) continue;
      const place = far.findIndex((other) => distance > other.distance);
      far.splice(place === -1 ? far.length : place, 0, { distance, row });
      if (far.length > count) far.pop();
    }
    return far;
  }
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += (a[f]! - b[f]!) * (a[f]! - b[f]!);
  return sum;
}
