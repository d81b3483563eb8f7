import { ident, join, sql } from '../../../../src/core/sql';
import type { Db } from '../../../../src/db/db';
import type { QualityColumn, QualityTable } from '../../../../src/ingest/quality/column-quality';

/** How a column of a test table is described; `role` and `type` are null unless told. */
export type Described = Partial<Omit<QualityColumn, 'index' | 'name'>>;

/** Makes `source_<n>` of the rows by plain SQL, the first at line 2, as staging does. */
export async function tableOf(
  db: Db,
  n: number,
  columns: Readonly<Record<string, Described>>,
  rows: readonly (readonly (string | null)[])[],
): Promise<QualityTable> {
  const names = Object.keys(columns);
  const cells = join(names.map((_, i) => sql`${ident(`c${i}`)} VARCHAR`));
  await db.exec(sql`CREATE OR REPLACE TABLE ${ident(`source_${n}`)} (source_row INTEGER, ${cells})`);
  for (const [i, row] of rows.entries()) {
    await db.exec(sql`INSERT INTO ${ident(`source_${n}`)} VALUES (${i + 2}, ${join(row.map((cell) => sql`${cell}`))})`);
  }
  return {
    table: `source_${n}`,
    ragged: null,
    zoneOffsetMinutes: 480,
    columns: names.map((name, index) => ({
      index,
      name,
      role: null,
      type: null,
      numberFormat: null,
      timeFormat: null,
      ...columns[name],
    })),
  };
}
