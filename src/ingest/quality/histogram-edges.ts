import { DAY_MS } from '../../core/dates';

/** As many bars as a small card can show side by side. */
export const MOST_BINS = 24;

/**
 * Edges of touching bins over [least, most] at round numbers, at most MOST_BINS bins of one width. A
 * value lies in [edge, next edge); the last bin includes its end. One bin for a single value.
 *
 * @param isWhole true when only whole numbers occur, so that no edge stands between them
 */
export function linearEdges(least: number, most: number, isWhole: boolean): readonly number[] {
  const step = Math.max(isWhole ? 1 : 0, niceStep(least, most));
  const first = Math.floor(least / step);
  // A whole number stands for itself: the largest one gets a bin of its own, not the end of the one before.
  const last = isWhole && step === 1 ? Math.floor(most / step) + 1 : Math.max(first + 1, Math.ceil(most / step));
  return Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step));
}

/** Finer steps than this share of the values are lost in their rounding. */
const FINEST = 1e-10;
const SMALLEST_STEP = 1e-280;

/** The least of 1, 2, 5 times a power of ten that leaves at most MOST_BINS bins once edges are at its multiples. */
function niceStep(least: number, most: number): number {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (least === most) return size >= 1 ? 10 ** Math.floor(Math.log10(size)) : 1;
  const rough = Math.max((most - least) / MOST_BINS, size * FINEST, SMALLEST_STEP);
  for (let power = 10 ** Math.floor(Math.log10(rough)); ; power *= 10) {
    for (const lead of [1, 2, 5]) {
      const step = lead * power;
      if (Math.ceil(most / step) - Math.floor(least / step) + 1 <= MOST_BINS) return step;
    }
  }
}

/**
 * Edges at 1, 2 and 5 times the powers of ten, or at the powers alone where these would be too many,
 * over (0, most]; with a first edge at 0 when there are zeros.
 */
export function logEdges(leastPositive: number, most: number, hasZero: boolean): readonly number[] {
  const from = Math.floor(Math.log10(leastPositive) + 1e-12);
  const to = Math.ceil(Math.log10(most) - 1e-12);
  const decades = Math.max(1, to - from);
  const leads = decades * 3 <= MOST_BINS - 1 ? [1, 2, 5] : [1];
  const all = Array.from({ length: decades + 1 }, (_, i) =>
    leads.map((lead) => rounded(lead * 10 ** (from + i))),
  ).flat();
  const first = Math.max(
    0,
    all.findLastIndex((edge) => edge <= leastPositive),
  );
  const end = all.findIndex((edge) => edge >= most);
  const edges = all.slice(first, Math.max(end, first + 1) + 1);
  return hasZero ? [0, ...edges] : edges;
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

type Step = { readonly hours: number } | { readonly months: number };

const TIME_STEPS: readonly Step[] = [
  ...[1, 3, 6, 12, 24, 48, 168, 336].map((hours) => ({ hours })),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 300, 1200].map((months) => ({ months })),
];
const HOUR_MS = DAY_MS / 24;
/** 5 January 1970 was a Monday: weeks begin there. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Edges at the beginning of hours, days, weeks (Mondays), months or years; wall-clock epoch milliseconds. */
export function timeEdges(leastMs: number, mostMs: number): readonly number[] {
  for (const step of TIME_STEPS) {
    const edges = 'hours' in step ? hourEdges(leastMs, mostMs, step.hours) : monthEdges(leastMs, mostMs, step.months);
    if (edges !== null) return edges;
  }
  return [leastMs, mostMs];
}

function hourEdges(leastMs: number, mostMs: number, hours: number): readonly number[] | null {
  const stepMs = hours * HOUR_MS;
  const originMs = hours >= 168 ? FIRST_MONDAY_MS : 0;
  const first = Math.floor((leastMs - originMs) / stepMs);
  const last = Math.floor((mostMs - originMs) / stepMs) + 1;
  if (last - first > MOST_BINS) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => originMs + (first + i) * stepMs);
}

function monthEdges(leastMs: number, mostMs: number, months: number): readonly number[] | null {
  const first = Math.floor(monthOf(leastMs) / months);
  const last = Math.floor(monthOf(mostMs) / months) + 1;
  if (last - first > MOST_BINS) return null;
  return Array.from({ length: last - first + 1 }, (_, i) => startOfMonth((first + i) * months));
}

/** Months since January of the year 0. */
function monthOf(wallMs: number): number {
  const date = new Date(wallMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function startOfMonth(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return date.getTime();
}
