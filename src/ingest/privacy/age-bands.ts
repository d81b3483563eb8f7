import { ident, sql } from '../../core/sql';
import type { Day } from '../../core/dates';
import type { CallOptions, Db } from '../../db/db';
import { AGE_BANDS, bandName, joinBands } from './generalise';
import { generaliseSql } from './generalise.sql';

/** The bands of a column of birthdays that have at least k rows each, or none. Cost: one pass over the column. */
export async function readAgeBands(
  db: Db,
  { table, column }: { readonly table: string; readonly column: string },
  asOf: Day,
  k: number,
  options: CallOptions = {},
): Promise<readonly number[]> {
  const band = generaliseSql(sql`CAST(${ident(column)} AS VARCHAR)`, { to: 'age-band', from: AGE_BANDS }, asOf);
  const rows = await db.query(
    sql`SELECT ${band} AS band, count(*) AS people FROM ${ident(table)} GROUP BY band ORDER BY band`,
    { band: 'text?', people: 'integer' },
    options,
  );
  const counts = new Map(rows.map(({ band: name, people }) => [name, people]));
  return joinBands(
    AGE_BANDS,
    AGE_BANDS.map((_, i) => counts.get(bandName(AGE_BANDS, i)) ?? 0),
    k,
  );
}
