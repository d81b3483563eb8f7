import { addDays, addMonths, dayOf, daysBetween, isDay, type Day } from '../core/dates';
import { sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { Mistake, Scope } from './analysis';
import { startOfGrain } from './grain';

/** Days from `from` to before `to`. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/**
 * Which stretch is looked at: `auto` is the longest of the last twelve, three and one full months and the last 30 days that
 * the data has twice; `scope` is the period of the top bar.
 */
export const SPANS = ['auto', 'scope', 'days30', 'month', 'quarter', 'year', 'custom'] as const;
export type Span = (typeof SPANS)[number];

/** What it is compared with: the stretch of the same length just before, or the same days a year earlier. */
export const AGAINST = ['before', 'yearBefore', 'custom'] as const;
export type Against = (typeof AGAINST)[number];

export interface PeriodChoice {
  readonly span: Span;
  /** The stretch of `custom`. */
  readonly custom: Period | null;
  readonly against: Against;
  readonly customAgainst: Period | null;
}

export const DEFAULT_PERIODS: PeriodChoice = { span: 'auto', custom: null, against: 'before', customAgainst: null };

export interface ResolvedPeriods {
  readonly now: Period;
  /** Null where the data begins after it has ended. */
  readonly before: Period | null;
  /** True where the data begins inside of `before`: the comparison is with a part of it. */
  readonly isBeforeCut: boolean;
}

/** The first day with a row in `purchases` and the day after the last; null without rows. */
export async function readDataSpan(db: Db, options: CallOptions = {}): Promise<Period | null> {
  const [row] = await db.query(
    sql`SELECT min(ordered_at) AS first, max(ordered_at) AS last FROM purchases`,
    { first: 'time?', last: 'time?' },
    options,
  );
  if (row?.first === undefined || row.first === null || row.last === null) return null;
  return { from: dayOf(row.first), to: addDays(dayOf(row.last), 1) };
}

/** The stretch chosen and the one beside it; null where the data has no row before as-of. */
export function resolvePeriods(choice: PeriodChoice, scope: Scope, data: Period | null): ResolvedPeriods | null {
  if (data === null || data.from >= scope.asOf) return null;
  const now = periodOf(choice, scope, data);
  const before =
    choice.against === 'custom' && choice.customAgainst !== null
      ? until(choice.customAgainst, scope.asOf)
      : earlier(now, choice);
  return before.to <= data.from
    ? { now, before: null, isBeforeCut: false }
    : { now, before, isBeforeCut: before.from < data.from };
}

/** Months that the spans of full months have. */
const FULL_MONTHS = { year: 12, quarter: 3, month: 1 } as const;

function periodOf({ span, custom }: PeriodChoice, scope: Scope, data: Period): Period {
  switch (span) {
    case 'custom':
      return custom === null ? wholeScope(scope, data) : until(custom, scope.asOf);
    case 'scope':
      return wholeScope(scope, data);
    case 'days30':
      return { from: addDays(scope.asOf, -30), to: scope.asOf };
    case 'year':
    case 'quarter':
    case 'month':
      return fullMonths(FULL_MONTHS[span], scope.asOf);
    case 'auto': {
      // Whoever sets a period in the top bar wants to see that one.
      if (scope.from !== null) return wholeScope(scope, data);
      const candidates = [...[12, 3, 1].map((months) => fullMonths(months, scope.asOf)), periodOfDays(30, scope.asOf)];
      const twice = candidates.find((period) => earlier(period, DEFAULT_PERIODS).from >= data.from);
      return twice ?? wholeScope(scope, data);
    }
  }
}

/** The part of a period that lies before as-of: what comes later does not count anywhere. */
function until({ from, to }: Period, asOf: Day): Period {
  return { from: from < asOf ? from : asOf, to: to < asOf ? to : asOf };
}

function wholeScope({ from, asOf }: Scope, data: Period): Period {
  return until({ from: from ?? data.from, to: asOf }, asOf);
}

function fullMonths(months: number, asOf: Day): Period {
  const to = startOfGrain(asOf, 'month');
  return { from: addMonths(to, -months), to };
}

function periodOfDays(days: number, asOf: Day): Period {
  return { from: addDays(asOf, -days), to: asOf };
}

/** The stretch before: so many months where it is made of full months, else so many days. */
function earlier({ from, to }: Period, { against }: Pick<PeriodChoice, 'against'>): Period {
  if (against === 'yearBefore') return { from: addMonths(from, -12), to: yearBeforeEnd(to) };
  const isMonths = from.endsWith('-01') && to.endsWith('-01');
  if (!isMonths) return { from: addDays(from, -daysBetween(from, to)), to: from };
  const months =
    12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  return { from: addMonths(from, -months), to: from };
}

/** What ends before 29 February holds the 28th, which ends before 1 March where there is no 29th. */
function yearBeforeEnd(to: Day): Day {
  const end = addMonths(to, -12);
  return to.endsWith('-02-29') ? addDays(end, 1) : end;
}

/** The scope of one stretch, for the same audience. */
export function scopeOf({ from, to }: Period, { audience }: Scope): Scope {
  return { asOf: to, from, audience };
}

/** What is wrong with periods given by hand. */
export function periodMistakes({ span, custom, against, customAgainst }: PeriodChoice): readonly Mistake[] {
  const wrong = (period: Period | null): boolean =>
    period === null || !isDay(period.from) || !isDay(period.to) || period.from >= period.to;
  return [
    ...(span === 'custom' && wrong(custom) ? [{ field: 'custom', message: 'not-a-period' }] : []),
    ...(against === 'custom' && wrong(customAgainst) ? [{ field: 'customAgainst', message: 'not-a-period' }] : []),
  ];
}
