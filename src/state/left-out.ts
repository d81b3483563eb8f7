import { mask } from '../core/masking';
import { join, sql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import { pagedCsv } from '../exports/paged-csv';
import type { CellMask, SeenColumn } from '../ingest/privacy/cell-mask';
import { maskRecord } from '../ingest/privacy/masked-record';
import type { FileCard } from './dataset-plan';

const SHAPE = {
  source_file: 'integer',
  line: 'integer',
  reason: 'text',
  column_name: 'text?',
  value: 'text?',
  raw: 'text?',
} as const;

/** A file whose rows were left out, and what may be seen of its cells. */
export interface LeftOutFile {
  /** Its place in the dataset. */
  readonly number: number;
  readonly name: string;
  readonly delimiter: string;
  /** In the order of the file; empty where it is not known which cell is of which column. */
  readonly columns: readonly { readonly name: string; readonly mask: CellMask }[];
}

/** The file as the rows left out of it are seen; `isCleaned` where they are of other text than the file's own. */
export function leftOutFile(file: FileCard, isCleaned: boolean, maskOf: (column: SeenColumn) => CellMask): LeftOutFile {
  const columns = isCleaned ? [] : file.columns.map((column) => ({ name: column.name, mask: maskOf(column) }));
  return { number: file.number, name: file.name, delimiter: file.plan.mapping.dialect.delimiter, columns };
}

/** Which of the rows: those of some files, for one reason or all. */
export interface LeftOutChoice {
  readonly files: readonly LeftOutFile[];
  readonly reason: string | null;
}

/** A row of a file that is not in the tables. */
export interface LeftOutRow {
  /** The file's name. */
  readonly file: string;
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

/** The rows left out that were kept; the report may count more. */
export async function countLeftOut(db: Db, choice: LeftOutChoice, options: CallOptions = {}): Promise<number> {
  const rows = await db.query(
    sql`SELECT count(*) AS n FROM left_out_rows WHERE ${chosen(choice)}`,
    { n: 'integer' },
    options,
  );
  return rows[0]?.n ?? 0;
}

/** Rows [offset, offset + limit) in the order of the files, what is of a person masked. */
export async function readLeftOut(
  db: Db,
  choice: LeftOutChoice,
  offset: number,
  limit: number,
  options: CallOptions = {},
): Promise<readonly LeftOutRow[]> {
  const rows = await readWritten(db, choice, offset, limit, options);
  return rows.map((row) => maskedRow(row, choice.files));
}

/** Headings of the downloaded list, in its order. */
export interface LeftOutHeadings {
  readonly file: string;
  readonly line: string;
  readonly reason: string;
  readonly column: string;
  readonly value: string;
  readonly raw: string;
}

/** The left-out rows as CSV. `reasonText` names a reason in the reader's language; `inFull` leaves the cells as written. */
export async function leftOutCsv(
  db: Db,
  choice: LeftOutChoice,
  headings: LeftOutHeadings,
  reasonText: (reason: string) => string,
  inFull: boolean,
): Promise<Blob> {
  const read = inFull ? readWritten : readLeftOut;
  return pagedCsv(
    [
      { heading: headings.file, kind: 'text' },
      { heading: headings.line, kind: 'integer' },
      { heading: headings.reason, kind: 'text' },
      { heading: headings.column, kind: 'text' },
      { heading: headings.value, kind: 'text' },
      { heading: headings.raw, kind: 'text' },
    ],
    async (offset, limit) => {
      const rows = await read(db, choice, offset, limit, {});
      return {
        rowCount: rows.length,
        columns: [
          rows.map((row) => row.file),
          Float64Array.from(rows, (row) => row.line),
          rows.map((row) => reasonText(row.reason)),
          rows.map((row) => row.column),
          rows.map((row) => row.value),
          rows.map((row) => row.raw),
        ],
      };
    },
  );
}

/** A cell of no known column is masked whatever it holds. */
function maskedRow(row: WrittenRow, files: readonly LeftOutFile[]): LeftOutRow {
  const file = files.find(({ number }) => number === row.sourceFile);
  const columns = file?.columns ?? [];
  const ofCell = columns.find(({ name }) => name === row.column)?.mask ?? mask;
  const masks = columns.map((column) => column.mask);
  return { ...row, value: ofCell(row.value), raw: maskRecord(row.raw, file?.delimiter ?? ',', masks) };
}

interface WrittenRow extends LeftOutRow {
  readonly sourceFile: number;
}

async function readWritten(
  db: Db,
  choice: LeftOutChoice,
  offset: number,
  limit: number,
  options: CallOptions,
): Promise<readonly WrittenRow[]> {
  const rows = await db.query(
    sql`SELECT source_file, line, reason, column_name, value, raw FROM left_out_rows WHERE ${chosen(choice)}
ORDER BY source_file, line, reason, raw LIMIT ${limit} OFFSET ${offset}`,
    SHAPE,
    options,
  );
  return rows.map((row) => ({
    sourceFile: row.source_file,
    file: choice.files.find(({ number }) => number === row.source_file)?.name ?? '',
    line: row.line,
    reason: row.reason,
    column: row.column_name ?? '',
    value: row.value ?? '',
    raw: row.raw ?? '',
  }));
}

function chosen({ files, reason }: LeftOutChoice): Sql {
  const ofFiles = sql`source_file IN (${join([sql`-1`, ...files.map(({ number }) => sql`${number}`)])})`;
  return reason === null ? ofFiles : sql`${ofFiles} AND reason = ${reason}`;
}
