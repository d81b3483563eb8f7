import { ident, join, sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import { applyCleaning } from '../../../../src/ingest/cleaning/apply';
import { cleaningColumns } from '../../../../src/ingest/cleaning/columns';
import type { CleaningReport } from '../../../../src/ingest/cleaning/report';
import type { CleaningStep, StepAction } from '../../../../src/ingest/cleaning/step';

export type Table = readonly (readonly (string | null)[])[];

/** Makes source_<file> of a table written out in a test; row 1 of the file is its header. */
export async function stageTable(db: Db, file: number, headers: readonly string[], rows: Table): Promise<void> {
  const table = ident(`source_${file}`);
  const columns = headers.map((_, i) => sql`${ident(`c${i}`)} VARCHAR`);
  await db.exec(sql`CREATE OR REPLACE TABLE ${table} (source_row INTEGER, ${join(columns)})`);
  for (const [index, row] of rows.entries()) {
    const cells = row.map((cell) => sql`${cell}`);
    await db.exec(sql`INSERT INTO ${table} SELECT ${index + 2}, ${join(cells)}`);
  }
}

/** The rows of a staged or cleaned table with their source_row first. */
export async function tableRows(db: Db, table: string, width: number): Promise<Table> {
  const columns = await db.query(
    sql`SELECT column_name AS name FROM duckdb_columns() WHERE table_name = ${table} ORDER BY column_index`,
    { name: 'text' },
  );
  if (columns.length !== width + 1) throw new RangeError(`invalid width: ${columns.length - 1} (needs ${width})`);
  const cells = columns.map(({ name }, i) => sql`CAST(${ident(name)} AS VARCHAR) AS ${ident(`v${i}`)}`);
  const shape = Object.fromEntries(columns.map((_, i) => [`v${i}`, 'text?' as const]));
  const rows = await db.query(sql`SELECT ${join(cells)} FROM ${ident(table)} ORDER BY source_row`, shape);
  return rows.map((row) => columns.map((_, i) => row[`v${i}`] ?? null));
}

export function steps(...actions: readonly StepAction[]): readonly CleaningStep[] {
  return actions.map((action, i) => ({ id: `s${i}`, on: true, action }));
}

export interface Cleaned {
  readonly report: CleaningReport;
  /** Names of the columns that came out. */
  readonly names: readonly string[];
  /** Cells, without source_row. */
  readonly rows: Table;
  /** The source_row of each row, less 2: its place in the table that went in. */
  readonly places: readonly number[];
}

/** Stages a table, applies the steps and reads what came out. */
export async function clean(
  db: Db,
  headers: readonly string[],
  rows: Table,
  actions: readonly StepAction[],
): Promise<Cleaned> {
  await stageTable(db, 1, headers, rows);
  const report = await applyCleaning(db, 1, cleaningColumns(headers), steps(...actions));
  const cleaned = await tableRows(db, 'cleaned_1', report.columns.length);
  return {
    report,
    names: report.columns.map(({ name }) => name),
    rows: cleaned.map((row) => row.slice(1)),
    places: cleaned.map((row) => Number(row[0]) - 2),
  };
}
