import type { CrossShopResult, Overlap } from './crossshop';

/** Two sets and what their buyers have in common. */
export interface Pair extends Overlap {
  readonly first: number;
  readonly second: number;
}

/** Pairs of fewer customers say little. */
const FEW = 30;

/** The two sets with the largest lift among those with 30 customers or more in common; null where there are none. */
export function closestPair(overlaps: CrossShopResult['overlaps']): Pair | null {
  const pairs = overlaps.flatMap((row, first) =>
    row.flatMap((pair, second) => (pair === null || second < first ? [] : [{ first, second, ...pair }])),
  );
  return pairs.filter(({ customers }) => customers >= FEW).toSorted((a, b) => b.lift - a.lift)[0] ?? null;
}
