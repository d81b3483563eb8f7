import type { RowChunk } from '../../../../src/kernels/crossfilter/binned-rows';
import type { BinFilter, FilteredFigures } from '../../../../src/kernels/crossfilter/brush-cube';

/** Crossfiltering as its definition says it: every row asked by every filter. The reference of the tests. */
export function plainFigures(
  { bins, orders, money }: RowChunk,
  binCounts: readonly number[],
  filters: readonly BinFilter[],
): FilteredFigures {
  const passes = (row: number, dimension: number): boolean => {
    const filter = filters[dimension] ?? null;
    const bin = bins[dimension]?.[row] ?? -1;
    return filter === null || filter.some(([from, to]) => bin >= from && bin < to);
  };
  const rows = Array.from(orders, (_, row) => row);
  const passing = (except: number): number[] =>
    rows.filter((row) => bins.every((_, dimension) => dimension === except || passes(row, dimension)));
  const sum = (of: readonly number[], values: ArrayLike<number>): number =>
    of.reduce((total, row) => total + (values[row] ?? 0), 0);
  const left = passing(-1);
  return {
    customers: left.length,
    orders: sum(left, orders),
    money: sum(left, money),
    dimensions: binCounts.map((count, dimension) => {
      const others = passing(dimension);
      const ofBin = (bin: number): number[] => others.filter((row) => bins[dimension]?.[row] === bin);
      return {
        customers: Float64Array.from({ length: count }, (_, bin) => ofBin(bin).length),
        money: Float64Array.from({ length: count }, (_, bin) => sum(ofBin(bin), money)),
      };
    }),
  };
}
