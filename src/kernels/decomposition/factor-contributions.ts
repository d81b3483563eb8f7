/** How a change was shared out: by logarithmic means, or by the mean over all orders in which the factors can change. */
export type DecompositionMethod = 'lmdi' | 'shapley';

export interface FactorContributions {
  readonly method: DecompositionMethod;
  /** One a factor, in the unit of the product; they sum to (product now) - (product before). */
  readonly contributions: readonly number[];
}

/** 2^n products are formed by Shapley's way. */
const MOST_FACTORS = 16;

/**
 * What each factor contributes to the change of their product, without a remainder. Where every factor is above
 * zero at both times: LMDI-I, L(now, before) ln(x1 / x0) with L the logarithmic mean of the two products. Else
 * the Shapley value, which needs no logarithm: the change a factor makes, averaged over all orders of changing.
 * Both are symmetric in time and do not depend on the order of the factors.
 *
 * @param before the factors then; `now` those of the same place now
 * @throws RangeError for lists of different length, more than 16 factors or values that are not finite
 * @source Ang (2005), The LMDI approach to decomposition analysis: a practical guide, Energy Policy 33, table 2;
 * Ang (2004), Energy Policy 32; Sun (1998), Changes in energy consumption and energy intensity, Energy Economics 20,
 * whose shares are the Shapley (1953) value
 * Cost: O(n) for LMDI-I, O(n 2^n) for Shapley
 */
export function contributionsOfFactors(before: readonly number[], now: readonly number[]): FactorContributions {
  if (before.length !== now.length || before.length > MOST_FACTORS) {
    throw new RangeError(
      `invalid factors: ${before.length} and ${now.length} (needs as many, at most ${MOST_FACTORS})`,
    );
  }
  const all = [...before, ...now];
  if (!all.every((value) => Number.isFinite(value))) throw new RangeError('invalid factors: not finite');
  return all.every((value) => value > 0)
    ? { method: 'lmdi', contributions: byLogarithmicMean(before, now) }
    : { method: 'shapley', contributions: byShapley(before, now) };
}

/** (a - b) / ln(a / b) for a, b above zero; a where they are equal. It lies between the two. */
export function logarithmicMean(a: number, b: number): number {
  return a === b ? a : (a - b) / logarithmOfRatio(a, b);
}

/** ln(a / b), with all digits also where a and b are nearly equal. */
function logarithmOfRatio(a: number, b: number): number {
  return a > b / 2 && a < 2 * b ? Math.log1p((a - b) / b) : Math.log(a / b);
}

function byLogarithmicMean(before: readonly number[], now: readonly number[]): number[] {
  const weight = logarithmicMean(product(now), product(before));
  return now.map((value, i) => weight * logarithmOfRatio(value, before[i] ?? value));
}

function byShapley(before: readonly number[], now: readonly number[]): number[] {
  const n = before.length;
  const weights = orderShares(n);
  const contributions = new Array<number>(n).fill(0);
  for (let changed = 0; changed < 2 ** n; changed++) {
    for (let i = 0; i < n; i++) {
      if ((changed >> i) & 1) continue;
      let others = 1;
      let count = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const hasChanged = (changed >> j) & 1;
        count += hasChanged;
        others *= (hasChanged ? now[j] : before[j]) ?? 1;
      }
      const step = ((now[i] ?? 0) - (before[i] ?? 0)) * others;
      contributions[i] = (contributions[i] ?? 0) + (weights[count] ?? 0) * step;
    }
  }
  return contributions;
}

/** The share of the n! orders in which, before a given factor, a given set of k others has changed: k! (n - 1 - k)! / n!. */
function orderShares(n: number): number[] {
  const shares: number[] = [];
  for (let k = 0; k < n; k++) shares.push(k === 0 ? 1 / n : ((shares[k - 1] ?? 0) * k) / (n - k));
  return shares;
}

function product(factors: readonly number[]): number {
  return factors.reduce((all, factor) => all * factor, 1);
}
