import { ident, join, sql, type Sql } from '../../core/sql';
import type { CleaningColumn } from './columns';

/** Rows of the table: the source_rows of a table of the engine. */
export interface RowSet {
  readonly table: string;
  readonly count: number;
}

/** Where a column's cells lie, and for which rows. */
export interface Home {
  readonly table: string;
  readonly rows: RowSet;
}

/**
 * The table between two steps, without being one: which rows are left, and for each column the table
 * that holds its cells. A step makes only what it changes anew; the rest stays where it is.
 */
export interface TableState {
  readonly rows: RowSet;
  readonly columns: readonly CleaningColumn[];
  readonly homes: ReadonlyMap<string, Home>;
  readonly keysUsed: number;
}

export function sourceState(table: string, count: number, columns: readonly CleaningColumn[]): TableState {
  const rows = { table, count };
  return {
    rows,
    columns,
    homes: new Map(columns.map(({ key }) => [key, { table, rows }])),
    keysUsed: columns.length,
  };
}

/** A SELECT of source_row and the columns of these keys, one row for each row of the state, in no order. */
export function selectColumns(state: TableState, keys: readonly string[]): Sql {
  const tables = [...new Set(keys.map((key) => homeOf(state, key).table))];
  // A home of exactly these rows is as good as the row set, and one join less.
  const base =
    tables.find((table) =>
      [...state.homes.values()].some((home) => home.table === table && home.rows === state.rows),
    ) ?? state.rows.table;
  const cells = keys.map((key) => sql`, ${ident(homeOf(state, key).table)}.${ident(key)}`);
  const joins = tables
    .filter((table) => table !== base)
    .map((table) => sql` JOIN ${ident(table)} ON ${ident(table)}.source_row = ${ident(base)}.source_row`);
  return sql`SELECT ${ident(base)}.source_row${join(cells, sql``)} FROM ${ident(base)}${join(joins, sql``)}`;
}

/** The query, with `input` in it standing for the state's rows and these columns. */
export function overInput(state: TableState, keys: readonly string[], query: Sql): Sql {
  return sql`WITH input AS (${selectColumns(state, keys)}) SELECT * FROM (${query})`;
}

export function tablesOf(state: TableState): ReadonlySet<string> {
  return new Set([state.rows.table, ...[...state.homes.values()].map(({ table }) => table)]);
}

function homeOf(state: TableState, key: string): Home {
  const home = state.homes.get(key);
  if (home === undefined) throw new RangeError(`invalid column: ${key} has no home`);
  return home;
}
