import { decimalConstant, ident, sql, type Sql } from '../../core/sql';
import { StepMistaken, type PlanScope, type StepPlan } from './plan-scope';
import type { ActionOf } from './step';
import { numberConstant, numberIn, numberText } from './values.sql';

/**
 * Numbers outside the bounds; a number on a bound is inside. Cells that are no plain number are neither.
 * Quantiles interpolate between the two nearest values (the usual type 7).
 */
export function planOutliers(action: ActionOf<'outliers'>, scope: PlanScope): StepPlan {
  const key = scope.key(action.column);
  const cell = ident(key);
  const source = sql`WITH numbers AS (SELECT source_row, ${cell}, ${numberIn(cell)} AS number FROM input),
    bounds AS (${boundsOf(action)})`;
  const outside = sql`(number < low OR number > high)`;
  switch (action.then) {
    case 'clip': {
      const value = sql`CASE WHEN number < low THEN ${numberText(sql`low`)} WHEN number > high THEN ${numberText(sql`high`)} ELSE ${cell} END`;
      return write(scope, key, sql`${source} SELECT source_row, ${value} AS ${cell} FROM numbers CROSS JOIN bounds`);
    }
    case 'empty': {
      const value = sql`CASE WHEN coalesce(${outside}, FALSE) THEN NULL ELSE ${cell} END`;
      return write(scope, key, sql`${source} SELECT source_row, ${value} AS ${cell} FROM numbers CROSS JOIN bounds`);
    }
    case 'flag': {
      const flag = scope.add(action.flag);
      const value = sql`CASE WHEN number IS NOT NULL THEN CAST(coalesce(${outside}, FALSE) AS VARCHAR) END`;
      const query = sql`${source} SELECT source_row, ${value} AS ${ident(flag.key)} FROM numbers CROSS JOIN bounds`;
      const columns = scope.columns.flatMap((column) => (column.key === key ? [column, flag] : [column]));
      return scope.plan([{ is: 'write', reads: [key], writes: [flag.key], query }], columns);
    }
    case 'drop-row': {
      const query = sql`${source} SELECT source_row FROM numbers CROSS JOIN bounds WHERE NOT coalesce(${outside}, FALSE)`;
      return scope.plan([{ is: 'keep', reads: [key], query }]);
    }
  }
}

function write(scope: PlanScope, key: string, query: Sql): StepPlan {
  return scope.plan([{ is: 'write', reads: [key], writes: [key], query }]);
}

/** One row of `low` and `high`, either NULL where there is no bound. */
function boundsOf({ bounds }: ActionOf<'outliers'>): Sql {
  switch (bounds.by) {
    case 'value': {
      const { low, high } = bounds;
      if (low === null && high === null) throw new StepMistaken({ code: 'no-bounds' });
      if (low !== null && high !== null && Number(low) > Number(high))
        throw new StepMistaken({ code: 'bounds-crossed' });
      return sql`SELECT ${boundOrNone(low)} AS low, ${boundOrNone(high)} AS high`;
    }
    case 'quantile':
      if (bounds.low > bounds.high) throw new StepMistaken({ code: 'bounds-crossed' });
      return sql`SELECT ${quantile(bounds.low)} AS low, ${quantile(bounds.high)} AS high FROM numbers`;
    case 'iqr': {
      const factor = numberConstant(bounds.factor.toFixed(9));
      return sql`SELECT CAST(first - ${factor} * (third - first) AS DECIMAL(38,9)) AS low,
          CAST(third + ${factor} * (third - first) AS DECIMAL(38,9)) AS high
        FROM (SELECT ${quantile(0.25)} AS first, ${quantile(0.75)} AS third FROM numbers)`;
    }
  }
}

const boundOrNone = (bound: string | null): Sql =>
  bound === null ? sql`CAST(NULL AS DECIMAL(38,9))` : numberConstant(bound);

/** The engine must know a quantile before it runs, so it stands in the text. */
function quantile(share: number): Sql {
  return sql`quantile_cont(number, ${decimalConstant(share.toFixed(9))})`;
}
