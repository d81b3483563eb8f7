import type { SaleLabel, AttributeText } from '../../ingest/sale-tables/sale-tables';
import type { Mistake } from '../analysis';
import type { Grain } from '../grain';

/** How finely cohorts and periods are cut. */
export const COHORT_GRAINS = ['day', 'week', 'month', 'quarter'] as const satisfies readonly Grain[];
export type CohortGrain = (typeof COHORT_GRAINS)[number];

/**
 * What puts customers into a cohort: when they first bought; every period they bought in (a customer then is in several);
 * an attribute of theirs; what their first order was; the audiences they are in.
 */
export type CohortKey = 'first-purchase' | 'active' | 'audience' | AttributeText | FirstValue;
export type FirstValue = `first-${SaleLabel | 'product'}`;

export const ATTRIBUTE_KEYS = [
  'gender',
  'city',
  'level',
  'registration_channel',
] as const satisfies readonly CohortKey[];
export const FIRST_VALUES = [
  'first-channel',
  'first-category',
  'first-brand',
  'first-product',
  'first-store',
  'first-city',
  'first-payment',
] as const satisfies readonly FirstValue[];
export const COHORT_KEYS = [
  'first-purchase',
  'active',
  ...ATTRIBUTE_KEYS,
  ...FIRST_VALUES,
  'audience',
] as const satisfies readonly CohortKey[];

/** Periods of the calendar, or of so many times 24 hours since the customer's own first purchase. */
export const CLOCKS = ['calendar', 'rolling'] as const;
export type Clock = (typeof CLOCKS)[number];

/** Bought in exactly that period; then or later; or between so many days after the first purchase. */
export const CRITERIA = ['on', 'on-or-after', 'brackets'] as const;
export type Criterion = (typeof CRITERIA)[number];

export const MEASURES = ['customers', 'orders', 'revenue', 'value'] as const;
/** `value`: revenue per head, summed up to the end of the period. */
export type Measure = (typeof MEASURES)[number];

/** Days after the first purchase, both ends included. */
export interface Bracket {
  readonly fromDay: number;
  readonly toDay: number;
}

export interface CohortParams {
  readonly by: CohortKey;
  /** Of the rows. */
  readonly cohortGrain: CohortGrain;
  /** Of the columns. */
  readonly grain: CohortGrain;
  readonly clock: Clock;
  readonly criterion: Criterion;
  readonly brackets: readonly Bracket[];
  readonly measure: Measure;
  /** Shares of the reference, or plain numbers. */
  readonly display: 'share' | 'number';
  /** Shares are of the first period, or of the one before. */
  readonly reference: 'first' | 'previous';
  readonly mean: 'weighted' | 'simple';
  /** Only cohorts whose periods up to `horizon` are over, and only those periods. */
  readonly equalMaturity: boolean;
  /** The last period compared; null = as far as the data allows. */
  readonly horizon: number | null;
  /** What winning a customer cost, in the money of the data; null = not known. */
  readonly acquisitionCost: number | null;
}

export const COHORT_DEFAULTS: CohortParams = {
  by: 'first-purchase',
  cohortGrain: 'month',
  grain: 'month',
  clock: 'calendar',
  criterion: 'on',
  brackets: [
    { fromDay: 1, toDay: 7 },
    { fromDay: 8, toDay: 30 },
    { fromDay: 31, toDay: 90 },
  ],
  measure: 'customers',
  display: 'share',
  reference: 'first',
  mean: 'weighted',
  equalMaturity: false,
  horizon: null,
  acquisitionCost: null,
};

export const MOST_BRACKETS = 24;
/** A hundred years. */
const MOST_DAYS = 36_500;

export type MistakeCode = 'bracket-count' | 'bracket-days' | 'bracket-order' | 'horizon-mistake' | 'acquisition-cost';

