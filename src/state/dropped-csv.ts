import { ident, sql } from '../core/sql';
import type { Db } from '../db/db';
import type { CellColumn } from '../exports/cells';
import { csvHead, csvRows } from '../exports/csv';
import { tablePages, type SourceColumn } from '../exports/table-pages';
import type { CleaningColumn } from '../ingest/cleaning/columns';
import type { DroppedRows } from '../ingest/cleaning/run';
import type { CellMask } from '../ingest/privacy/cell-mask';

/** How the cells of a column between the steps are seen; `cells` are some of them, for a column that a step made. */
export type CleaningMask = (column: CleaningColumn, cells: readonly string[]) => CellMask;

const HELD = 'dropped_rows_leaving';

/** The rows that a step dropped as CSV, their row in the file first; without a mask as they were. */
export async function droppedCsv(db: Db, { columns, rows }: DroppedRows, maskOf: CleaningMask | null): Promise<Blob> {
  const written: readonly SourceColumn[] = [
    { name: 'source_row', heading: 'source_row', kind: 'integer' },
    ...columns.map(({ key, name }): SourceColumn => ({ name: key, heading: name, kind: 'text' })),
  ];
  await db.exec(sql`CREATE OR REPLACE TEMP TABLE ${ident(HELD)} AS ${rows}`);
  try {
    const parts = [csvHead(written)];
    for await (const page of tablePages(db, HELD, written)) {
      const [numbers, ...texts] = page.columns as readonly [CellColumn, ...(readonly (string | null)[])[]];
      const seen = columns.map((column, i) => masked(column, texts[i] ?? [], maskOf));
      parts.push(csvRows(written, { rowCount: page.rowCount, columns: [numbers, ...seen] }, 'plain'));
    }
    return new Blob(parts, { type: 'text/csv;charset=utf-8' });
  } finally {
    // A dead engine has dropped it already.
    await db.exec(sql`DROP TABLE IF EXISTS ${ident(HELD)}`).catch(() => undefined);
  }
}

function masked(
  column: CleaningColumn,
  cells: readonly (string | null)[],
  maskOf: CleaningMask | null,
): readonly (string | null)[] {
  if (maskOf === null) return cells;
  const mask = maskOf(
    column,
    cells.filter((cell) => cell !== null),
  );
  return cells.map((cell) => (cell === null ? null : mask(cell)));
}
