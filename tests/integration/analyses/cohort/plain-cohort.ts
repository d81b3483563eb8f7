/** Cohorts written again in plain TypeScript, customer by customer: the independent route of the tests. */
import type { CohortParams } from '../../../../src/analyses/cohort/cohort-params';
import type { PlainPurchase } from '../rfm/plain-rfm';

const DAY = 86_400_000;
const ms = (time: string): number => Date.parse(`${time.slice(0, 10)}T${time.slice(11) || '00:00:00'}Z`);
const dayNumber = (at: number): number => Math.floor(at / DAY);

/** A stretch of the calendar as a whole number, neighbours differing by one. */
export function stretch(grain: string, at: number): number {
  const date = new Date(at);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (grain === 'day') return dayNumber(at);
  // 1 January 1970 was a Thursday.
  if (grain === 'week') return Math.floor((dayNumber(at) + 3) / 7);
  return grain === 'month' ? months : Math.floor(months / 3);
}

/** The first day of the stretch. */
export function firstDay(grain: string, at: number): string {
  let day = dayNumber(at);
  while (stretch(grain, (day - 1) * DAY) === stretch(grain, at)) day--;
  return new Date(day * DAY).toISOString().slice(0, 10);
}

const ROLLING: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 90 };

/** The step of a time for a customer who began at `first`: all days of brackets and the gaps between are steps. */
export function plainStep(params: CohortParams, first: number, at: number): number {
  const { grain, clock, criterion, brackets } = params;
  const rolled = Math.trunc((at - first) / DAY);
  if (criterion === 'brackets') {
    const days = clock === 'calendar' ? dayNumber(at) - dayNumber(first) : rolled;
    const ends: number[] = [0];
    for (const { fromDay, toDay } of brackets) {
      if (fromDay > (ends[ends.length - 1] ?? 0) + 1) ends.push(fromDay - 1);
      ends.push(toDay);
    }
    const found = ends.findIndex((end) => days <= end);
    return found === -1 ? ends.length : found;
  }
  if (clock === 'rolling') return Math.trunc((at - first) / (DAY * (ROLLING[grain] ?? 1)));
  return stretch(grain, at) - stretch(grain, first);
}

export interface PlainCohort {
  customers: Set<string>;
  age: number;
  reach: number;
  /** Customers by step. */
  readonly active: Map<number, Set<string>>;
  readonly orders: Map<number, number>;
  readonly cents: Map<number, number>;
}

export interface PlainScope {
  readonly asOf: string;
  readonly from: string | null;
  readonly audience?: ReadonlySet<string>;
}

/**
 * Cohorts by name. `labelOf` says by what customers are put together, for those whose periods up to `horizon` are over;
 * without it cohorts are stretches of the first purchase, or of every purchase for 'active'.
 */
export function plainCohorts(
  purchases: readonly PlainPurchase[],
  scope: PlainScope,
  params: CohortParams,
  labelOf?: { readonly of: (customer: string) => readonly string[]; readonly horizon: number },
): ReadonlyMap<string, PlainCohort> {
  const asOf = ms(scope.asOf);
  const from = scope.from === null ? -Infinity : ms(scope.from);
  const cohorts = new Map<string, PlainCohort>();
  const recurring = params.by === 'active';
  const rule: CohortParams = recurring
    ? { ...params, grain: params.cohortGrain, clock: 'calendar', criterion: 'on' }
    : params;
  for (const [customer, rows] of byCustomer(purchases)) {
    if (scope.audience !== undefined && !scope.audience.has(customer)) continue;
    const known = rows.filter(({ at }) => ms(at) < asOf);
    const bought = known.filter(({ isPurchase }) => isPurchase).map(({ at }) => ms(at));
    if (bought.length === 0) continue;
    const first = Math.min(...bought);
    if (!recurring && first < from) continue;
    const step = (at: number): number => plainStep(rule, first, at);
    const age = step(asOf);
    const reach = step(asOf - 0.001);
    const inside = known.filter(({ at }) => ms(at) >= from);
    const steps = new Set(inside.filter(({ isPurchase }) => isPurchase).map(({ at }) => step(ms(at))));
    const entries: (readonly [name: string, step: number])[] = recurring
      ? [...steps].map((entered) => {
          const at = bought.find((time) => step(time) === entered) ?? Number.NaN;
          return [firstDay(params.cohortGrain, at), entered];
        })
      : labelOf === undefined
        ? [[firstDay(params.cohortGrain, first), 0]]
        : age > labelOf.horizon
          ? labelOf.of(customer).map((label) => [label, 0])
          : [];
    for (const [name, entered] of entries) {
      const cohort = cohorts.get(name) ?? emptyCohort();
      cohorts.set(name, cohort);
      cohort.customers.add(customer);
      cohort.age = Math.min(cohort.age, age - entered);
      cohort.reach = Math.max(cohort.reach, reach - entered);
      for (const row of inside) {
        const since = Math.max(0, step(ms(row.at))) - entered;
        if (since < 0) continue;
        cohort.cents.set(since, (cohort.cents.get(since) ?? 0) + row.cents);
        if (!row.isPurchase) continue;
        cohort.orders.set(since, (cohort.orders.get(since) ?? 0) + 1);
        cohort.active.set(since, (cohort.active.get(since) ?? new Set()).add(customer));
      }
    }
  }
  return cohorts;
}

function emptyCohort(): PlainCohort {
  return {
    customers: new Set(),
    age: Infinity,
    reach: -Infinity,
    active: new Map(),
    orders: new Map(),
    cents: new Map(),
  };
}

function byCustomer(purchases: readonly PlainPurchase[]): ReadonlyMap<string, readonly PlainPurchase[]> {
  const found = new Map<string, PlainPurchase[]>();
  for (const purchase of purchases) {
    if (purchase.customer === null) continue;
    found.set(purchase.customer, [...(found.get(purchase.customer) ?? []), purchase]);
  }
  return found;
}

/** Customers active in the step or any after it. */
export function fromThenOn(cohort: PlainCohort, step: number): number {
  const later = [...cohort.active].filter(([at]) => at >= step).flatMap(([, customers]) => [...customers]);
  return new Set(later).size;
}
