import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import { BinnedRows, type RowChunk } from '../../../../src/kernels/crossfilter/binned-rows';
import { sliceCube, type BinFilter } from '../../../../src/kernels/crossfilter/brush-cube';
import { plainFigures } from './plain-crossfilter';

/** Five customers: age band 0..1, channel 0..2. */
const FIVE: RowChunk = {
  bins: [Uint8Array.of(0, 0, 1, 1, 1), Uint8Array.of(0, 1, 1, 2, 2)],
  orders: Int32Array.of(1, 2, 3, 4, 5),
  money: Float64Array.of(100, 200, 300, -50, 500),
};

function rowsOf(chunk: RowChunk, binCounts: readonly number[]): BinnedRows {
  const rows = new BinnedRows(binCounts, chunk.orders.length);
  rows.add(chunk);
  return rows;
}

function randomChunk(binCounts: readonly number[], n: number, seed: number): RowChunk {
  const random = createRandom(seed);
  return {
    bins: binCounts.map((count) => Uint8Array.from({ length: n }, () => Math.floor(random() ** 2 * count))),
    orders: Int32Array.from({ length: n }, () => Math.floor(random() * 5)),
    money: Float64Array.from({ length: n }, () => Math.floor(random() * 100_000) - 1_000),
  };
}

describe('five customers, counted by hand', () => {
  it('has everyone under no filter', () => {
    const figures = sliceCube(rowsOf(FIVE, [2, 3]).cube(0, [null, null]), null);
    expect(figures).toEqual({
      customers: 5,
      orders: 15,
      money: 1050,
      dimensions: [
        { customers: Float64Array.of(2, 3), money: Float64Array.of(300, 750) },
        { customers: Float64Array.of(1, 2, 2), money: Float64Array.of(100, 500, 450) },
      ],
    });
  });

  it('lets a brush change every other dimension and not its own', () => {
    // Age band 1: customers 3, 4 and 5.
    const figures = sliceCube(rowsOf(FIVE, [2, 3]).cube(0, [null, null]), [[1, 2]]);
    expect([figures.customers, figures.orders, figures.money]).toEqual([3, 12, 750]);
    expect(figures.dimensions[0]?.customers).toEqual(Float64Array.of(2, 3));
    expect(figures.dimensions[1]).toEqual({
      customers: Float64Array.of(0, 1, 2),
      money: Float64Array.of(0, 300, 450),
    });
  });

  it('takes bins that do not touch, and none at all', () => {
    const cube = rowsOf(FIVE, [2, 3]).cube(1, [null, null]);
    const apart = sliceCube(cube, [
      [0, 1],
      [2, 3],
    ]);
    expect([apart.customers, apart.money, [...(apart.dimensions[0]?.customers ?? [])]]).toEqual([3, 550, [1, 2]]);
    const nobody = sliceCube(cube, []);
    expect([nobody.customers, nobody.orders, nobody.money]).toEqual([0, 0, 0]);
  });

  it('filters rows that come after the first cube as those before it', () => {
    const rows = new BinnedRows([2, 3], 10);
    rows.add(FIVE);
    rows.cube(0, [null, [[1, 2]]]);
    rows.add(FIVE);
    expect(sliceCube(rows.cube(0, [null, [[1, 2]]]), null).customers).toBe(4);
  });
});

it('is the plain loop for any rows, filters and brush, and the same whichever dimension is active', () => {
  const filterOf = (count: number): fc.Arbitrary<BinFilter> =>
    fc.option(
      fc.array(fc.boolean(), { minLength: count, maxLength: count }).map((chosen) =>
        chosen.reduce<(readonly [number, number])[]>((runs, isIn, bin) => {
          const last = runs.at(-1);
          if (!isIn) return runs;
          return last?.[1] === bin ? [...runs.slice(0, -1), [last[0], bin + 1]] : [...runs, [bin, bin + 1]];
        }, []),
      ),
      { nil: null },
    );
  const shop = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((binCounts) =>
    fc.record({
      binCounts: fc.constant(binCounts),
      steps: fc.array(fc.tuple(...binCounts.map(filterOf)), { minLength: 1, maxLength: 4 }),
      n: fc.nat({ max: 40 }),
      seed: fc.nat(),
    }),
  );
  fc.assert(
    fc.property(shop, ({ binCounts, steps, n, seed }) => {
      const chunk = randomChunk(binCounts, n, seed);
      const rows = rowsOf(chunk, binCounts);
      for (const filters of steps) {
        const expected = plainFigures(chunk, binCounts, filters);
        binCounts.forEach((_, active) =>
          expect(sliceCube(rows.cube(active, filters), filters[active] ?? null)).toEqual(expected),
        );
      }
    }),
    { numRuns: 150, seed: 5 },
  );
});

it('agrees with the plain loop over more rows than a block holds, with 16 dimensions', () => {
  const binCounts = Array.from({ length: 16 }, (_, dimension) => 2 + dimension);
  const chunk = randomChunk(binCounts, 20_001, 3);
  const filters: BinFilter[] = binCounts.map((count, dimension) => (dimension % 7 === 0 ? [[0, count - 1]] : null));
  expect(sliceCube(rowsOf(chunk, binCounts).cube(15, filters), null)).toEqual(plainFigures(chunk, binCounts, filters));
});

it('sums money beyond 32 bits without losing a unit', () => {
  const chunk: RowChunk = {
    bins: [Uint8Array.of(0, 0, 0)],
    orders: Int32Array.of(1, 1, 1),
    money: Float64Array.of(4_503_599_627_370_495, 4_503_599_627_370_495, 1),
  };
  expect(sliceCube(rowsOf(chunk, [1]).cube(0, [null]), null).money).toBe(Number.MAX_SAFE_INTEGER);
});

it('refuses what it has no room for', () => {
  expect(() => new BinnedRows([], 1)).toThrow('invalid dimensions: 0');
  expect(() => new BinnedRows(new Array<number>(17).fill(2), 1)).toThrow('invalid dimensions: 17');
  expect(() => new BinnedRows([257], 1)).toThrow('invalid bins: 257');
  const rows = new BinnedRows([2, 2], 5);
  expect(() => rows.add(FIVE)).toThrow('invalid bin in dimension 1');
  expect(() => new BinnedRows([2, 3], 4).add(FIVE)).toThrow('more rows than announced');
  expect(() => rows.cube(2, [])).toThrow('invalid dimension: 2');
});
