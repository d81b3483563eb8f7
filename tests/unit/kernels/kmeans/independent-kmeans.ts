import { createRandom } from '../../../../src/core/random';
import type { Rows } from './rows';

/** The least inertia of many starts, by a K-Means written for reading: rows as arrays, plain k-means++, no kernel. */
export function leastInertia(rows: Rows, k: number, starts: number, seed: number): number {
  const random = createRandom(seed);
  return Math.min(...Array.from({ length: starts }, () => oneStart(rows, k, random)));
}

function oneStart(rows: Rows, k: number, random: () => number): number {
  let centres = [rows[Math.floor(random() * rows.length)]!];
  while (centres.length < k) {
    const squares = rows.map((row) => Math.min(...centres.map((centre) => square(row, centre))));
    let rest = random() * squares.reduce((sum, value) => sum + value, 0);
    centres.push(rows[squares.findIndex((value) => (rest -= value) < 0)] ?? rows[0]!);
  }
  for (let before = Infinity; ;) {
    const nearest = rows.map((row) => {
      const distances = centres.map((centre) => square(row, centre));
      const distance = Math.min(...distances);
      return { row, distance, label: distances.indexOf(distance) };
    });
    const inertia = nearest.reduce((sum, { distance }) => sum + distance, 0);
    if (inertia >= before - 1e-12 * before) return inertia;
    before = inertia;
    centres = centres.map((centre, j) => {
      const own = nearest.filter(({ label }) => label === j);
      return own.length === 0
        ? centre
        : centre.map((_, f) => own.reduce((sum, { row }) => sum + row[f]!, 0) / own.length);
    });
  }
}

function square(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, f) => sum + (value - b[f]!) ** 2, 0);
}
