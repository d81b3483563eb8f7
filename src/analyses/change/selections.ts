import type { SaleLabel } from '../../ingest/sale-tables/sale-tables';
import type { CustomerSelection } from '../analysis';
import { scopeOf } from '../periods';
import { buyersInScope } from '../population';
import type { Breakdown, LabelValue } from './change-params';
import { membersOfGroup, membersOfStates, membersRefunded, type Comparison, type Side, type State } from './change.sql';
import { membersOfPair, membersOfPart, membersOfValue, type GainPart } from './switching.sql';

/** Everyone with an order in one of the periods. */
export function selectBuyers(comparison: Comparison, side: Side, title: string): CustomerSelection {
  return { title, members: buyersInScope(scopeOf(comparison[side], comparison.scope)) };
}

/** Customers of a period who have refunds there and no order. */
export function selectRefunded(comparison: Comparison, side: Side, title: string): CustomerSelection {
  return { title, members: membersRefunded(comparison, side) };
}

/** New, lapsed, repeating customers: a bar of either chart of them. */
export function selectStates(
  comparison: Comparison,
  states: readonly State[],
  title: string,
  color?: string,
): CustomerSelection {
  return { title, members: membersOfStates(comparison, states), color };
}

/** Who bought of a value of the breakdown in one of the periods. */
export function selectGroup(
  comparison: Comparison,
  by: Breakdown,
  value: LabelValue,
  side: Side,
  title: string,
): CustomerSelection {
  return { title, members: membersOfGroup(comparison, by, value, side) };
}

/** Whom a part of a value's gain and loss counts. */
export function selectPart(
  comparison: Comparison,
  label: SaleLabel,
  value: LabelValue,
  part: GainPart,
  title: string,
  color?: string,
): CustomerSelection {
  return { title, members: membersOfPart(comparison, label, value, part), color };
}

/** Who paid more than nothing for a value in one of the periods. */
export function selectValue(
  comparison: Comparison,
  label: SaleLabel,
  value: LabelValue,
  side: Side,
  title: string,
): CustomerSelection {
  return { title, members: membersOfValue(comparison, label, value, side) };
}

/** Who switched from one value to another. */
export function selectPair(
  comparison: Comparison,
  label: SaleLabel,
  from: LabelValue,
  to: LabelValue,
  title: string,
): CustomerSelection {
  return { title, members: membersOfPair(comparison, label, from, to) };
}
