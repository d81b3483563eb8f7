/** Rows that the tests of the K-Means kernel share: generated mixtures with their truth, and Fisher's iris. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRandom, type Random } from '../../../../src/core/random';
import { createMatrix, type Matrix } from '../../../../src/kernels/kmeans/matrix';

export type Rows = readonly (readonly number[])[];

export function matrixOf(rows: Rows): Matrix {
  const d = rows[0]!.length;
  const x = new Float64Array(rows.length * d);
  rows.forEach((row, i) => row.forEach((value, f) => (x[f * rows.length + i] = value)));
  return createMatrix(x, rows.length, d);
}

/** A standard normal number, by Box and Muller. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface Mixture {
  readonly rows: Rows;
  readonly truth: readonly number[];
}

/** Rows of normal components in turn, each around its centre with its spread. */
export function mixture(
  n: number,
  components: readonly { readonly centre: readonly number[]; readonly spread: number; readonly share: number }[],
  seed: number,
): Mixture {
  const random = createRandom(seed);
  const truth = Array.from({ length: n }, () => {
    let rest = random();
    return Math.max(
      0,
      components.findIndex(({ share }) => (rest -= share) < 0),
    );
  });
  const rows = truth.map((j) => {
    const { centre, spread } = components[j]!;
    return centre.map((value) => value + spread * gaussian(random));
  });
  return { rows, truth };
}

/** Components that lie far apart for their spread. */
export function separated(n: number, seed: number): Mixture {
  return mixture(
    n,
    [
      { centre: [0, 0, 0], spread: 0.6, share: 0.4 },
      { centre: [8, 0, 2], spread: 0.8, share: 0.3 },
      { centre: [0, 9, -3], spread: 0.5, share: 0.2 },
      { centre: [7, 8, 9], spread: 0.9, share: 0.1 },
    ],
    seed,
  );
}

export interface Iris {
  readonly rows: Rows;
  /** 0, 1, 2: setosa, versicolor, virginica. */
  readonly species: readonly number[];
}

export function iris(): Iris {
  const path = fileURLToPath(new URL('../../../fixtures/iris/iris.csv', import.meta.url));
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const fields = lines.map((line) => line.split(','));
  return {
    rows: fields.map((row) => row.slice(0, 4).map(Number)),
    species: fields.map((row) => ['setosa', 'versicolor', 'virginica'].indexOf(row[4]!)),
  };
}

/** The labels as groups of row numbers, whatever the clusters are called. */
export function groupsOf(labels: ArrayLike<number>): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  Array.from(labels).forEach((label, i) => groups.set(label, [...(groups.get(label) ?? []), i]));
  return [...groups.values()].sort((a, b) => a[0]! - b[0]!);
}
