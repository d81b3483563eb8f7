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

/** The rows that silhouettes look at: drawn once for any number of clusterings, and little enough for a worker. */
export interface SilhouetteSample {
  /** Rows there are, drawn or not. */
  readonly n: number;
  /** The numbers of those looked at, ascending, and the rows themselves. */
  readonly rows: Int32Array;
  readonly matrix: Matrix;
}

/** All rows up to `mostRows` (2 or more); of more, as many drawn without replacement. */
export function drawSilhouetteSample(
  matrix: Matrix,
  { mostRows, seed }: { readonly mostRows: number; readonly seed: number },
): SilhouetteSample {
  if (!(mostRows >= 2)) throw new RangeError(`invalid mostRows: ${mostRows} (needs 2 or more)`);
  const rows = drawRows(matrix.n, mostRows, seed);
  return { n: matrix.n, rows, matrix: takeRows(matrix, rows) };
}

/** Of the labels of all rows, those of the sample. */
export function sampledLabels({ n, rows }: SilhouetteSample, labels: ArrayLike<number>): Uint8Array {
  if (labels.length !== n) throw new RangeError(`invalid labels: ${labels.length} (needs one a row, ${n})`);
  const sampled = new Uint8Array(rows.length);
  for (let i = 0; i < rows.length; i++) sampled[i] = labels[rows[i]!]!;
  return sampled;
}

/**
 * How much nearer each row lies to its own cluster than to the next: (b - a) / max(a, b), a being its mean Euclidean
 * distance to the other rows of its cluster and b the least of those to another; 0 for the only row of a cluster.
 * Of a sample everything is measured among its rows, which makes the mean an estimate.
 *
 * @param labels a cluster of 0..k - 1 for each row of the sample: see sampledLabels
 * @source Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis; the
 * standard error by leaving out one of 20 parts at a time (Shao and Tu 1995, The jackknife and bootstrap)
 * Cost: d m^2 / 2 for m rows looked at; k m numbers, 20 times as many of a sample.
 */
export function silhouette({ n, rows, matrix }: SilhouetteSample, labels: Uint8Array, k: number): Silhouette {
  if (labels.length !== rows.length)
    throw new RangeError(`invalid labels: ${labels.length} (needs one a row of the sample, ${rows.length})`);
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
  /** (k x parts) x m: the sum of a row's distances to the rows of a cluster that are of a part. */
  readonly sums: Float64Array;
  /** k x parts: the rows of them. */
  readonly counts: Int32Array;
  /** Over all parts: k x m, and k. */
  readonly totals: Float64Array;
  readonly sizes: Int32Array;
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
  for (const cell of cells) counts[cell]!++;
  const totals = new Float64Array(k * m);
  const sizes = new Int32Array(k);
  for (let cell = 0; cell < k * parts; cell++) {
    const label = Math.floor(cell / parts);
    sizes[label]! += counts[cell]!;
    for (let i = 0; i < m; i++) totals[label * m + i]! += sums[cell * m + i]!;
  }
  return { m, k, parts, labels, sums, counts, totals, sizes };
}

/** The silhouettes of all rows but those of one part, as if it had not been drawn; its own are NaN. */
function valuesWithout(without: number | null, distances: DistanceSums): Float64Array {
  const { m, k, parts, labels, sums, counts, totals } = distances;
  const sizes = distances.sizes.map((size, j) => (without === null ? size : size - counts[j * parts + without]!));
  const sumTo = (j: number, i: number): number =>
    totals[j * m + i]! - (without === null ? 0 : sums[(j * parts + without) * m + i]!);
  const values = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const label = labels[i]!;
    if (i % parts === without) values[i] = NaN;
    if (i % parts === without || sizes[label] === 1) continue;
    let b = Infinity;
    for (let j = 0; j < k; j++) {
      if (j !== label && sizes[j]! > 0) b = Math.min(b, sumTo(j, i) / sizes[j]!);
    }
    const a = sumTo(label, i) / (sizes[label]! - 1);
    // Without another cluster b is infinite, and there is nothing to tell.
    if (b < Infinity && Math.max(a, b) > 0) values[i] = (b - a) / Math.max(a, b);
  }
  return values;
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
