import { AppError, throwIfAborted } from '../core/errors';
import { ident, integerConstant, join, sql, type Sql } from '../core/sql';
import type { Db } from '../db/db';
import type { Shape, ShapeColumn } from '../db/shape';
import type { CellColumn, CellKind, ExportColumn, ExportPage } from './cells';

/** A column of a file and the column of the table it is read from. */
export interface SourceColumn extends ExportColumn {
  readonly name: string;
}

/**
 * The rows of a file. `rows` is a statement in the order of the file, answered once and kept aside
 * while it is written; `table` is a table of the engine, written in the order it lies in.
 */
export type ExportSource =
  | { readonly columns: readonly SourceColumn[]; readonly rows: Sql }
  | { readonly columns: readonly SourceColumn[]; readonly table: string };

/** A file whose rows are answered by a statement. */
export type RowsSource = Extract<ExportSource, { readonly rows: Sql }>;

/** Rows asked for at a time: few enough that turning them into values never stalls the page. */
export const PAGE_ROWS = 2_000;

/** How each kind leaves the engine: exact decimals as text, times as one type. */
const TRANSPORT: Record<CellKind, { readonly cast: Sql; readonly shape: ShapeColumn }> = {
  id: { cast: sql`VARCHAR`, shape: 'text?' },
  text: { cast: sql`VARCHAR`, shape: 'text?' },
  decimal: { cast: sql`VARCHAR`, shape: 'text?' },
  integer: { cast: sql`BIGINT`, shape: 'integer?' },
  number: { cast: sql`DOUBLE`, shape: 'double?' },
  time: { cast: sql`TIMESTAMP`, shape: 'time?' },
  day: { cast: sql`TIMESTAMP`, shape: 'time?' },
  boolean: { cast: sql`BOOLEAN`, shape: 'boolean?' },
};

export interface PageCall {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of all rows before the first page. */
  readonly onTotal?: ((rows: number) => void) | undefined;
  readonly pageRows?: number;
}

/**
 * A table of the engine in pages, in the order it lies in. Reads ranges of row numbers, so a page
 * costs the same at the end of a table as at its beginning. Throws `nothing-to-export` when empty.
 */
export async function* tablePages(
  db: Db,
  table: string,
  columns: readonly SourceColumn[],
  call: PageCall = {},
): AsyncGenerator<ExportPage, void> {
  const pageRows = call.pageRows ?? PAGE_ROWS;
  const from = ident(table);
  const totals = await db.query(
    sql`SELECT count(*) AS total, coalesce(max(rowid) + 1, 0) AS row_end FROM ${from}`,
    { total: 'integer', row_end: 'integer' },
    { signal: call.signal },
  );
  const { total, row_end: rowEnd } = totals[0] ?? { total: 0, row_end: 0 };
  if (total === 0) throw new AppError('nothing-to-export');
  call.onTotal?.(total);
  // Inside, columns go by their position: the names in a file may differ only in case.
  const selected = join(
    columns.map(({ name, kind }, i) => sql`CAST(${ident(name)} AS ${TRANSPORT[kind].cast}) AS ${ident(`c${i}`)}`),
  );
  const shape: Shape = Object.fromEntries(columns.map(({ kind }, i) => [`c${i}`, TRANSPORT[kind].shape]));
  for (let start = 0; start < rowEnd; start += pageRows) {
    throwIfAborted(call.signal);
    const result = await db.columns(
      sql`SELECT ${selected} FROM ${from} WHERE rowid >= ${integerConstant(start)} AND rowid < ${integerConstant(start + pageRows)} ORDER BY rowid`,
      shape,
      { signal: call.signal },
    );
    const cells = columns.map((_, i) => result[`c${i}`] as CellColumn);
    const rowCount = cells[0]?.length ?? 0;
    if (rowCount > 0) yield { rowCount, columns: cells };
  }
}
