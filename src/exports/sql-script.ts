import { printSql, type Sql } from '../core/sql';
import { tableFromCsv, type TableColumn } from './canonical-csv.sql';

export interface ScriptTable {
  readonly name: string;
  /** The CSV file beside the script, as our own CSV writer made it. */
  readonly file: string;
  readonly columns: readonly TableColumn[];
}

export interface SqlScript {
  /** What the script is, in the reader's language, a line each. */
  readonly about: readonly string[];
  readonly tables: readonly ScriptTable[];
  /** The statements of the analysis; the last one answers. */
  readonly statements: readonly Sql[];
}

/** A text that runs as it stands in any DuckDB (1.1 or later) started in the folder of the files. */
export function sqlScript({ about, tables, statements }: SqlScript): string {
  const comment = about.flatMap((line) => line.split(/[\r\n\u2028\u2029]+/)).map((line) => `-- ${line}`.trimEnd());
  const created = tables.map(({ name, file, columns }) => tableFromCsv(name, file, columns));
  return (
    [comment.join('\n'), ...[...created, ...statements].map((statement) => `${printSql(statement)};`)].join('\n\n') +
    '\n'
  );
}
