import { wilsonInterval } from '../../kernels/intervals/wilson';
import type { Cohort, CohortResult } from './cohort';

/** A cohort of fewer customers is neither the best nor the worst of anything. */
export const FEW_CUSTOMERS = 30;

/** How many of a cohort bought again soon. */
export interface Returned {
  readonly cohort: Cohort;
  readonly customers: number;
  readonly returned: number;
  /** 0..1 */
  readonly share: number;
}

/** The facts of the sentence at the top. */
export interface CohortVerdict {
  /** Customers of the cohorts that are old enough, and how many of them bought again. */
  readonly customers: number;
  readonly returned: number;
  readonly share: number;
  /** Null where fewer than two cohorts are large enough to compare. */
  readonly best: Returned | null;
  readonly worst: Returned | null;
  /** The oldest third of the cohorts against the youngest; null for fewer than four, or cohorts that are not of time. */
  readonly trend: { readonly direction: 'up' | 'down' | 'level'; readonly before: number; readonly now: number } | null;
}

/**
 * Who came back: within the first steps (CohortResult.returnSteps), or, for cohorts of every period, in the next one. Only
 * cohorts for which these steps are over count. Null where there is none.
 */
export function judgeCohorts(result: CohortResult): CohortVerdict | null {
  const { returnSteps } = result;
  const old = result.cohorts.flatMap((cohort): readonly Returned[] => {
    const isOver = cohort.returned === null ? cohort.age > 1 : cohort.age > returnSteps && returnSteps > 0;
    if (!isOver) return [];
    const returned = cohort.returned ?? cohort.active[1] ?? 0;
    return [{ cohort, customers: cohort.customers, returned, share: returned / cohort.customers }];
  });
  if (old.length === 0) return null;
  const named = old.filter(
    ({ cohort, customers }) =>
      customers >= FEW_CUSTOMERS && cohort.name.kind !== 'other' && cohort.name.kind !== 'none',
  );
  const ranked = named.toSorted((a, b) => b.share - a.share || a.cohort.number - b.cohort.number);
  const isSpread = ranked.length > 1 && ranked[0]?.share !== ranked.at(-1)?.share;
  return {
    ...pooled(old),
    best: isSpread ? (ranked[0] ?? null) : null,
    worst: isSpread ? (ranked.at(-1) ?? null) : null,
    trend: trendOf(old),
  };
}

function pooled(list: readonly Returned[]): Pick<CohortVerdict, 'customers' | 'returned' | 'share'> {
  const customers = list.reduce((sum, one) => sum + one.customers, 0);
  const returned = list.reduce((sum, one) => sum + one.returned, 0);
  return { customers, returned, share: returned / customers };
}

/** Up or down where the 95 % intervals of both shares do not touch. */
function trendOf(old: readonly Returned[]): CohortVerdict['trend'] {
  if (old.length < 4 || old.some(({ cohort }) => cohort.name.kind !== 'time')) return null;
  const third = Math.floor(old.length / 3);
  const [before, now] = [pooled(old.slice(0, third)), pooled(old.slice(-third))];
  const was = wilsonInterval(before.returned, before.customers);
  const is = wilsonInterval(now.returned, now.customers);
  const direction = is.low > was.high ? 'up' : is.high < was.low ? 'down' : 'level';
  return { direction, before: before.share, now: now.share };
}
