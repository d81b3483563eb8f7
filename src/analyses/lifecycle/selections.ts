import { sql, type Sql } from '../../core/sql';
import type { CustomerSelection } from '../analysis';
import type { FlowFrom, FlowInto, LifePeriod, LifeState } from './life-periods';
import type { LifecycleResult } from './lifecycle';
import { statusMembers, withStates } from './lifecycle.sql';

/** A colour a state, on every chart of the page. */
export const STATE_COLORS: Readonly<Record<FlowFrom, string>> = {
  new: 'var(--seg-3)',
  returning: 'var(--seg-12)',
  resurrected: 'var(--seg-6)',
  dormant: 'var(--seg-9)',
  away: 'var(--ramp-2)',
  none: 'var(--ramp-1)',
};

/** The customers in a state of a period. */
export function selectState(
  result: LifecycleResult,
  { index }: LifePeriod,
  state: LifeState,
  title: string,
): CustomerSelection {
  const condition = state === 'dormant' ? leaves(index - 1) : sql`period = ${integer(index)} AND state = ${state}`;
  return { title, members: members(result, condition), color: STATE_COLORS[state] };
}

/** Everyone who bought in a period. */
export function selectActive(result: LifecycleResult, { index }: LifePeriod, title: string): CustomerSelection {
  return { title, members: members(result, sql`period = ${integer(index)} AND orders > 0`) };
}

/** The customers who went from one state to another between the period before and this one. */
export function selectFlow(
  result: LifecycleResult,
  { index }: LifePeriod,
  from: FlowFrom,
  into: FlowInto,
  title: string,
): CustomerSelection {
  return { title, members: members(result, flowCondition(index, from, into)), color: STATE_COLORS[into] };
}

/** The customers who bought within the churn window before as-of, or those who did not. */
export function selectStatus(
  { scope, status }: LifecycleResult,
  isActive: boolean,
  title: string,
): CustomerSelection | null {
  return status === null ? null : { title, members: statusMembers(scope, status.windowDays, isActive) };
}

/** Bought in a period and not in the one after. */
function leaves(period: number): Sql {
  return sql`period = ${integer(period)} AND orders > 0 AND next IS DISTINCT FROM ${integer(period + 1)}`;
}

function flowCondition(index: number, from: FlowFrom, into: FlowInto): Sql {
  const now = integer(index);
  const before = integer(index - 1);
  if (from === 'none') return sql`period = ${now} AND state = 'new'`;
  if (from === 'dormant' || from === 'away') {
    if (into === 'resurrected')
      return sql`period = ${now} AND state = 'resurrected' AND previous ${from === 'dormant' ? sql`=` : sql`<`} ${integer(index - 2)}`;
    return sql`period ${from === 'dormant' ? sql`=` : sql`<`} ${integer(index - 2)} AND orders > 0 AND coalesce(next > ${now}, TRUE)`;
  }
  if (into === 'returning') return sql`period = ${before} AND state = ${from} AND next = ${now}`;
  return sql`${leaves(index - 1)} AND state = ${from}`;
}

function members({ scope, grain, origin }: LifecycleResult, condition: Sql): Sql {
  return sql`${withStates(scope, { grain, origin: origin ?? scope.asOf })}SELECT customer_key FROM states WHERE ${condition}`;
}

function integer(value: number): Sql {
  return sql`CAST(${value} AS INTEGER)`;
}
