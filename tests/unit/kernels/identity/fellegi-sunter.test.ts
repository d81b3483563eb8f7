import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/random';
import {
  chanceOf,
  countPatterns,
  EM_DEFAULTS,
  fitLinkage,
  priorWeight,
  weightOf,
  type ComparisonChances,
  type PatternCounts,
} from '../../../../src/kernels/identity/fellegi-sunter';

/** Levels 1 (alike), 2 (close), 3 (different); 0 is missing. */
const chances = (m: number[], u: number[]): ComparisonChances => ({
  m: Float64Array.of(1, ...m),
  u: Float64Array.of(1, ...u),
});

const TRUE_PRIOR = 0.15;
const TRUTH = [
  chances([0.9, 0.07, 0.03], [0.01, 0.04, 0.95]),
  chances([0.8, 0.1, 0.1], [0.02, 0.08, 0.9]),
  chances([0.95, 0.03, 0.02], [0.1, 0.1, 0.8]),
  chances([0.7, 0.2, 0.1], [0.05, 0.15, 0.8]),
];
const START = {
  prior: 0.3,
  comparisons: TRUTH.map(() => chances([0.8, 0.1, 0.1], [0.1, 0.1, 0.8])),
};

/** Every pattern with exactly the share of `total` pairs that the truth gives it. */
function expectedPatterns(total: number): PatternCounts {
  const levels: number[] = [];
  const counts: number[] = [];
  for (let code = 0; code < 81; code++) {
    const row = [0, 1, 2, 3].map((k) => 1 + (Math.floor(code / 3 ** k) % 3));
    const product = (of: 'm' | 'u'): number => row.reduce((p, level, k) => p * TRUTH[k]![of][level]!, 1);
    levels.push(...row);
    counts.push(total * (TRUE_PRIOR * product('m') + (1 - TRUE_PRIOR) * product('u')));
  }
  return { levels: Uint8Array.from(levels), counts: Float64Array.from(counts) };
}

describe('fitLinkage', () => {
  it('finds the chances back that the pairs were made with', () => {
    const model = fitLinkage(expectedPatterns(1e6), START, { mostIterations: 5000, tolerance: 1e-10, priorPairs: 0 });
    expect(model.converged).toBe(true);
    expect(model.prior).toBeCloseTo(TRUE_PRIOR, 4);
    model.comparisons.forEach(({ m, u }, k) => {
      for (let level = 1; level <= 3; level++) {
        expect(m[level]).toBeCloseTo(TRUTH[k]!.m[level]!, 3);
        expect(u[level]).toBeCloseTo(TRUTH[k]!.u[level]!, 3);
      }
    });
  });

  it('finds them nearly back from pairs drawn at random, some comparisons missing', () => {
    const random = createRandom(11);
    const n = 40_000;
    const columns = TRUTH.map(() => new Uint8Array(n));
    for (let i = 0; i < n; i++) {
      const of = random() < TRUE_PRIOR ? 'm' : 'u';
      for (const [k, column] of columns.entries()) {
        if (random() < 0.2) continue;
        const [, first, second] = TRUTH[k]![of];
        const x = random();
        column[i] = x < first! ? 1 : x < first! + second! ? 2 : 3;
      }
    }
    const model = fitLinkage(countPatterns(columns), START);
    expect(model.converged).toBe(true);
    expect(Math.abs(model.prior - TRUE_PRIOR)).toBeLessThan(0.02);
    model.comparisons.forEach(({ m, u }, k) => {
      expect(Math.abs(m[1]! - TRUTH[k]!.m[1]!)).toBeLessThan(0.03);
      expect(Math.abs(u[1]! - TRUTH[k]!.u[1]!)).toBeLessThan(0.02);
    });
  });

  it('says when it has not come to rest', () => {
    const model = fitLinkage(expectedPatterns(1000), START, { ...EM_DEFAULTS, mostIterations: 2 });
    expect([model.converged, model.iterations]).toEqual([false, 2]);
  });

  it('keeps to its start without pairs, and never gives a weight without end', () => {
    const none = { levels: new Uint8Array(0), counts: new Float64Array(0) };
    expect(fitLinkage(none, START)).toMatchObject({ prior: 0.3, converged: true });
    const alike = fitLinkage({ levels: Uint8Array.of(1, 1, 1, 1), counts: Float64Array.of(50) }, START);
    for (const comparison of alike.comparisons) {
      for (const level of [1, 2, 3]) expect(Number.isFinite(weightOf(comparison, level))).toBe(true);
    }
  });

  it('refuses a share that is none', () => {
    expect(() => fitLinkage(expectedPatterns(1), { ...START, prior: 1 })).toThrow(RangeError);
  });
});

describe('weights', () => {
  it('are doublings of the odds, nothing for what is missing, and add up to the chance of a match', () => {
    const comparison = chances([0.8, 0.1, 0.1], [0.1, 0.1, 0.8]);
    expect([0, 1, 2, 3].map((level) => weightOf(comparison, level))).toEqual([0, 3, 0, -3]);
    const model = { prior: 0.2, comparisons: [comparison], iterations: 1, converged: true };
    expect(priorWeight(model)).toBeCloseTo(-2, 12);
    // Bayes by hand: 0.2 x 0.8 / (0.2 x 0.8 + 0.8 x 0.1) = 2/3.
    expect(chanceOf(priorWeight(model) + weightOf(comparison, 1))).toBeCloseTo(2 / 3, 12);
  });
});

describe('countPatterns', () => {
  it('counts equal rows, missing levels included', () => {
    const { levels, counts } = countPatterns([Uint8Array.of(1, 0, 1, 7), Uint8Array.of(2, 3, 2, 0)]);
    expect([...levels]).toEqual([0, 3, 1, 2, 7, 0]);
    expect([...counts]).toEqual([1, 2, 1]);
  });

  it('refuses more comparisons than it can tell apart', () => {
    expect(() => countPatterns(Array.from({ length: 11 }, () => new Uint8Array(1)))).toThrow(RangeError);
  });
});
