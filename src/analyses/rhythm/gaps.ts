import { endedShares } from '../../kernels/survival/kaplan-meier';
import { wilsonInterval, type Interval } from '../../kernels/intervals/wilson';
import type { Row } from '../../db/shape';
import type { GAPS_SHAPE, NEXT_PURCHASES_SHAPE, OPEN_GAPS_SHAPE } from './rhythm.sql';

export type GapCount = Row<typeof GAPS_SHAPE>;
export type OpenGapCount = Row<typeof OPEN_GAPS_SHAPE>;
export type NextPurchaseCount = Row<typeof NEXT_PURCHASES_SHAPE>;

/** The share of gaps, 0..1, that are at most `days` long; NaN without gaps. `gaps` by days, ascending. */
export function shareWithin(gaps: readonly GapCount[], days: number): number {
  const all = gaps.reduce((sum, { gaps: count }) => sum + count, 0);
  const within = gaps.reduce((sum, { gap_days, gaps: count }) => sum + (gap_days <= days ? count : 0), 0);
  return all === 0 ? Number.NaN : within / all;
}

/** The smallest number of days that at least this share of the gaps does not exceed; null without gaps. */
export function daysForShare(gaps: readonly GapCount[], share: number): number | null {
  const all = gaps.reduce((sum, { gaps: count }) => sum + count, 0);
  let within = 0;
  for (const { gap_days, gaps: count } of gaps) {
    within += count;
    // One in ten thousand millions forgives what the product loses in binary.
    if (within >= share * all - 1e-10 * all) return gap_days;
  }
  return null;
}

export interface ReturnShare {
  readonly days: number;
  /** Of the gaps that have ended, 0..1. */
  readonly ofEnded: number;
  /** The Kaplan-Meier share: gaps still open count as long as they have been seen open. */
  readonly withOpen: number;
}

/** What share has come back by each day on which anything happened, both ways. */
export function returnShares(gaps: readonly GapCount[], open: readonly OpenGapCount[]): readonly ReturnShare[] {
  const ended = new Map(gaps.map(({ gap_days, gaps: count }) => [gap_days, count]));
  const going = new Map<number, number>();
  for (const { open_days, customers } of open) going.set(open_days, (going.get(open_days) ?? 0) + customers);
  const days = [...new Set([...ended.keys(), ...going.keys()])].sort((a, b) => a - b);
  const withOpen = endedShares({
    ages: Float64Array.from(days),
    ended: Float64Array.from(days, (day) => ended.get(day) ?? 0),
    open: Float64Array.from(days, (day) => going.get(day) ?? 0),
  });
  const all = gaps.reduce((sum, { gaps: count }) => sum + count, 0);
  let within = 0;
  return days.map((day, i) => {
    within += ended.get(day) ?? 0;
    return { days: day, ofEnded: all === 0 ? Number.NaN : within / all, withOpen: withOpen[i] ?? Number.NaN };
  });
}

/** The last of the shares at or before a day. 0 before the first. */
export function withOpenAt(shares: readonly ReturnShare[], days: number): number {
  return shares.findLast((share) => share.days <= days)?.withOpen ?? 0;
}

/** Gaps from `from` + 1 to `to` days. */
export interface GapBin {
  readonly from: number;
  readonly to: number;
  readonly gaps: number;
  readonly customers: number;
}

const WIDTHS = [1, 2, 3, 5, 7, 10, 14, 30, 60, 90, 180, 365, 730] as const;
const MOST_BINS = 48;
/** So much of the gaps is drawn; the few longest would press the rest to the edge. */
const DRAWN_SHARE = 0.98;

/** How wide a bar is and how many there are, so that nearly all gaps are drawn. */
export function gapBinning(gaps: readonly GapCount[]): { readonly widthDays: number; readonly bins: number } {
  const reach = daysForShare(gaps, DRAWN_SHARE) ?? 0;
  const widthDays = WIDTHS.find((width) => reach / width <= MOST_BINS) ?? Math.ceil(reach / MOST_BINS);
  return { widthDays, bins: Math.ceil(reach / widthDays) };
}

export function gapBins(
  gaps: readonly GapCount[],
  customers: readonly { readonly bin: number; readonly customers: number }[],
): readonly GapBin[] {
  const { widthDays, bins } = gapBinning(gaps);
  const counts = new Map<number, number>();
  for (const { gap_days, gaps: count } of gaps) {
    const bin = Math.floor((gap_days - 1) / widthDays);
    counts.set(bin, (counts.get(bin) ?? 0) + count);
  }
  const people = new Map(customers.map(({ bin, customers: count }) => [bin, count]));
  return Array.from({ length: bins }, (_, bin) => ({
    from: bin * widthDays,
    to: (bin + 1) * widthDays,
    gaps: counts.get(bin) ?? 0,
    customers: people.get(bin) ?? 0,
  }));
}

/** The chance of another purchase after the n-th. */
export interface NextChance {
  /** n, 1 = after the first. */
  readonly purchases: number;
  /** Customers whose n-th purchase day lies at least a churn window before as-of. */
  readonly customers: number;
  readonly cameBack: number;
  /** cameBack / customers, 0..1; NaN without customers. */
  readonly chance: number;
  /** 95 %. */
  readonly interval: Interval;
}

/** One an n from 1 on that anyone has reached long enough ago. */
export function nextChances(counts: readonly NextPurchaseCount[], windowDays: number): readonly NextChance[] {
  const old = counts.filter(({ age_days }) => age_days >= windowDays);
  const reached = [...new Set(old.map(({ purchases }) => purchases))].sort((a, b) => a - b);
  return reached.map((purchases) => {
    const those = old.filter((count) => count.purchases === purchases);
    const customers = those.reduce((sum, count) => sum + count.customers, 0);
    const cameBack = those.reduce((sum, count) => sum + count.came_back, 0);
    return {
      purchases,
      customers,
      cameBack,
      chance: cameBack / customers,
      interval: wilsonInterval(cameBack, customers),
    };
  });
}

/** How many customers have so many purchase days; the last row takes in all that have as many or more. */
export interface PurchaseCount {
  readonly purchases: number;
  readonly isOrMore: boolean;
  readonly customers: number;
}

export function purchaseCounts(open: readonly OpenGapCount[], most: number): readonly PurchaseCount[] {
  const largest = open.reduce((large, { purchases }) => Math.max(large, purchases), 0);
  const rows = Math.min(most, largest);
  return Array.from({ length: rows }, (_, i) => {
    const isOrMore = i + 1 === rows && largest > rows;
    return {
      purchases: i + 1,
      isOrMore,
      customers: open.reduce(
        (sum, { purchases, customers }) =>
          sum + (purchases === i + 1 || (isOrMore && purchases > rows) ? customers : 0),
        0,
      ),
    };
  });
}
