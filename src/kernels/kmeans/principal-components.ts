import { columnOf, type Matrix } from './matrix';

export interface PrincipalComponents {
  readonly d: number;
  readonly means: Float64Array;
  /** d x d, a component a row, of length 1; the entry of greatest size is positive. */
  readonly loadings: Float64Array;
  /** Of each component, falling; they divide by n - 1. */
  readonly variances: Float64Array;
  /** Shares of the whole variance, 0..1; zeros where there is none. */
  readonly shares: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * The directions in which the rows differ most, from their covariances by Jacobi's rotations.
 *
 * @source Pearson (1901); Golub and Van Loan, Matrix Computations, 4th ed., 8.5 (cyclic Jacobi)
 * Cost: n d^2 / 2, and some ten sweeps of d^3.
 */
export function principalComponents(matrix: Matrix): PrincipalComponents {
  const { d } = matrix;
  const { means, covariances } = covariancesOf(matrix);
  const { values, vectors } = diagonalise(covariances, d);
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  const loadings = new Float64Array(d * d);
  order.forEach((column, component) => {
    const entries = Float64Array.from({ length: d }, (_, f) => vectors[f * d + column]!);
    const greatest = entries.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0);
    entries.forEach((value, f) => (loadings[component * d + f] = greatest < 0 ? -value : value));
  });
  const variances = Float64Array.from(order, (column) => Math.max(0, values[column]!));
  const total = variances.reduce((sum, value) => sum + value, 0);
  return { d, means, loadings, variances, shares: variances.map((value) => (total > 0 ? value / total : 0)) };
}

/** The place of every row along a component (from 0). Cost: n d. */
export function projectRows(matrix: Matrix, components: PrincipalComponents, component: number): Float64Array {
  const { n, d } = matrix;
  const places = new Float64Array(n);
  for (let f = 0; f < d; f++) {
    const column = columnOf(matrix, f);
    const mean = components.means[f]!;
    const loading = components.loadings[component * d + f]!;
    for (let i = 0; i < n; i++) places[i]! += loading * (column[i]! - mean);
  }
  return places;
}

function covariancesOf(matrix: Matrix): { means: Float64Array; covariances: Float64Array } {
  const { n, d } = matrix;
  const means = Float64Array.from({ length: d }, (_, f) => columnOf(matrix, f).reduce((sum, v) => sum + v, 0) / n);
  const covariances = new Float64Array(d * d);
  for (let f = 0; f < d; f++) {
    const a = columnOf(matrix, f);
    for (let g = f; g < d; g++) {
      const b = columnOf(matrix, g);
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (a[i]! - means[f]!) * (b[i]! - means[g]!);
      covariances[f * d + g] = covariances[g * d + f] = sum / Math.max(1, n - 1);
    }
  }
  return { means, covariances };
}

/** Eigenvalues and, column by column, eigenvectors of a symmetric matrix. */
function diagonalise(symmetric: Float64Array, d: number): { values: Float64Array; vectors: Float64Array } {
  const a = symmetric.slice();
  const vectors = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
  const rotate = (m: Float64Array, i: number, j: number, sine: number, tau: number): void => {
    const [g, h] = [m[i]!, m[j]!];
    m[i] = g - sine * (h + g * tau);
    m[j] = h + sine * (g - h * tau);
  };
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, d) > 0; sweep++) {
    for (let p = 0; p < d - 1; p++) {
      for (let q = p + 1; q < d; q++) {
        const apq = a[p * d + q]!;
        if (apq === 0) continue;
        const theta = (a[q * d + q]! - a[p * d + p]!) / (2 * apq);
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(tangent * tangent + 1);
        const sine = tangent * cosine;
        const tau = sine / (1 + cosine);
        for (let f = 0; f < d; f++) rotate(a, f * d + p, f * d + q, sine, tau);
        for (let f = 0; f < d; f++) rotate(a, p * d + f, q * d + f, sine, tau);
        for (let f = 0; f < d; f++) rotate(vectors, f * d + p, f * d + q, sine, tau);
        a[p * d + q] = a[q * d + p] = 0;
      }
    }
  }
  return { values: Float64Array.from({ length: d }, (_, f) => a[f * d + f]!), vectors };
}

/** What is left beside the diagonal, once it counts against the diagonal. */
function offDiagonal(a: Float64Array, d: number): number {
  let off = 0;
  let trace = 0;
  for (let i = 0; i < a.length; i++) {
    if (i % (d + 1) === 0) trace += Math.abs(a[i]!);
    else off += Math.abs(a[i]!);
  }
  return off > trace * 1e-16 ? off : 0;
}
