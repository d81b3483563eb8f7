import type { CustomerSelection, Scope } from '../analysis';
import { addGrains, type Grain } from '../grain';
import { buyersInScope } from '../population';
import { membersOf, repeatCustomers, type Held } from './overview.sql';
import type { PeriodFigures, Stretch } from './overview';
import type { Breakdown } from './overview-params';

/** Everyone with a purchase in the period. */
export function selectBuyers({ scope }: PeriodFigures, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}

/** Those with at least two purchases in the period. */
export function selectRepeatCustomers({ scope }: PeriodFigures, title: string): CustomerSelection {
  return { title, members: repeatCustomers(scope) };
}

/** Those with a purchase in one stretch of the period, as far as it lies inside. */
export function selectStretch(
  { scope }: PeriodFigures,
  { start }: Stretch,
  grain: Grain,
  title: string,
): CustomerSelection {
  return { title, members: buyersInScope(stretchScope(scope, start, addGrains(start, grain, 1))) };
}

function stretchScope(scope: Scope, start: string, end: string): Scope {
  const from = scope.from !== null && scope.from > start ? scope.from : start;
  return { ...scope, from, asOf: end < scope.asOf ? end : scope.asOf };
}

/** Those with a purchase in the period that falls under a row of a breakdown. */
export function selectRow(
  { scope }: PeriodFigures,
  breakdown: Breakdown,
  held: Held,
  title: string,
): CustomerSelection {
  return { title, members: membersOf(breakdown, held, scope) };
}
