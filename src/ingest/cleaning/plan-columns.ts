import { ident, integerConstant, join, sql } from '../../core/sql';
import { isSameName, type CleaningColumn } from './columns';
import { checkExpression } from './expression/expression';
import { StepMistaken, type PlanScope, type StepPlan } from './plan-scope';
import type { ActionOf } from './step';
import { gapIfEmpty } from './values.sql';

/** Steps that add columns or take them away. */
export function planColumnsStep(
  action: ActionOf<'split' | 'join' | 'compute' | 'drop-columns'>,
  scope: PlanScope,
): StepPlan {
  switch (action.do) {
    case 'split':
      return planSplit(action, scope);
    case 'join':
      return planJoin(action, scope);
    case 'compute':
      return planCompute(action, scope);
    case 'drop-columns': {
      const going = scope.keysOf(action.columns);
      return scope.plan(
        [],
        scope.columns.filter(({ key }) => !going.includes(key)),
      );
    }
  }
}

/** The last new column takes what is left with its delimiters, so that nothing of the text is lost. */
function planSplit(action: ActionOf<'split'>, scope: PlanScope): StepPlan {
  const key = scope.key(action.column);
  const going = action.keep ? [] : [key];
  const repeated = action.into.find((name, i) => action.into.findIndex((other) => isSameName(other, name)) !== i);
  if (repeated !== undefined) throw new StepMistaken({ code: 'taken-name', name: repeated });
  const made = action.into.map((name) => scope.add(name, going));
  const parts = sql`string_split(${ident(key)}, ${action.at})`;
  const values = made.map((column, i) => {
    const isLast = i === made.length - 1;
    const position = integerConstant(i + 1);
    const part = isLast
      ? sql`array_to_string(list_slice(${parts}, ${position}, len(${parts})), ${action.at})`
      : sql`list_extract(${parts}, ${position})`;
    return sql`${gapIfEmpty(part)} AS ${ident(column.key)}`;
  });
  const query = sql`SELECT source_row, ${join(values)} FROM input`;
  return scope.plan(
    [{ is: 'write', reads: [key], writes: made.map((column) => column.key), query }],
    placed(scope.columns, key, made, going),
  );
}

/** Gaps are passed over, with their delimiter. */
function planJoin(action: ActionOf<'join'>, scope: PlanScope): StepPlan {
  const keys = action.columns.map((name) => scope.key(name));
  const going = action.keep ? [] : keys;
  const made = scope.add(action.into, going);
  const joined = gapIfEmpty(sql`concat_ws(${action.between}, ${join(keys.map(ident))})`);
  const query = sql`SELECT source_row, ${joined} AS ${ident(made.key)} FROM input`;
  const last = scope.columns.findLast(({ key }) => keys.includes(key))?.key ?? '';
  return scope.plan(
    [{ is: 'write', reads: [...new Set(keys)], writes: [made.key], query }],
    placed(scope.columns, last, [made], going),
  );
}

/** Writes over the column of that name if there is one, or adds it behind the others. */
function planCompute(action: ActionOf<'compute'>, scope: PlanScope): StepPlan {
  const checked = checkExpression(action.expression, scope.columns);
  if (!checked.ok) throw new StepMistaken({ code: 'expression', mistake: checked.mistake });
  const known = scope.columns.find(({ name }) => isSameName(name, action.into));
  const column = known ?? scope.add(action.into);
  const query = sql`SELECT source_row, ${checked.sql} AS ${ident(column.key)} FROM input`;
  return scope.plan(
    [{ is: 'write', reads: checked.reads, writes: [column.key], query }],
    known === undefined ? [...scope.columns, column] : scope.columns,
  );
}

/** The columns with new ones behind the one of `key`, less those that go. */
function placed(
  columns: readonly CleaningColumn[],
  key: string,
  made: readonly CleaningColumn[],
  going: readonly string[],
): readonly CleaningColumn[] {
  return columns
    .flatMap((column) => (column.key === key ? [column, ...made] : [column]))
    .filter((column) => !going.includes(column.key));
}
