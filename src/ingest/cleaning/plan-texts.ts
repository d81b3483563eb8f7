import { ident, sql, type Sql } from '../../core/sql';
import type { PlanScope, StepPlan, Work } from './plan-scope';
import type { ActionOf } from './step';
import { titleCase } from './title-case';
import { gapIfEmpty } from './values.sql';

/** What counts as a blank: Unicode's white space, and the characters without width that exports leave behind. */
export const BLANKS =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff';

export const RUN_OF_BLANKS = `[${BLANKS}]+`;

/** Steps that turn each text into another by one formula. An empty text becomes a gap. */
export function planTextStep(
  action: ActionOf<'trim' | 'collapse-blanks' | 'case' | 'replace'>,
  scope: PlanScope,
): StepPlan {
  return scope.plan(scope.keysOf(action.columns).map((key) => workOn(key, action)));
}

function workOn(key: string, action: ActionOf<'trim' | 'collapse-blanks' | 'case' | 'replace'>): Work {
  if (action.do === 'case' && action.to === 'title')
    return { is: 'convert', column: key, candidates: null, start: () => titleCase };
  return { is: 'formula', column: key, value: gapIfEmpty(formula(ident(key), action)) };
}

function formula(cell: Sql, action: ActionOf<'trim' | 'collapse-blanks' | 'case' | 'replace'>): Sql {
  switch (action.do) {
    case 'trim':
      return sql`trim(${cell}, ${BLANKS})`;
    case 'collapse-blanks':
      return sql`regexp_replace(${cell}, ${RUN_OF_BLANKS}, ' ', 'g')`;
    case 'case':
      return action.to === 'upper' ? sql`upper(${cell})` : sql`lower(${cell})`;
    case 'replace':
      return action.as === 'text'
        ? sql`replace(${cell}, ${action.find}, ${action.put})`
        : sql`regexp_replace(${cell}, ${action.find}, ${action.put}, 'g')`;
  }
}
