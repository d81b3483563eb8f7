/** Rows that lie together: column f of row i is x[groupedIndex(i, f, d)]. */
export const GROUP = 4;

/**
 * Some rows in the layout that both passes read, and the inner loops over them. Groups of four rows lie one after
 * another, each column by column, the last filled with zeros.
 */
export interface LloydPass {
  readonly n: number;
  readonly d: number;
  readonly x: Float64Array;
  /** Null = every row counts once. */
  readonly weights: Float64Array | null;
  /** The cluster of each row, as the last `assign` left it. */
  readonly labels: Uint8Array;
  /** A number a row, kept between calls of `approach`. */
  readonly nearest: Float64Array;
  /**
   * Puts the rows from `from` (a multiple of four) up to `to` to their nearest centroid by squared Euclidean distance;
   * a tie goes to the smaller number.
   *
   * @param centroids k x d, row by row
   * @param sums overwritten, k d + k + 2 numbers: weighted sums of the rows k x d, weights k, inertia, rows that moved
   */
  assign(from: number, to: number, centroids: Float64Array, sums: Float64Array): void;
  /**
   * The weighted sum over these rows of the lesser of `nearest` and the squared distance to the point. With `keeps`
   * the lesser is written to `nearest`.
   */
  approach(from: number, to: number, point: Float64Array, keeps: boolean): number;
}

export type CreatePass = (n: number, d: number, isWeighted: boolean) => LloydPass;

/** The length of x for n rows of d columns. */
export function groupedLength(n: number, d: number): number {
  return Math.ceil(n / GROUP) * GROUP * d;
}

export function groupedIndex(i: number, f: number, d: number): number {
  return Math.floor(i / GROUP) * GROUP * d + f * GROUP + (i % GROUP);
}

/** Puts column f of the rows into its places. */
export function fillColumn({ n, d, x }: LloydPass, f: number, values: Float64Array): void {
  for (let i = 0, group = f * GROUP; i < n; i += GROUP, group += GROUP * d) {
    const lanes = Math.min(GROUP, n - i);
    for (let lane = 0; lane < lanes; lane++) x[group + lane] = values[i + lane]!;
  }
}

export function rowOf({ d, x }: LloydPass, i: number): Float64Array {
  return Float64Array.from({ length: d }, (_, f) => x[groupedIndex(i, f, d)]!);
}
