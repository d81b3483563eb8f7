import { ident, integerConstant, join, sql, type Sql } from '../../core/sql';
import type { CleaningColumn } from './columns';
import type { PageOf } from './read-rows';

/** The staged table of the file of that number, and the one that cleaning makes of it. */
export const sourceTable = (file: number): string => `source_${file}`;
export const cleanedTable = (file: number): string => `cleaned_${file}`;

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

/** A page of the staged table as it is, before any step. */
export function sourceRows(file: number, columns: readonly CleaningColumn[], page: PageOf): Sql {
  const keys = join(columns.map(({ key }) => ident(key)));
  return sql`SELECT source_row, ${keys} FROM ${ident(sourceTable(file))} ORDER BY source_row
    LIMIT ${integerConstant(page.count)} OFFSET ${integerConstant(page.first)}`;
}
