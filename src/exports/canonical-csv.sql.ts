import { ident, join, sql, type Sql } from '../core/sql';
import type { CallOptions, Db } from '../db/db';
import type { CellKind } from './cells';
import type { ExportSource } from './table-pages';

/** A column of a table in the engine with its full type, `DECIMAL(18,2)`. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * The columns of a table as it stands in the engine, in their order; none when there is no such table. A label of few
 * values (ENUM) counts as the text it is.
 */
export async function describeTable(db: Db, table: string, options: CallOptions = {}): Promise<readonly TableColumn[]> {
  return db.query(
    sql`SELECT column_name AS name, CASE WHEN data_type LIKE 'ENUM(%' THEN 'VARCHAR' ELSE data_type END AS type
FROM duckdb_columns()
WHERE table_name = ${table} AND schema_name = 'main' ORDER BY column_index`,
    { name: 'text', type: 'text' },
    options,
  );
}

/** A table as it lies in the engine, headed by its own column names: read back, it is the same table. */
export function wholeTable(table: string, columns: readonly TableColumn[]): ExportSource {
  return { table, columns: columns.map(({ name, type }) => ({ name, heading: name, kind: kindOf(name, type) })) };
}

function kindOf(name: string, type: string): CellKind {
  if (type.startsWith('DECIMAL')) return 'decimal';
  switch (type) {
    case 'TINYINT':
    case 'UTINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'BIGINT':
      return 'integer';
    case 'DOUBLE':
    case 'FLOAT':
      return 'number';
    case 'TIMESTAMP':
      return 'time';
    case 'DATE':
      return 'day';
    case 'BOOLEAN':
      return 'boolean';
    default:
      return name.endsWith('_id') ? 'id' : 'text';
  }
}

/**
 * The statement that makes a table from a file of ours, in any DuckDB. Types are stated, never
 * guessed: under detection two different ids of 20 digits became the same number. The apostrophe of
 * the formula guard (csv.ts) is taken off again.
 */
export function tableFromCsv(table: string, file: string, columns: readonly TableColumn[]): Sql {
  const selected = columns.map(({ name, type }) =>
    type === 'VARCHAR' ? sql`${unguardSql(ident(name))} AS ${ident(name)}` : ident(name),
  );
  const types = columns.map(({ name, type }) => sql`${name}: ${type}`);
  return sql`CREATE OR REPLACE TABLE ${ident(table)} AS
SELECT ${join(selected)}
FROM read_csv(${file}, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
  allow_quoted_nulls = false, auto_detect = false, parallel = false,
  columns = {${join(types)}})`;
}

/** `unguardFormula` of csv.ts in SQL. */
export function unguardSql(text: Sql): Sql {
  return sql`regexp_replace(${text}, '^''(''*[=+\\-@\\t\\r\\n＝＋－＠])', '\\1')`;
}
