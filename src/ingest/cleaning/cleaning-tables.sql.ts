import { ident, join, sql, type Sql } from '../../core/sql';
import type { CleaningColumn } from './columns';

/** The table that cleaning makes of the staged one of the file of that number. */
export const cleanedTable = (file: number): string => `cleaned_${file}`;

/** A table between the steps of a run. */
export const betweenTable = (file: number, run: number, number: number): string => `cleaning_${file}_${run}_${number}`;

/** The highest number of a run over the file that has tables; 0 for none. */
export function lastRun(file: number): Sql {
  const prefix = `cleaning_${file}_`;
  return sql`SELECT coalesce(max(CAST(split_part(substr(table_name, ${prefix.length + 1}), '_', 1) AS INTEGER)), 0) AS n
    FROM duckdb_tables() WHERE starts_with(table_name, ${prefix})`;
}

/** The columns under the names that the person sees. */
export function named(columns: readonly CleaningColumn[]): Sql {
  return join(columns.map(({ key, name }) => sql`${ident(key)} AS ${ident(name)}`));
}

/**
 * The cleaned table as a SELECT for Db.exportCsv: the columns under their names in the file's order, so
 * that the text takes the ordinary import.
 *
 * @param columns as the report of the run gave them
 */
export function cleanedRows(file: number, columns: readonly CleaningColumn[]): Sql {
  return sql`SELECT ${named(columns)} FROM ${ident(cleanedTable(file))} ORDER BY source_row`;
}
