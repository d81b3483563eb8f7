/** n rows of d numbers, all finite, one column after another: column f of row i is x[f * n + i]. */
export interface Matrix {
  readonly n: number;
  readonly d: number;
  readonly x: Float64Array;
}

/**
 * The numbers as a matrix, not copied.
 *
 * @param x n x d numbers, column after column
 * Throws RangeError where there is no row or no column, where x is of another length, and where it holds NaN or an
 * infinity: what is missing must have been filled or left out before.
 * Cost: one pass over x.
 */
export function createMatrix(x: Float64Array, n: number, d: number): Matrix {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`invalid n: ${n} (needs a whole number from 1)`);
  if (!Number.isInteger(d) || d < 1) throw new RangeError(`invalid d: ${d} (needs a whole number from 1)`);
  if (x.length !== n * d) throw new RangeError(`invalid x: ${x.length} numbers (needs n x d = ${n * d})`);
  // Zero times a number is zero, but for NaN and the infinities: one test for all.
  let trace = 0;
  for (let i = 0; i < x.length; i++) trace += x[i]! * 0;
  if (trace !== 0) {
    const place = x.findIndex((value) => !Number.isFinite(value));
    throw new RangeError(`invalid x: ${x[place]!} in row ${place % n} of column ${Math.floor(place / n)}`);
  }
  return { n, d, x };
}

/** A view of column f. */
export function columnOf({ n, x }: Matrix, f: number): Float64Array {
  return x.subarray(f * n, (f + 1) * n);
}

/** The chosen rows, in the order given, as a matrix of their own. */
export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { n, d } = matrix;
  const m = rows.length;
  const x = new Float64Array(m * d);
  for (let f = 0; f < d; f++) {
    for (let i = 0; i < m; i++) x[f * m + i] = matrix.x[f * n + rows[i]!]!;
  }
  return { n: m, d, x };
}

/** Throws RangeError unless there is a weight for every row, none negative or infinite, and one above zero. */
export function checkWeights(weights: Float64Array, n: number): void {
  if (weights.length !== n) throw new RangeError(`invalid weights: ${weights.length} (needs one a row, ${n})`);
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong !== undefined) throw new RangeError(`invalid weight: ${wrong} (needs a finite number from 0)`);
  if (!weights.some((weight) => weight > 0)) throw new RangeError('invalid weights: all are zero');
}