/** What is wrong with the parameters; empty when nothing is. */
export function validateCohort({ brackets, horizon, acquisitionCost }: CohortParams): readonly Mistake[] {
  const isDay = (day: number): boolean => Number.isInteger(day) && day >= 1 && day <= MOST_DAYS;
  const codes: readonly (readonly [string, MistakeCode, boolean])[] = [
    ['brackets', 'bracket-count', brackets.length < 1 || brackets.length > MOST_BRACKETS],
    ['brackets', 'bracket-days', !brackets.every(({ fromDay, toDay }) => isDay(fromDay) && isDay(toDay))],
    ['brackets', 'bracket-order', !isAscending(brackets)],
    [
      'horizon',
      'horizon-mistake',
      horizon !== null && (!Number.isInteger(horizon) || horizon < 1 || horizon > MOST_DAYS),
    ],
    [
      'acquisitionCost',
      'acquisition-cost',
      acquisitionCost !== null && !(Number.isFinite(acquisitionCost) && acquisitionCost > 0),
    ],
  ];
  return codes.flatMap(([field, message, wrong]) => (wrong ? [{ field, message }] : []));
}

function isAscending(brackets: readonly Bracket[]): boolean {
  const days = brackets.flatMap(({ fromDay, toDay }) => [fromDay, toDay + 1]);
  return (
    brackets.every(({ fromDay, toDay }) => fromDay <= toDay) &&
    days.every((day, i) => i === 0 || day >= (days[i - 1] ?? 0))
  );
}

/** A stretch of days after the first purchase that is one step; the last has no end. */
export interface Segment {
  readonly fromDay: number;
  readonly toDay: number;
  /** False for gaps between brackets, whose money still counts into what follows. */
  readonly shown: boolean;
}

/** How the time since the first purchase is cut into steps 0, 1, 2 ... */
export type StepRule =
  | { readonly kind: 'calendar'; readonly grain: CohortGrain }
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'brackets'; readonly clock: Clock; readonly segments: readonly Segment[] };

/** Days of a period that rolls. */
export const ROLLING_DAYS: Readonly<Record<CohortGrain, number>> = { day: 1, week: 7, month: 30, quarter: 90 };

/** The steps the parameters ask for. Who is in a cohort of every period goes by the calendar. */
export function stepRule({ by, cohortGrain, grain, clock, criterion, brackets }: CohortParams): StepRule {
  if (by === 'active') return { kind: 'calendar', grain: cohortGrain };
  if (criterion === 'brackets') return { kind: 'brackets', clock, segments: segmentsOf(brackets) };
  return clock === 'calendar' ? { kind: 'calendar', grain } : { kind: 'rolling', days: ROLLING_DAYS[grain] };
}

/** Every day after the first purchase in one segment: day 0, the brackets, the gaps between and what comes after. */
export function segmentsOf(brackets: readonly Bracket[]): readonly Segment[] {
  const segments: Segment[] = [{ fromDay: 0, toDay: 0, shown: true }];
  let next = 1;
  for (const { fromDay, toDay } of brackets) {
    if (fromDay > next) segments.push({ fromDay: next, toDay: fromDay - 1, shown: false });
    segments.push({ fromDay, toDay, shown: true });
    next = toDay + 1;
  }
  return [...segments, { fromDay: next, toDay: Infinity, shown: false }];
}

/** The criterion in force: orders and money are those of the period itself, and every-period cohorts have no brackets. */
export function criterionOf({ by, criterion, measure }: CohortParams): Criterion {
  if (criterion === 'brackets') return by === 'active' ? 'on' : 'brackets';
  return measure === 'customers' ? criterion : 'on';
}

/** The last step that equal maturity asks for: the last bracket, or what is set by hand; null = as far as the data allows. */
export function horizonWanted(params: CohortParams): number | null {
  const rule = stepRule(params);
  return rule.kind === 'brackets' ? rule.segments.length - 2 : params.horizon;
}

/** True for cohorts that are a stretch of time. */
export function isOfTime(by: CohortKey): by is 'first-purchase' | 'active' {
  return by === 'first-purchase' || by === 'active';
}

/** The same for parameters that read the same numbers from the data and only show them differently. */
export function readsAlike(params: CohortParams): string {
  const { by, cohortGrain, measure } = params;
  return JSON.stringify([
    by,
    cohortGrain,
    stepRule(params),
    criterionOf(params),
    measure === 'customers',
    isOfTime(by) ? null : horizonWanted(params),
  ]);
}
