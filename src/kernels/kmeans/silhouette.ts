import { createRandom } from '../../core/random';
import { takeRows, type Matrix } from './matrix';

export interface Silhouette {
  /** Mean over the rows looked at, -1..1; null where fewer than two clusters have a row. */
  readonly mean: number | null;
  /** Of the mean, from drawing the rows; 0 where all were looked at. */
  readonly standardError: number;
  /** Mean of each cluster's rows; NaN for one of which no row was looked at. */
  readonly clusters: Float64Array;
  /** The rows looked at, ascending, and the silhouette of each. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Into which a sample is cut to learn how sure its mean is. */
const JACKKNIFE_PARTS = 20;

/** The rows that a silhouette looks at: little enough to hand to a worker. */
export interface SilhouetteSample {
  /** Rows there are, drawn or not. */
  readonly n: number;
  /** Those looked at, ascending, their numbers and their labels. */
  readonly rows: Int32Array;
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
}

/**
 * All rows up to `mostRows` (2 or more); of more, as many drawn without replacement.
 *
 * @param labels a cluster of 0..k - 1 a row
 */
export function drawSilhouetteSample(
  matrix: Matrix,
  labels: ArrayLike<number>,
  { mostRows, seed }: { readonly mostRows: number; readonly seed: number },
): SilhouetteSample {
  if (labels.length !== matrix.n) throw new RangeError(`invalid labels: ${labels.length} (needs one a row)`);
  if (!(mostRows >= 2)) throw new RangeError(`invalid mostRows: ${mostRows} (needs 2 or more)`);
  const rows = drawRows(matrix.n, mostRows, seed);
  return { n: matrix.n, rows, matrix: takeRows(matrix, rows), labels: Uint8Array.from(rows, (row) => labels[row]!) };
}

/**
 * How much nearer each row lies to its own cluster than to the next: (b - a) / max(a, b), a being its mean Euclidean
 * distance to the other rows of its cluster and b the least of those to another; 0 for the only row of a cluster.
 * Of a sample everything is measured among its rows, which makes the mean an estimate.
 *
 * @source Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis; the
 * standard error by leaving out one of 20 parts at a time (Shao and Tu 1995, The jackknife and bootstrap)
 * Cost: d m^2 / 2 for m rows looked at; k m numbers, 20 times as many of a sample.
 */
export function silhouette({ n, rows, matrix, labels }: SilhouetteSample, k: number): Silhouette {
  const parts = rows.length === n ? 1 : JACKKNIFE_PARTS;
  const distances = distanceSums(matrix, labels, k, parts);
  const values = valuesWithout(null, distances);
  const { sizes } = distances;
  const clusters = new Float64Array(k);
  labels.forEach((label, i) => (clusters[label]! += values[i]! / sizes[label]!));
  const isDefined = sizes.filter((size) => size > 0).length >= 2;
  return {
    mean: isDefined ? meanOf(values) : null,
    standardError: parts === 1 ? 0 : jackknifeError(distances) * Math.sqrt(1 - rows.length / n),
    clusters: clusters.map((mean, j) => (isDefined && sizes[j]! > 0 ? mean : NaN)),
    rows,
    values: isDefined ? values : values.fill(NaN),
  };
}

/** All rows, or `most` of them drawn without replacement, ascending. */
export function drawRows(n: number, most: number, seed: number): Int32Array {
  if (n <= most) return Int32Array.from({ length: n }, (_, i) => i);
  const random = createRandom(seed);
  const rows = new Int32Array(most);
  // Each row is taken with the chance that is left: Knuth's algorithm S.
  let taken = 0;
  for (let i = 0; taken < most; i++) {
    if ((n - i) * random() < most - taken) rows[taken++] = i;
  }
  return rows;
}

/** Row i counts as one of part i % parts. */
interface DistanceSums {
  readonly m: number;
  readonly k: number;
  readonly parts: number;
  readonly labels: Uint8Array;
  readonly sizes: Int32Array;
  /** (k x parts) x m: the sum of a row's distances to the rows of a cluster that are of a part. */
  readonly sums: Float64Array;
  /** k x parts: the rows of them. */
  readonly counts: Int32Array;
}

function distanceSums({ n: m, d, x }: Matrix, labels: Uint8Array, k: number, parts: number): DistanceSums {
  const cells = Int32Array.from(labels, (label, i) => label * parts + (i % parts));
  const sums = new Float64Array(k * parts * m);
  const squares = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    squares.fill(0, i + 1);
    for (let f = 0; f < d; f++) {
      const value = x[f * m + i]!;
      for (let p = i + 1, place = f * m + i + 1; p < m; p++, place++) {
        const difference = x[place]! - value;
        squares[p]! += difference * difference;
      }
    }
    const ownSums = cells[i]! * m;
    for (let p = i + 1; p < m; p++) {
      const distance = Math.sqrt(squares[p]!);
      sums[ownSums + p]! += distance;
      sums[cells[p]! * m + i]! += distance;
    }
  }
  const counts = new Int32Array(k * parts);
  const sizes = new Int32Array(k);
  for (const cell of cells) {
    counts[cell]!++;
    sizes[Math.floor(cell / parts)]!++;
  }
  return { m, k, parts, labels, sizes, sums, counts };
}

/** The silhouettes of all rows but those of one part, as if it had not been drawn; its own are NaN. */
function valuesWithout(without: number | null, { m, k, parts, labels, sums, counts }: DistanceSums): Float64Array {
  const totals = new Float64Array(k * m);
  const sizes = new Int32Array(k);
  for (let cell = 0; cell < k * parts; cell++) {
    if (cell % parts === without) continue;
    const label = Math.floor(cell / parts);
    sizes[label]! += counts[cell]!;
    for (let i = 0; i < m; i++) totals[label * m + i]! += sums[cell * m + i]!;
  }
  return Float64Array.from(labels, (label, i) => {
    if (without !== null && i % parts === without) return NaN;
    if (sizes[label] === 1) return 0;
    let b = Infinity;
    for (let j = 0; j < k; j++) {
      if (j !== label && sizes[j]! > 0) b = Math.min(b, totals[j * m + i]! / sizes[j]!);
    }
    const a = totals[label * m + i]! / (sizes[label]! - 1);
    // Without another cluster b is infinite, and there is nothing to tell.
    if (b === Infinity || Math.max(a, b) === 0) return 0;
    return (b - a) / Math.max(a, b);
  });
}

/** Rows share the distances, so that their values vary together: what leaving a part out changes says how much. */
function jackknifeError(distances: DistanceSums): number {
  const { parts } = distances;
  const means = Float64Array.from({ length: parts }, (_, part) =>
    meanOf(valuesWithout(part, distances).filter((value) => !Number.isNaN(value))),
  );
  const middle = meanOf(means);
  return Math.sqrt(means.reduce((sum, mean) => sum + (mean - middle) * (mean - middle), 0) * (1 - 1 / parts));
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
