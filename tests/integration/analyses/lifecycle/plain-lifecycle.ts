/** The life cycle written again in plain TypeScript, customer by customer: the independent route of the tests. */
import type { PlainPurchase } from '../rfm/plain-rfm';

export type Grain = 'week' | 'month' | 'quarter';

/** Days since 1970-01-01 of the first day of the week, or months since year 0, or quarters. */
export function plainPeriod(at: string, grain: Grain): number {
  const [year = 0, month = 1] = at.split('-').map(Number);
  if (grain === 'month') return year * 12 + month - 1;
  if (grain === 'quarter') return Math.floor((year * 12 + month - 1) / 3);
  const day = Math.floor(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) / 86_400_000);
  // 1970-01-01 was a Thursday.
  return Math.floor((day + 3) / 7);
}

export interface PlainPeriod {
  readonly new: string[];
  readonly returning: string[];
  readonly resurrected: string[];
  readonly dormant: string[];
  readonly away: string[];
  /** `from/into` -> customers */
  readonly flows: Readonly<Record<string, string[]>>;
  readonly cents: number;
}

/** Customers by state for each period from the first to the last, asked of each customer's own set of periods. */
export function plainLifecycle(
  purchases: readonly PlainPurchase[],
  grain: Grain,
  asOf: string,
  from = '',
): readonly PlainPeriod[] {
  const known = purchases.filter(({ customer, at }) => customer !== null && at < asOf);
  if (known.length === 0) return [];
  const first = Math.min(...known.map(({ at }) => plainPeriod(at, grain)));
  const last = plainPeriod(new Date(Date.parse(`${asOf}T00:00:00Z`) - 1).toISOString(), grain);
  const start = from === '' ? first : Math.max(first, plainPeriod(from, grain));
  const periodOf = (at: string): number =>
    from !== '' && at < from ? Math.min(plainPeriod(at, grain), plainPeriod(from, grain) - 1) : plainPeriod(at, grain);
  const bought = new Map<string, Set<number>>();
  for (const { customer, at, isPurchase } of known) {
    if (customer === null || !isPurchase) continue;
    bought.set(customer, (bought.get(customer) ?? new Set()).add(periodOf(at)));
  }
  const stateAt = (periods: ReadonlySet<number>, period: number): string => {
    const earlier = [...periods].filter((other) => other < period);
    if (periods.has(period)) {
      if (earlier.length === 0) return 'new';
      return periods.has(period - 1) ? 'returning' : 'resurrected';
    }
    if (earlier.length === 0) return 'none';
    return periods.has(period - 1) ? 'dormant' : 'away';
  };
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, i) => {
    const period = start + i;
    const result = { new: [], returning: [], resurrected: [], dormant: [], away: [] } as Record<string, string[]>;
    const flows: Record<string, string[]> = {};
    for (const [customer, periods] of bought) {
      const [before, now] = [stateAt(periods, period - 1), stateAt(periods, period)];
      result[now]?.push(customer);
      if (now !== 'none') (flows[`${before}/${now}`] ??= []).push(customer);
    }
    const cents = known.filter(({ at }) => periodOf(at) === period).reduce((sum, one) => sum + one.cents, 0);
    return { ...(result as Omit<PlainPeriod, 'flows' | 'cents'>), flows, cents };
  });
}
