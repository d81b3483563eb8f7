import { ident, join, sql, type Sql } from '../../core/sql';
import type { Day } from '../../core/dates';
import type { PersonalKind } from '../../core/personal-kinds';
import { generaliseSql } from './generalise.sql';
import type { Treatment } from './masking-policy';

/** A column of a table in the engine, what the file calls it, and what is done with it. */
export interface TreatedColumn {
  readonly column: string;
  readonly name: string;
  /** Null for a column that holds nothing personal. */
  readonly kind: PersonalKind | null;
  readonly treatment: Treatment;
}

/** What a file of the table is written from. */
export interface ProtectedRows {
  readonly columns: readonly { readonly name: string; readonly heading: string; readonly kind: 'text' }[];
  readonly rows: Sql;
}

/** The table (value, shown) that a masked or pseudonymous column is read through. */
export function shownTableOf(table: string, column: string): string {
  return `shown_${table}_${column}`;
}

/** True for the columns whose values must be in their shownTableOf before the rows are read. */
export function needsShownValues({ kind, treatment }: TreatedColumn): boolean {
  return kind !== null && (treatment.do === 'mask' || treatment.do === 'pseudonym');
}

/** The rows of a table in its order with every personal column treated; dropped columns are not in it. */
export function protectedRows(table: string, columns: readonly TreatedColumn[], asOf: Day): ProtectedRows {
  const kept = columns.filter(({ kind, treatment }) => kind === null || treatment.do !== 'drop');
  const selected = kept.map((column, i) => sql`${shownCell(table, column, asOf)} AS ${ident(`c${i}`)}`);
  const joins = kept.filter(needsShownValues).map(({ column }) => {
    const shown = ident(shownTableOf(table, column));
    return sql` LEFT JOIN ${shown} ON ${shown}.value = file_rows.${ident(column)}`;
  });
  return {
    columns: kept.map(({ name }, i) => ({ name: `c${i}`, heading: name, kind: 'text' })),
    rows: sql`SELECT ${join(selected)} FROM (SELECT *, rowid AS file_place FROM ${ident(table)}) file_rows${join(joins, sql``)} ORDER BY file_place`,
  };
}

function shownCell(table: string, { column, kind, treatment }: TreatedColumn, asOf: Day): Sql {
  const cell = sql`file_rows.${ident(column)}`;
  if (kind === null || treatment.do === 'show') return sql`CAST(${cell} AS VARCHAR)`;
  if (treatment.do === 'generalise') return generaliseSql(sql`CAST(${cell} AS VARCHAR)`, treatment.how, asOf);
  return sql`${ident(shownTableOf(table, column))}.shown`;
}
