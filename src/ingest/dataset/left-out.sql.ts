import { join, sql, type Sql } from '../../core/sql';

/**
 * The rows of every file that are in no table, with the file's name, line and reason, for a download. The
 * cells as they stood, with a guard before what a spreadsheet might run.
 */
export function leftOutOfFiles(names: readonly string[]): Sql {
  const files = join(names.map((name, file) => sql`(CAST(${file} AS INTEGER), ${name})`));
  return sql`SELECT file_name AS file, line, reason, column_name AS "column", ${guarded(sql`value`)} AS value, ${guarded(sql`raw`)} AS raw
FROM left_out_rows JOIN (VALUES ${files}) files(source_file, file_name) USING (source_file)
ORDER BY source_file, line`;
}

function guarded(text: Sql): Sql {
  return sql`CASE WHEN regexp_matches(${text}, '^[=+@\t\r]|^-[^0-9.]') THEN '''' || ${text} ELSE ${text} END`;
}
