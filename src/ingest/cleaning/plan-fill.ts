import { ident, join, sql, type Sql } from '../../core/sql';
import type { PlanScope, StepPlan } from './plan-scope';
import type { ActionOf } from './step';
import { numberIn, numberText } from './values.sql';

/** Fills the gaps of a column; what is filled already stays. A group that has nothing to give stays as it is. */
export function planFill(action: ActionOf<'fill-gaps'>, scope: PlanScope): StepPlan {
  const key = scope.key(action.column);
  const cell = ident(key);
  const { fill } = action;
  const write = (by: readonly string[], query: Sql): StepPlan =>
    scope.plan([{ is: 'write', reads: [...new Set([key, ...by])], writes: [key], query }]);
  switch (fill.with) {
    case 'nothing':
      return scope.plan([]);
    case 'drop-row':
      return scope.plan([
        { is: 'keep', reads: [key], query: sql`SELECT source_row FROM input WHERE ${cell} IS NOT NULL` },
      ]);
    case 'value':
      return write([], sql`SELECT source_row, coalesce(${cell}, ${fill.value}) AS ${cell} FROM input`);
    case 'median': {
      const by = scope.keysOf(fill.by);
      const filler = numberText(sql`median(${numberIn(cell)})`);
      return write(by, fromGroups(cell, by, sql`SELECT ${keyList(by)} ${filler} AS filler FROM input ${grouped(by)}`));
    }
    case 'mode': {
      const by = scope.keysOf(fill.by);
      return write(by, fromGroups(cell, by, mostFrequent(cell, by)));
    }
    case 'previous': {
      const by = scope.keysOf(fill.by);
      const order = fill.order === null ? [] : [scope.key(fill.order)];
      return write([...by, ...order], previous(cell, by, order));
    }
  }
}

const keyList = (keys: readonly string[]): Sql =>
  sql`${join(
    keys.map((key) => sql`${ident(key)}, `),
    sql``,
  )}`;
const grouped = (keys: readonly string[]): Sql => (keys.length === 0 ? sql`` : sql`GROUP BY ${join(keys.map(ident))}`);

/** `groups` gives each group's keys and its `filler`; a gap in a key is a group of its own. */
function fromGroups(cell: Sql, by: readonly string[], groups: Sql): Sql {
  const same = by.map((key) => sql`input.${ident(key)} IS NOT DISTINCT FROM groups.${ident(key)}`);
  return sql`WITH groups AS (${groups})
    SELECT source_row, coalesce(input.${cell}, filler) AS ${cell}
    FROM input LEFT JOIN groups ON ${same.length === 0 ? sql`TRUE` : join(same, sql` AND `)}`;
}

/** The value that stands most often in the group; of several the first in byte order. */
function mostFrequent(cell: Sql, by: readonly string[]): Sql {
  const partition = by.length === 0 ? sql`` : sql`PARTITION BY ${join(by.map(ident))}`;
  return sql`SELECT ${keyList(by)} filler FROM (
      SELECT ${keyList(by)} ${cell} AS filler, row_number() OVER (${partition} ORDER BY count(*) DESC, ${cell}) AS place
      FROM input WHERE ${cell} IS NOT NULL GROUP BY ${keyList(by)} ${cell}
    ) WHERE place = 1`;
}

function previous(cell: Sql, by: readonly string[], order: readonly string[]): Sql {
  const partition = by.length === 0 ? sql`` : sql`PARTITION BY ${join(by.map(ident))}`;
  const sorting = order.map((key) => sql`${numberIn(ident(key))} NULLS LAST, ${ident(key)} NULLS LAST, `);
  return sql`SELECT source_row, coalesce(${cell}, last_value(${cell} IGNORE NULLS) OVER (
      ${partition} ORDER BY ${join(sorting, sql``)} source_row ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )) AS ${cell} FROM input`;
}
