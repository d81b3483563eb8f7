import { ident, join, sql, type Sql } from '../../core/sql';
import { throwIfAborted } from '../../core/errors';
import type { CallOptions, Db } from '../../db/db';
import type { CleaningColumn } from './columns';
import { BLANKS, RUN_OF_BLANKS } from './plan-texts';

/** A text of a column and in how many rows it stands. */
export interface ValueCount {
  readonly text: string;
  readonly rows: number;
}

export interface ColumnFacts {
  readonly column: CleaningColumn;
  readonly filled: number;
  readonly distinct: number;
  /** Cells with blanks at an end, and those with an odd or a double one inside. */
  readonly padded: number;
  readonly spaced: number;
  /** The most frequent texts, of equally frequent ones in byte order; at most MOST_VALUES. */
  readonly values: readonly ValueCount[];
}

export interface TableFacts {
  readonly rows: number;
  /** Rows that are equal to an earlier one in every column. */
  readonly duplicates: number;
  readonly columns: readonly ColumnFacts[];
}

export const MOST_VALUES = 2000;

/**
 * Counts what suggestions rest on.
 *
 * @param table a SELECT of source_row and the columns under their keys
 *
 * Cost: one GROUP BY over the whole rows, and two passes a column.
 */
export async function readFacts(
  db: Db,
  table: Sql,
  columns: readonly CleaningColumn[],
  options: CallOptions & { readonly onShare?: (share: number) => void } = {},
): Promise<TableFacts> {
  const all = join(columns.map(({ key }) => ident(key)));
  const [whole] = await db.query(
    sql`SELECT coalesce(CAST(sum(n) AS BIGINT), 0) AS rows, count(*) AS groups FROM (SELECT count(*) AS n FROM (${table}) GROUP BY ${all})`,
    { rows: 'integer', groups: 'integer' },
    options,
  );
  const rows = whole?.rows ?? 0;
  const facts: ColumnFacts[] = [];
  for (const [index, column] of columns.entries()) {
    throwIfAborted(options.signal);
    options.onShare?.(index / columns.length);
    facts.push(await readColumn(db, table, column, options));
  }
  return { rows, duplicates: rows - (whole?.groups ?? 0), columns: facts };
}

async function readColumn(db: Db, table: Sql, column: CleaningColumn, options: CallOptions): Promise<ColumnFacts> {
  const cell = ident(column.key);
  const [counts] = await db.query(
    sql`SELECT count(cell) AS filled, count(DISTINCT cell) AS distinct_texts,
        count(*) FILTER (WHERE trimmed <> cell) AS padded,
        count(*) FILTER (WHERE regexp_replace(trimmed, ${RUN_OF_BLANKS}, ' ', 'g') <> trimmed) AS spaced
      FROM (SELECT ${cell} AS cell, trim(${cell}, ${BLANKS}) AS trimmed FROM (${table}))`,
    { filled: 'integer', distinct_texts: 'integer', padded: 'integer', spaced: 'integer' },
    options,
  );
  const values = await db.query(
    sql`SELECT ${cell} AS text, count(*) AS rows FROM (${table}) WHERE ${cell} IS NOT NULL
      GROUP BY ${cell} ORDER BY rows DESC, text LIMIT ${MOST_VALUES}`,
    { text: 'text', rows: 'integer' },
    options,
  );
  const { filled = 0, distinct_texts: distinct = 0, padded = 0, spaced = 0 } = counts ?? {};
  return { column, filled, distinct, padded, spaced, values };
}
