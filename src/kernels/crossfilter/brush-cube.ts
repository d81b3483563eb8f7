/** Bins from `from` up to, not including, `to`. */
export type BinRun = readonly [from: number, to: number];

/** The bins that a filter lets pass, as ascending runs that do not touch; null = no filter. */
export type BinFilter = readonly BinRun[] | null;

/** Customers and money a bin. Money in the smallest unit, a whole number: sums are exact below 2^53. */
export interface BinFigures {
  readonly customers: Float64Array;
  readonly money: Float64Array;
}

/** What passes every filter, and for each dimension its bins over what passes the filters of all others. */
export interface FilteredFigures {
  readonly customers: number;
  readonly orders: number;
  readonly money: number;
  readonly dimensions: readonly BinFigures[];
}

/**
 * Everything that brushing one dimension can ask, summed beforehand over the rows that pass the other filters.
 * Tables are prefix sums along the active dimension: row b holds the sums of its bins 0..b-1, so that a run of
 * bins is the difference of two rows, whatever the number of customers.
 */
export interface BrushCube {
  readonly active: number;
  /** Bins of the active dimension. */
  readonly bins: number;
  /** bins + 1 sums over rows that pass every other filter. */
  readonly totals: {
    readonly customers: Float64Array;
    readonly orders: Float64Array;
    readonly money: Float64Array;
  };
  /** A dimension each: (bins + 1) x its bins, row by row; empty for the active one, whose figures are the totals. */
  readonly tables: readonly BinFigures[];
}

/**
 * The figures of a brush on the cube's active dimension. The active dimension's own bins do not feel its brush.
 *
 * @source crossfilter2 (a filter does not apply to its own dimension); Liu, Jiang and Heer (2013), imMens; Moritz,
 * Howe and Heer (2019), Falcon: prefix sums along the active brush
 * Cost: two rows of each table a run of the filter.
 */
export function sliceCube(cube: BrushCube, filter: BinFilter): FilteredFigures {
  const runs = filter ?? [[0, cube.bins] as const];
  const { totals, bins } = cube;
  return {
    customers: sumOfRuns(totals.customers, 1, runs)[0]!,
    orders: sumOfRuns(totals.orders, 1, runs)[0]!,
    money: sumOfRuns(totals.money, 1, runs)[0]!,
    dimensions: cube.tables.map((table, dimension) => {
      if (dimension === cube.active)
        return { customers: differences(totals.customers), money: differences(totals.money) };
      const width = table.customers.length / (bins + 1);
      return { customers: sumOfRuns(table.customers, width, runs), money: sumOfRuns(table.money, width, runs) };
    }),
  };
}

/** True where two filters let the same bins pass. */
export function isSameFilter(a: BinFilter, b: BinFilter): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return a.length === b.length && a.every(([from, to], run) => from === b[run]?.[0] && to === b[run][1]);
}

function sumOfRuns(prefixes: Float64Array, width: number, runs: readonly BinRun[]): Float64Array {
  const sums = new Float64Array(width);
  for (const [from, to] of runs) {
    for (let i = 0; i < width; i++) sums[i]! += prefixes[to * width + i]! - prefixes[from * width + i]!;
  }
  return sums;
}

function differences(prefixes: Float64Array): Float64Array {
  const values = new Float64Array(prefixes.length - 1);
  for (let i = 0; i < values.length; i++) values[i] = prefixes[i + 1]! - prefixes[i]!;
  return values;
}
