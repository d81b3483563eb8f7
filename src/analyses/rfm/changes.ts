import type { Migration } from './migration';
import type { GroupId } from './segments';

/** How many more customers the group has now than at the earlier date; negative = fewer. */
export function changeSince(migration: Migration, group: GroupId): number {
  let change = 0;
  for (const flow of migration.flows) {
    if (flow.now === group) change += flow.customers;
    if (flow.before === group) change -= flow.customers;
  }
  return change;
}
