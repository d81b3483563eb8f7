import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import { fillColumn, rowOf, type CreatePass, type LloydPass } from '../../../../src/kernels/kmeans/lloyd-pass';
import { createPlainPass } from '../../../../src/kernels/kmeans/plain-pass';
import { createSimdPass } from '../../../../src/kernels/kmeans/simd-pass';

/** A pass over the rows, given row by row. */
function passOver(create: CreatePass, rows: readonly (readonly number[])[], weights?: readonly number[]): LloydPass {
  const pass = create(rows.length, rows[0]!.length, weights !== undefined);
  for (let f = 0; f < pass.d; f++)
    fillColumn(
      pass,
      f,
      Float64Array.from(rows, (row) => row[f]!),
    );
  if (weights !== undefined) pass.weights?.set(weights);
  return pass;
}

const both = [
  ['plain', createPlainPass],
  ['SIMD', createSimdPass],
] as const;

it.each(both)(
  'the %s pass gives labels, sums, weights, inertia and rows that moved, a tie to the smaller',
  (_, create) => {
    const pass = passOver(create, [
      [0, 0],
      [2, 0],
      [10, 4],
      [1, 0],
      [12, 4],
    ]);
    const sums = new Float64Array(8);
    pass.assign(0, 5, Float64Array.of(0, 0, 2, 0), sums);
    expect([...pass.labels]).toEqual([0, 1, 1, 0, 1]);
    // Squared distances: 0, 0, 8^2 + 4^2, 1 (a tie), 10^2 + 4^2.
    expect([...sums]).toEqual([1, 0, 24, 8, 2, 3, 197, 3]);
    expect([...rowOf(pass, 4)]).toEqual([12, 4]);
  },
);

it.each(both)('the %s pass counts a row by its weight', (_, create) => {
  const pass = passOver(create, [[1], [5], [6]], [2, 0, 0.5]);
  const sums = new Float64Array(6);
  pass.assign(0, 3, Float64Array.of(0, 4), sums);
  expect([...sums]).toEqual([2, 3, 2, 0.5, 4, 2]);
});

it.each(both)('the %s pass keeps the lesser distance when told to', (_, create) => {
  const pass = passOver(create, [[0], [3], [10]]);
  pass.nearest.fill(4);
  expect(pass.approach(0, 3, Float64Array.of(3), false)).toBe(4 + 0 + 4);
  expect([...pass.nearest]).toEqual([4, 4, 4]);
  expect(pass.approach(0, 3, Float64Array.of(3), true)).toBe(8);
  expect([...pass.nearest]).toEqual([4, 0, 4]);
});

it('SIMD gives the bits of the plain pass for any shape, with ties, weights and huge numbers', () => {
  const shape = fc.record({
    n: fc.integer({ min: 1, max: 41 }),
    d: fc.integer({ min: 1, max: 19 }),
    k: fc.integer({ min: 1, max: 13 }),
    seed: fc.integer(),
    isWeighted: fc.boolean(),
    isCoarse: fc.boolean(),
    scale: fc.constantFrom(1, 1e-9, 1e160),
    from: fc.constantFrom(0, 4, 8),
  });
  fc.assert(
    fc.property(shape, ({ n, d, k, seed, isWeighted, isCoarse, scale, from }) => {
      const random = createRandom(seed);
      const number = (): number => (isCoarse ? Math.floor(random() * 3) : random() * 6 - 3) * scale;
      const rows = Array.from({ length: n }, () => Array.from({ length: d }, number));
      const weights = isWeighted ? rows.map(() => Math.floor(random() * 4) / 3) : undefined;
      const centroids = Float64Array.from({ length: k * d }, number);
      const point = Float64Array.from({ length: d }, number);
      const outcome = (create: CreatePass): unknown => {
        const pass = passOver(create, rows, weights);
        const start = Math.min(from, n - (n % 4));
        const sums = new Float64Array(k * d + k + 2);
        pass.assign(start, n, centroids, sums);
        pass.nearest.fill(2);
        const potential = pass.approach(start, n, point, true);
        return { labels: [...pass.labels], sums: [...sums], nearest: [...pass.nearest], potential };
      };
      expect(outcome(createSimdPass)).toEqual(outcome(createPlainPass));
    }),
    { seed: 1982, numRuns: 300 },
  );
});

it('SIMD tells 256 centroids apart', () => {
  const pass = passOver(
    createSimdPass,
    Array.from({ length: 300 }, (_, i) => [i]),
  );
  pass.assign(
    0,
    300,
    Float64Array.from({ length: 256 }, (_, j) => j),
    new Float64Array(256 + 256 + 2),
  );
  expect([...pass.labels]).toEqual(Array.from({ length: 300 }, (_, i) => Math.min(i, 255)));
});
