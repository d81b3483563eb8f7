import { sql, type Sql } from '../../core/sql';
import type { CustomerSelection } from '../analysis';
import { inAudience } from '../scope.sql';
import { AXIS_COLUMNS, type GridAxis } from './results.sql';
import type { RfmResult } from './rfm';
import type { Dimension } from './rfm-params';
import { baseQuery, tableNames, withTables } from './rfm.sql';
import { GROUP_COLORS, PROSPECTS, type GroupId } from './segments';

/** What a selection of an RFM result rests on. */
export type Scored = Pick<RfmResult, 'scope' | 'scoring' | 'rules'>;

/** The customers of a group: a row of the table, a bar, a rectangle of the treemap. */
export function selectGroup(result: Scored, group: GroupId, title: string): CustomerSelection {
  return {
    title,
    members: group === PROSPECTS ? prospects(result) : members(result, sql`segment = ${group}`),
    color: GROUP_COLORS[group],
    group,
  };
}

/** The customers of a cell of the grid. */
export function selectCell(result: Scored, axis: GridAxis, r: number, score: number, title: string): CustomerSelection {
  return {
    title,
    members: members(result, sql`r = CAST(${r} AS INTEGER) AND ${AXIS_COLUMNS[axis]} = CAST(${score} AS INTEGER)`),
  };
}

/** The customers who have one score of one dimension. */
export function selectScore(result: Scored, dimension: Dimension, score: number, title: string): CustomerSelection {
  const columns: Readonly<Record<Dimension, Sql>> = { recency: sql`r`, frequency: sql`f`, money: sql`m` };
  return { title, members: members(result, sql`${columns[dimension]} = CAST(${score} AS INTEGER)`) };
}

/** Everyone with a purchase in scope. */
export function selectEveryone(result: Scored, title: string): CustomerSelection {
  return { title, members: members(result, sql`TRUE`) };
}

function members({ scope, scoring, rules }: Scored, condition: Sql): Sql {
  const names = tableNames('');
  return sql`${withTables(scope, scoring, rules, names)}SELECT customer_key FROM ${names.scores} WHERE ${condition}`;
}

function prospects({ scope }: Scored): Sql {
  const { base } = tableNames('');
  return sql`WITH ${base} AS (${baseQuery(scope)})
SELECT customer_key FROM customers
WHERE customer_key NOT IN (SELECT customer_key FROM ${base} WHERE frequency > 0)${inAudience(scope.audience)}`;
}
