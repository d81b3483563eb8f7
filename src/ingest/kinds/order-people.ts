import type { Role } from '../file-preview';
import { scoreByNames } from '../column-names';
import type { KindColumn } from './kind-column';
import { ID_ROLES, type PersonRole } from './kinds';
import { PERSON_NAMES } from './person-names';

/** Below this a name does not say what people are known by. */
const LEAST_SCORE = 0.6;
const ROLE_OF_PATTERN = { mobile: 'phone', email: 'email', 'id-card': 'id-card' } as const;

/**
 * What the customer column of a file of orders says people by: a member number, a phone ... and
 * `customer` where neither its name nor its values tell.
 */
export function customerRoleOf(column: KindColumn): PersonRole {
  return personRoleOf(column) ?? 'customer';
}

/** The columns of a file of orders, beside the customer's, that say who ordered; each role at most once. */
export function orderPeopleOf(
  columns: readonly KindColumn[],
  orderRoles: readonly Role[],
): readonly { readonly column: number; readonly role: PersonRole }[] {
  const customer = columns[orderRoles.indexOf('customerId')];
  const taken = new Set<PersonRole>(customer === undefined ? [] : [customerRoleOf(customer)]);
  return columns.flatMap((column, place) => {
    const isFree = orderRoles[place] === 'ignore' && column.type !== 'time' && column.filled > 0;
    const role = isFree ? personRoleOf(column) : null;
    // A second number of customers beside the first is one of another list, of which nothing is known.
    if (role === null || role === 'customer' || taken.has(role)) return [];
    taken.add(role);
    return [{ column: place, role }];
  });
}

function personRoleOf(column: KindColumn): PersonRole | null {
  const pattern = column.personal;
  if (pattern === 'mobile' || pattern === 'email' || pattern === 'id-card') return ROLE_OF_PATTERN[pattern];
  let best: PersonRole | null = null;
  let bestScore = LEAST_SCORE;
  for (const role of ID_ROLES) {
    const score = scoreByNames(column.plainName, PERSON_NAMES[role]);
    if (score <= bestScore) continue;
    best = role;
    bestScore = score;
  }
  return best;
}
