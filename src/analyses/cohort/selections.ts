import type { CustomerSelection } from '../analysis';
import { buyersInScope } from '../population';
import type { CohortResult } from './cohort';
import { cellMembers, cohortMembers } from './cohort.sql';

/** What a selection of a result rests on. */
type Read = Pick<CohortResult, 'scope' | 'params'>;

/** The customers of a cohort: a row. */
export function selectCohort({ scope, params }: Read, cohort: number, title: string): CustomerSelection {
  return { title, members: cohortMembers(scope, params, cohort) };
}

/** The customers whom a cell counts. */
export function selectCell({ scope, params }: Read, cohort: number, step: number, title: string): CustomerSelection {
  return { title, members: cellMembers(scope, params, cohort, step) };
}

/** Everyone with a purchase in scope, whether in a cohort or not. */
export function selectEveryone({ scope }: Read, title: string): CustomerSelection {
  return { title, members: buyersInScope(scope) };
}
