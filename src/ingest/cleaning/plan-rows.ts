import { ident, join, sql, type Sql } from '../../core/sql';
import { checkExpression } from './expression/expression';
import { StepMistaken, type PlanScope, type StepPlan } from './plan-scope';
import type { ActionOf } from './step';
import { numberIn } from './values.sql';

/** Steps that keep some rows and drop the others. */
export function planRowsStep(
  action: ActionOf<'keep-rows' | 'distinct-rows' | 'distinct-by'>,
  scope: PlanScope,
): StepPlan {
  switch (action.do) {
    case 'keep-rows': {
      const checked = checkExpression(action.expression, scope.columns);
      if (!checked.ok) throw new StepMistaken({ code: 'expression', mistake: checked.mistake });
      if (checked.condition === null) throw new StepMistaken({ code: 'no-condition' });
      const query = sql`SELECT source_row FROM input WHERE ${checked.condition}`;
      return scope.plan([{ is: 'keep', reads: checked.reads, query }]);
    }
    case 'distinct-rows': {
      const query = sql`SELECT min(source_row) AS source_row FROM input GROUP BY ${join(scope.keys.map(ident))}`;
      return scope.plan([{ is: 'keep', reads: scope.keys, query }]);
    }
    case 'distinct-by':
      return planDistinctBy(action, scope);
  }
}

/** Of the rows with the same key one stays; the row of a key without any text is never a duplicate. */
function planDistinctBy({ columns, choose }: ActionOf<'distinct-by'>, scope: PlanScope): StepPlan {
  const keys = scope.keysOf(columns);
  const list = join(keys.map(ident));
  const isGap = join(
    keys.map((key) => sql`${ident(key)} IS NULL`),
    sql` AND `,
  );
  const [best, more] = bestFirst(choose, scope);
  const query = sql`SELECT source_row FROM input WHERE ${isGap}
    UNION ALL
    SELECT source_row FROM (
      SELECT source_row, row_number() OVER (PARTITION BY ${list} ORDER BY ${best}) AS place
      FROM input WHERE NOT (${isGap})
    ) WHERE place = 1`;
  return scope.plan([{ is: 'keep', reads: [...new Set([...keys, ...more])], query }]);
}

/** The order of preference within a key, and the columns it looks at. Ties go to the first row. */
function bestFirst(
  choose: ActionOf<'distinct-by'>['choose'],
  scope: PlanScope,
): readonly [order: Sql, reads: readonly string[]] {
  switch (choose.keep) {
    case 'first':
      return [sql`source_row`, []];
    case 'last':
      return [sql`source_row DESC`, []];
    case 'fullest': {
      const filled = scope.keys.map((key) => sql`CAST(${ident(key)} IS NOT NULL AS INTEGER)`);
      return [sql`${join(filled, sql` + `)} DESC, source_row`, scope.keys];
    }
    case 'largest':
    case 'smallest': {
      const key = scope.key(choose.of);
      const cell = ident(key);
      // Numbers go by size; dates and other texts as they are written, which for ISO dates is by time.
      const order =
        choose.keep === 'largest'
          ? sql`${numberIn(cell)} DESC NULLS LAST, ${cell} DESC NULLS LAST, source_row`
          : sql`${numberIn(cell)} ASC NULLS LAST, ${cell} ASC NULLS LAST, source_row`;
      return [order, [key]];
    }
  }
}
