import type { Day } from '../../core/dates';
import { addMoney } from '../../core/money';
import type { Row } from '../../db/shape';
import type { Scope } from '../analysis';
import { addGrains, startOfGrain } from '../grain';
import type { LifecycleGrain } from './lifecycle-params';
import type { STATE_COUNTS_SHAPE } from './lifecycle.sql';

/** States of those who bought in a period; together they are everyone who did. */
export const ACTIVE_STATES = ['new', 'returning', 'resurrected'] as const;

/** The same and those who bought the period before, but not in this one. */
export const LIFE_STATES = [...ACTIVE_STATES, 'dormant'] as const;
export type LifeState = (typeof LIFE_STATES)[number];

/** Where customers are from one period to the next: `none` had not bought yet, `away` were dormant before already. */
export type FlowFrom = LifeState | 'away' | 'none';
export type FlowInto = LifeState | 'away';

export interface LifeFlow {
  readonly from: FlowFrom;
  readonly into: FlowInto;
  readonly customers: number;
}

export interface StateFigures {
  readonly customers: number;
  readonly orders: number;
  readonly revenue: number;
}

export interface LifePeriod {
  /** Its number, counted from the first with anything of a customer. */
  readonly index: number;
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
  /** All of it lies in the scope. */
  readonly isComplete: boolean;
  /** Orders and revenue of the period; those of the dormant are what they brought the period before. */
  readonly states: Readonly<Record<LifeState, StateFigures>>;
  /** Everyone who bought: new, returning and resurrected. */
  readonly active: StateFigures;
  /** What customers who bought nothing gave back; with the revenue of the active it is that of the period. */
  readonly refunds: number;
  /** Customers who bought before, but neither in this period nor in the one before. */
  readonly away: number;
  /** (new + resurrected) / dormant; NaN where nobody is dormant. */
  readonly pulse: number;
  /** From the period before into this one; pairs of nobody are absent. */
  readonly flows: readonly LifeFlow[];
}

export type StateCount = Row<typeof STATE_COUNTS_SHAPE>;

const NOBODY: StateFigures = { customers: 0, orders: 0, revenue: 0 };

function sumOf(counts: readonly StateCount[]): StateFigures {
  return counts.reduce(
    (sum, { customers, orders, revenue }) => ({
      customers: sum.customers + customers,
      orders: sum.orders + orders,
      revenue: addMoney(sum.revenue, revenue),
    }),
    NOBODY,
  );
}

/** The periods of the scope, in order, from the counts of `states`; none where nothing was bought. */
export function lifePeriods(
  counts: readonly StateCount[],
  scope: Scope,
  grain: LifecycleGrain,
  origin: Day,
): readonly LifePeriod[] {
  const at = (wanted: number): readonly StateCount[] => counts.filter(({ period }) => period === wanted);
  const firstShown = scope.from === null ? origin : startOfGrain(scope.from, grain);
  const periods: LifePeriod[] = [];
  let everBefore = 0;
  let before: LifePeriod | null = null;
  // Where the first day that counts cuts the very first period, what came before it makes one more.
  const first = counts.reduce((least, { period }) => Math.min(least, period), 0);
  for (let index = first, start = addGrains(origin, grain, first); start < scope.asOf; index++) {
    const end = addGrains(start, grain, 1);
    const isCut = scope.from !== null && scope.from > start;
    const period: LifePeriod = onePeriod(at(index), at(index - 1), before, everBefore, {
      index,
      start,
      end,
      isComplete: end <= scope.asOf && !isCut,
    });
    if (start >= firstShown) periods.push(period);
    everBefore += period.states.new.customers;
    before = period;
    start = end;
  }
  return periods;
}

function onePeriod(
  now: readonly StateCount[],
  earlier: readonly StateCount[],
  before: LifePeriod | null,
  everBefore: number,
  place: Pick<LifePeriod, 'index' | 'start' | 'end' | 'isComplete'>,
): LifePeriod {
  const of = (state: string): readonly StateCount[] => now.filter((count) => count.state === state);
  const left = earlier.filter(({ state, stays }) => state !== 'refunds' && !stays);
  const states = {
    new: sumOf(of('new')),
    returning: sumOf(of('returning')),
    resurrected: sumOf(of('resurrected')),
    dormant: sumOf(left),
  };
  const active = sumOf(now.filter(({ state }) => state !== 'refunds'));
  const fromDormant = sumOf(of('resurrected').filter((count) => count.was_dormant)).customers;
  const fromAway = states.resurrected.customers - fromDormant;
  const dormantBefore = before?.states.dormant.customers ?? 0;
  const awayBefore = before?.away ?? 0;
  const flows: readonly LifeFlow[] = [
    { from: 'none', into: 'new', customers: states.new.customers },
    ...ACTIVE_STATES.flatMap((from): readonly LifeFlow[] => {
      const those = earlier.filter(({ state }) => state === from);
      const stayed = sumOf(those.filter(({ stays }) => stays)).customers;
      return [
        { from, into: 'returning', customers: stayed },
        { from, into: 'dormant', customers: sumOf(those).customers - stayed },
      ];
    }),
    { from: 'dormant', into: 'resurrected', customers: fromDormant },
    { from: 'dormant', into: 'away', customers: dormantBefore - fromDormant },
    { from: 'away', into: 'resurrected', customers: fromAway },
    { from: 'away', into: 'away', customers: awayBefore - fromAway },
  ];
  return {
    ...place,
    states,
    active,
    refunds: sumOf(of('refunds')).revenue,
    away: everBefore + states.new.customers - active.customers - states.dormant.customers,
    pulse:
      states.dormant.customers === 0
        ? Number.NaN
        : (states.new.customers + states.resurrected.customers) / states.dormant.customers,
    flows: flows.filter(({ customers }) => customers > 0),
  };
}
