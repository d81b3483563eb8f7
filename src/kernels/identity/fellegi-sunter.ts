/** The level of a comparison that cannot be made; it says nothing for or against a match. */
export const MISSING_LEVEL = 0;

/** What the model knows of one comparison; index 0 (missing) is always 1 in both. */
export interface ComparisonChances {
  /** P(level | same person). */
  readonly m: Float64Array;
  /** P(level | different people). */
  readonly u: Float64Array;
}

export interface LinkageModel {
  /** Share of matches among the pairs looked at. */
  readonly prior: number;
  readonly comparisons: readonly ComparisonChances[];
  readonly iterations: number;
  readonly converged: boolean;
}

/** Outcomes of all comparisons that stand together, and how many pairs have them. */
export interface PatternCounts {
  /** `patterns x comparisons` levels, row by row; 0 is missing. */
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
}

export interface EmStart {
  readonly prior: number;
  readonly comparisons: readonly ComparisonChances[];
}

export interface EmOptions {
  readonly mostIterations: number;
  /** Ends when no probability moves by more. */
  readonly tolerance: number;
  /** Pairs' worth of belief in the start's m and u, which keeps a level nobody showed from a weight without end. */
  readonly priorPairs: number;
}

export const EM_DEFAULTS: EmOptions = { mostIterations: 500, tolerance: 1e-6, priorPairs: 5 };

/**
 * Counts equal rows of levels.
 *
 * @param levels one array of n levels a comparison, at most 8 levels each; up to 10 comparisons
 */
export function countPatterns(levels: readonly Uint8Array[]): PatternCounts {
  const d = levels.length;
  if (d > 10) throw new RangeError(`invalid comparisons: ${d} (needs at most 10)`);
  const n = levels[0]?.length ?? 0;
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    let code = 0;
    for (let k = 0; k < d; k++) code = code * 8 + (levels[k]![i] as number);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const codes = [...counts.keys()].sort((a, b) => a - b);
  const rows = new Uint8Array(codes.length * d);
  codes.forEach((code, row) => {
    for (let k = d - 1, rest = code; k >= 0; k--, rest = Math.floor(rest / 8)) rows[row * d + k] = rest % 8;
  });
  return { levels: rows, counts: Float64Array.from(codes, (code) => counts.get(code) as number) };
}

/**
 * Estimates, from pairs nobody has judged, how often each level is found in matches (m) and in
 * non-matches (u), and the share of matches, by expectation and maximisation. Comparisons are taken to
 * be independent given the match; a missing one leaves the likelihood.
 *
 * @returns the model; `converged` is false when mostIterations did not suffice
 * @source Fellegi and Sunter (1969), A theory for record linkage, JASA 64(328); Winkler (1988), Using the EM
 *   algorithm for weight computation in the Fellegi-Sunter model of record linkage. The prior counts
 *   are those of a Dirichlet prior (Dempster, Laird and Rubin 1977, section 3).
 * Cost: iterations x patterns x comparisons.
 */
export function fitLinkage(patterns: PatternCounts, start: EmStart, options: EmOptions = EM_DEFAULTS): LinkageModel {
  const { levels, counts } = patterns;
  const d = start.comparisons.length;
  if (!(start.prior > 0 && start.prior < 1)) throw new RangeError(`invalid prior: ${start.prior} (needs 0..1)`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let prior = start.prior;
  let comparisons = start.comparisons;
  if (total === 0) return { prior, comparisons, iterations: 0, converged: true };

  for (let iteration = 1; iteration <= options.mostIterations; iteration++) {
    const sums = start.comparisons.map(({ m, u }) => ({
      m: m.map((chance) => chance * options.priorPairs),
      u: u.map((chance) => chance * options.priorPairs),
    }));
    let matches = 0;
    for (let row = 0; row < counts.length; row++) {
      const share = posterior(prior, comparisons, levels, row * d);
      const count = counts[row] as number;
      matches += share * count;
      for (let k = 0; k < d; k++) {
        const level = levels[row * d + k] as number;
        if (level === MISSING_LEVEL) continue;
        sums[k]!.m[level]! += share * count;
        sums[k]!.u[level]! += (1 - share) * count;
      }
    }
    // Half a pair on either side: a share of exactly 0 or 1 could never move again.
    const nextPrior = (matches + 0.5) / (total + 1);
    const next = sums.map(({ m, u }) => ({ m: asChances(m), u: asChances(u) }));
    const moved = Math.max(
      Math.abs(nextPrior - prior),
      ...next.map((chances, k) => distance(chances, comparisons[k]!)),
    );
    prior = nextPrior;
    comparisons = next;
    if (moved <= options.tolerance) return { prior, comparisons, iterations: iteration, converged: true };
  }
  return { prior, comparisons, iterations: options.mostIterations, converged: false };
}

/** log2(m / u) of a level: how many doublings of the odds of a match it brings. 0 for a missing one. */
export function weightOf({ m, u }: ComparisonChances, level: number): number {
  return level === MISSING_LEVEL ? 0 : Math.log2((m[level] as number) / (u[level] as number));
}

/** The weight that the prior brings before any comparison: log2 of its odds. */
export function priorWeight(model: LinkageModel): number {
  return Math.log2(model.prior / (1 - model.prior));
}

/** The chance of a match, 0..1, from the sum of the weights with the prior's. */
export function chanceOf(totalWeight: number): number {
  return 1 / (1 + 2 ** -totalWeight);
}

function posterior(prior: number, chances: readonly ComparisonChances[], levels: Uint8Array, at: number): number {
  let odds = Math.log(prior / (1 - prior));
  for (let k = 0; k < chances.length; k++) {
    const level = levels[at + k] as number;
    if (level !== MISSING_LEVEL) odds += Math.log((chances[k]!.m[level] as number) / (chances[k]!.u[level] as number));
  }
  return 1 / (1 + Math.exp(-odds));
}

/** Counts by level as shares of those that are not missing; index 0 stays 1. */
function asChances(sums: Float64Array): Float64Array {
  let total = 0;
  for (let level = 1; level < sums.length; level++) total += sums[level] as number;
  return sums.map((sum, level) => (level === MISSING_LEVEL ? 1 : sum / total));
}

function distance(a: ComparisonChances, b: ComparisonChances): number {
  let most = 0;
  for (let level = 1; level < a.m.length; level++) {
    most = Math.max(most, Math.abs(a.m[level]! - b.m[level]!), Math.abs(a.u[level]! - b.u[level]!));
  }
  return most;
}
