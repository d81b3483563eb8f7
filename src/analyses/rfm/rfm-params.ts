import { isDay, type Day } from '../../core/dates';
import type { Mistake } from '../analysis';
import { DEFAULT_RULES, type Rule } from './rules';
import { type Naming } from './segments';

export const DIMENSIONS = ['recency', 'frequency', 'money'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const BIN_COUNTS = [3, 4, 5, 10] as const;
export type BinCount = (typeof BIN_COUNTS)[number];

/** Equal fifths (thirds, quarters, tenths) of the customers, by rank or by cut points. */
export interface QuantileScoring {
  readonly method: 'quantile';
  readonly bins: BinCount;
  /** `split`: equal bins by rank, ties broken by customer id. `together`: equal values share a score. */
  readonly ties: 'split' | 'together';
}

/** Cut points in the dimension's own unit (days, orders, money), ascending, `bins - 1` of each. */
export type Cuts = Readonly<Record<Dimension, readonly number[]>>;

export interface ThresholdScoring {
  readonly method: 'thresholds';
  readonly bins: BinCount;
  readonly cuts: Cuts;
}

/** High or low against the mean, or against a value of one's own where it is not null. */
export interface MeanScoring {
  readonly method: 'mean';
  readonly benchmarks: Readonly<Record<Dimension, number | null>>;
}

export type Scoring = QuantileScoring | ThresholdScoring | MeanScoring;

export interface RfmParams {
  /** null = what the data recommends (see recommendation.ts). */
  readonly scoring: Scoring | null;
  readonly naming: Naming;
  readonly rules: Readonly<Record<Naming, readonly Rule[]>>;
  /** An earlier as-of date to compare with; null = none. */
  readonly compareWith: Day | null;
}

export const RFM_DEFAULTS: RfmParams = {
  scoring: null,
  naming: 'segments',
  rules: DEFAULT_RULES,
  compareWith: null,
};

export const MEAN_SCORING: MeanScoring = {
  method: 'mean',
  benchmarks: { recency: null, frequency: null, money: null },
};

/** The number of scores a dimension can take: 1 is the worst, this the best. */
export function binsOf(scoring: Scoring): number {
  return scoring.method === 'mean' ? 2 : scoring.bins;
}

/** Codes of the mistakes; messages.ts has the words for each. */
export const MISTAKES = [
  'bin-count',
  'cut-count',
  'not-a-number',
  'not-ascending',
  'too-large',
  'interval',
  'no-rules',
  'not-a-day',
  'not-earlier',
] as const;
export type MistakeCode = (typeof MISTAKES)[number];

/** DECIMAL(18, 6) holds a cut, so it must stay below this. */
const CUT_LIMIT = 1e12;

/** Every mistake in the parameters; an empty list means they can be run. */
export function validateRfm(params: RfmParams): readonly Mistake[] {
  const mistakes = [...(params.scoring === null ? [] : validateScoring(params.scoring))];
  const rules = params.rules[params.naming];
  if (rules.length === 0) mistakes.push(mistake('rules', 'no-rules'));
  rules.forEach((rule, index) => {
    const intervals = [rule.recency, rule.frequency, rule.money, rule.combined];
    if (!intervals.every(isInterval)) mistakes.push(mistake(`rules.${index}`, 'interval'));
  });
  if (params.compareWith !== null && !isDay(params.compareWith)) mistakes.push(mistake('compareWith', 'not-a-day'));
  return mistakes;
}

function validateScoring(scoring: Scoring): readonly Mistake[] {
  if (scoring.method === 'mean') {
    return DIMENSIONS.flatMap((dimension) => {
      const value = scoring.benchmarks[dimension];
      return value === null ? [] : validateCuts(`benchmarks.${dimension}`, [value], 2);
    });
  }
  if (!BIN_COUNTS.includes(scoring.bins)) return [mistake('bins', 'bin-count')];
  if (scoring.method === 'quantile') return [];
  return DIMENSIONS.flatMap((dimension) => validateCuts(`cuts.${dimension}`, scoring.cuts[dimension], scoring.bins));
}

function validateCuts(field: string, cuts: readonly number[], bins: number): readonly Mistake[] {
  if (cuts.length !== bins - 1) return [mistake(field, 'cut-count')];
  if (!cuts.every(Number.isFinite)) return [mistake(field, 'not-a-number')];
  if (cuts.some((cut) => Math.abs(cut) >= CUT_LIMIT)) return [mistake(field, 'too-large')];
  if (cuts.some((cut, i) => i > 0 && cut <= (cuts[i - 1] ?? Number.NEGATIVE_INFINITY)))
    return [mistake(field, 'not-ascending')];
  return [];
}

function isInterval([low, high]: readonly [number, number]): boolean {
  return Number.isInteger(low) && Number.isInteger(high) && low >= 1 && high <= 5 && low <= high;
}

function mistake(field: string, message: MistakeCode): Mistake {
  return { field, message };
}
