import { sql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { ExportColumn } from '../exports/cells';
import { csvHead, csvRows } from '../exports/csv';
import type { LeftOutReason } from '../ingest/file-preview';

const SHAPE = { line: 'integer', reason: 'text', column_name: 'text?', value: 'text?', raw: 'text?' } as const;
const PAGE_ROWS = 10_000;

/** A row of the file that is not in the tables. */
export interface LeftOutRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly reason: string;
  /** The header of the offending cell; '' when the whole row is the trouble. */
  readonly column: string;
  /** The offending cell as written. */
  readonly value: string;
  /** The row as written. */
  readonly raw: string;
}

/** The rows left out for one reason that were kept in full; the report may count more. */
export async function countLeftOut(db: Db, reason: LeftOutReason, options: CallOptions = {}): Promise<number> {
  const rows = await db.query(
    sql`SELECT count(*) AS n FROM left_out WHERE reason = ${reason}`,
    { n: 'integer' },
    options,
  );
  return rows[0]?.n ?? 0;
}

/** Rows [offset, offset + limit) of one reason, in the order of the file. */
export async function readLeftOut(
  db: Db,
  reason: LeftOutReason,
  offset: number,
  limit: number,
  options: CallOptions = {},
): Promise<readonly LeftOutRow[]> {
  return readRows(db, sql`WHERE reason = ${reason}`, offset, limit, options);
}

/** Headings of the downloaded list, in its order. */
export interface LeftOutHeadings {
  readonly line: string;
  readonly reason: string;
  readonly column: string;
  readonly value: string;
  readonly raw: string;
}

/**
 * The left-out rows as CSV: all of them, or those of one reason. `reasonText` names a reason in the
 * reader's language. Reads page by page; the parts together are the file.
 */
export async function leftOutCsv(
  db: Db,
  reason: LeftOutReason | null,
  headings: LeftOutHeadings,
  reasonText: (reason: string) => string,
  options: CallOptions = {},
): Promise<Blob> {
  const columns: readonly ExportColumn[] = [
    { heading: headings.line, kind: 'integer' },
    { heading: headings.reason, kind: 'text' },
    { heading: headings.column, kind: 'text' },
    { heading: headings.value, kind: 'text' },
    { heading: headings.raw, kind: 'text' },
  ];
  const where = reason === null ? sql`` : sql`WHERE reason = ${reason}`;
  const parts = [csvHead(columns)];
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = await readRows(db, where, offset, PAGE_ROWS, options);
    const page = {
      rowCount: rows.length,
      columns: [
        Float64Array.from(rows, (row) => row.line),
        rows.map((row) => reasonText(row.reason)),
        rows.map((row) => row.column),
        rows.map((row) => row.value),
        rows.map((row) => row.raw),
      ],
    };
    parts.push(csvRows(columns, page, 'plain'));
    if (rows.length < PAGE_ROWS) return new Blob(parts, { type: 'text/csv;charset=utf-8' });
  }
}

async function readRows(
  db: Db,
  where: Sql,
  offset: number,
  limit: number,
  options: CallOptions,
): Promise<readonly LeftOutRow[]> {
  const rows = await db.query(
    sql`SELECT line, reason, column_name, value, raw FROM left_out ${where}
ORDER BY line, reason, raw LIMIT ${limit} OFFSET ${offset}`,
    SHAPE,
    options,
  );
  return rows.map((row) => ({
    line: row.line,
    reason: row.reason,
    column: row.column_name ?? '',
    value: row.value ?? '',
    raw: row.raw ?? '',
  }));
}
