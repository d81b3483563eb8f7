import { CLASS_IDS, type Naming, type SegmentId } from './segments';

/** Lowest and highest score, both included, on the scale 1..5. */
export type Interval = readonly [low: number, high: number];

/** A customer whose four scores all lie in the intervals is of the segment; the first such rule wins. */
export interface Rule {
  readonly segment: SegmentId;
  readonly recency: Interval;
  readonly frequency: Interval;
  readonly money: Interval;
  /** Frequency and money taken together, see combinedScore. */
  readonly combined: Interval;
}

const ANY: Interval = [1, 5];
const HIGH: Interval = [4, 5];
const LOW: Interval = [1, 3];

const byCombined = (segment: SegmentId, recency: Interval, combined: Interval): Rule => ({
  segment,
  recency,
  frequency: ANY,
  money: ANY,
  combined,
});

/**
 * The 11 segments on recency and the combined score of frequency and money: the customary map of 25
 * cells without gap or overlap (source in rfm.md), its "hibernating" parted into hibernating (R 2) and
 * lost (R 1).
 */
const SEGMENT_RULES: readonly Rule[] = [
  byCombined('champions', [5, 5], [4, 5]),
  byCombined('loyal', [3, 4], [4, 5]),
  byCombined('cant-lose', [1, 2], [5, 5]),
  byCombined('potential-loyalist', [4, 5], [2, 3]),
  byCombined('new', [5, 5], [1, 1]),
  byCombined('promising', [4, 4], [1, 1]),
  byCombined('needs-attention', [3, 3], [3, 3]),
  byCombined('about-to-sleep', [3, 3], [1, 2]),
  byCombined('at-risk', [1, 2], [3, 4]),
  byCombined('hibernating', [2, 2], [1, 2]),
  byCombined('lost', [1, 1], [1, 2]),
];

/** High is a score above the middle one. The order of CLASS_IDS runs through R fastest, M slowest. */
const CLASS_RULES: readonly Rule[] = CLASS_IDS.map((segment, index) => ({
  segment,
  recency: index % 2 === 0 ? HIGH : LOW,
  frequency: index % 4 < 2 ? HIGH : LOW,
  money: index < 4 ? HIGH : LOW,
  combined: ANY,
}));

export const DEFAULT_RULES: Readonly<Record<Naming, readonly Rule[]>> = {
  segments: SEGMENT_RULES,
  classes: CLASS_RULES,
};

/**
 * A score of 1..bins on the scale 1..5 that the rules are written on: the ends meet the ends, and what
 * lies between is spread evenly. 10 bins fall together in pairs, 4 become 1 2 4 5, 3 become 1 3 5, 2
 * become 1 5.
 */
export function toFive(score: number, bins: number): number {
  return Math.round(1 + (4 * (score - 1)) / (bins - 1));
}

/** The mean of two scores of one scale, half rounded up. */
export function combinedScore(frequency: number, money: number): number {
  return Math.floor((frequency + money + 1) / 2);
}

/** One combination of scores and the rules that name it, in their order. */
export interface RuleCell {
  readonly r: number;
  readonly f: number;
  readonly m: number;
  readonly fm: number;
  /** The first rule's segment; null where no rule holds. */
  readonly segment: SegmentId | null;
  /** Every rule that holds, as places in the list; more than one is an overlap. */
  readonly rules: readonly number[];
}

export interface Coverage {
  readonly bins: number;
  /** All bins³ cells, by r, f, m. */
  readonly cells: readonly RuleCell[];
  readonly gaps: readonly RuleCell[];
  readonly overlaps: readonly RuleCell[];
  /** Places of rules that name no cell, because none fits or earlier rules take them all. */
  readonly unreachable: readonly number[];
}

/** Checks the rules over every combination of scores. Cost: bins³ x rules. */
export function coverRules(rules: readonly Rule[], bins: number): Coverage {
  const scores = Array.from({ length: bins }, (_, i) => i + 1);
  const cells = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => nameCell(rules, bins, r, f, m))));
  const winners = new Set(cells.map((cell) => cell.rules[0]));
  return {
    bins,
    cells,
    gaps: cells.filter((cell) => cell.segment === null),
    overlaps: cells.filter((cell) => cell.rules.length > 1),
    unreachable: rules.map((_, index) => index).filter((index) => !winners.has(index)),
  };
}

function nameCell(rules: readonly Rule[], bins: number, r: number, f: number, m: number): RuleCell {
  const fm = combinedScore(f, m);
  const [r5, f5, m5, fm5] = [r, f, m, fm].map((score) => toFive(score, bins)) as [number, number, number, number];
  const holding = rules.flatMap((rule, index) =>
    within(r5, rule.recency) && within(f5, rule.frequency) && within(m5, rule.money) && within(fm5, rule.combined)
      ? [index]
      : [],
  );
  const first = rules[holding[0] ?? -1];
  return { r, f, m, fm, segment: first?.segment ?? null, rules: holding };
}

function within(score: number, [low, high]: Interval): boolean {
  return score >= low && score <= high;
}
