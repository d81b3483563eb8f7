import { ident, join, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db } from '../../db/db';
import type { ShapeColumn } from '../../db/shape';
import type { CleaningColumn } from './columns';
import type { Cell } from './plan-scope';
import type { TouchedRow } from './report';
import { selectColumns, type TableState } from './table-state';

/** Which rows of a page: from the first one on, in the file's order. */
export interface PageOf {
  readonly first: number;
  readonly count: number;
}

/** The rows with their cells before and after, for the source_rows of a query, in the file's order. */
export async function readTouched(
  db: Db,
  before: TableState,
  after: TableState,
  chosen: Sql,
  page: PageOf,
  options: CallOptions = {},
): Promise<readonly TouchedRow[]> {
  const { source_row } = await db.columns(
    sql`SELECT source_row FROM (${chosen}) ORDER BY source_row LIMIT ${page.count} OFFSET ${page.first}`,
    { source_row: 'integer' },
    options,
  );
  const rows = [...source_row];
  const was = await readCells(db, before, before.columns, rows, options);
  const is = await readCells(db, after, after.columns, rows, options);
  return rows.map((sourceRow) => ({
    sourceRow,
    dropped: !is.has(sourceRow),
    before: was.get(sourceRow) ?? [],
    after: is.get(sourceRow) ?? [],
  }));
}

/** The cells of some rows of a state, by source_row; a row that is not in it is missing. */
async function readCells(
  db: Db,
  state: TableState,
  columns: readonly CleaningColumn[],
  sourceRows: readonly number[],
  options: CallOptions,
): Promise<ReadonlyMap<number, readonly Cell[]>> {
  if (sourceRows.length === 0) return new Map();
  const keys = columns.map(({ key }) => key);
  const wanted = sql`SELECT CAST(unnest(string_split(${sourceRows.join(',')}, ',')) AS INTEGER) AS source_row`;
  const shape: Record<string, ShapeColumn> = { source_row: 'integer' };
  for (const key of keys) shape[key] = 'text?';
  const cells = join(
    keys.map((key) => sql`, ${ident(key)}`),
    sql``,
  );
  const rows = await db.query(
    sql`SELECT source_row${cells} FROM (${selectColumns(state, keys)}) SEMI JOIN (${wanted}) USING (source_row)`,
    shape,
    options,
  );
  return new Map(rows.map((row) => [Number(row['source_row']), keys.map((key) => textOf(row[key]))]));
}

function textOf(value: unknown): Cell {
  return typeof value === 'string' ? value : null;
}
