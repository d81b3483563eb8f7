import { throwIfAborted } from '../../core/errors';
import { ident, integerConstant, sql } from '../../core/sql';
import { countRows } from '../../db/client';
import type { Db } from '../../db/db';
import { findPersonalData, type PersonalColumn } from './personal-columns';

/** A table in the engine whose columns are looked through: a staged file, or a canonical table. */
export interface PersonalSource {
  readonly table: string;
  /** The name of the file, as the reader knows it. */
  readonly file: string;
  /** `role` is what the column was said to be, where somebody did. */
  readonly columns: readonly { readonly column: string; readonly name: string; readonly role?: string | null }[];
}

/** A column with personal data, and where it stands. */
export interface FoundColumn extends PersonalColumn {
  readonly file: string;
  readonly table: string;
  readonly column: string;
}

export interface ScanResult {
  readonly found: readonly FoundColumn[];
  readonly columnsScanned: number;
}

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((columns: number, ofColumns: number) => void) | undefined;
}

/** Cells looked at in a column, spread over all its rows. */
const SAMPLED_CELLS = 4_000;

/** Looks through every column of the tables for personal data. Cost: one query and a sample a column. Throws `cancelled`. */
export async function scanForPersonalData(
  db: Db,
  sources: readonly PersonalSource[],
  { signal, onProgress }: ScanOptions = {},
): Promise<ScanResult> {
  const found: FoundColumn[] = [];
  const ofColumns = sources.reduce((sum, { columns }) => sum + columns.length, 0);
  let scanned = 0;
  for (const { table, file, columns } of sources) {
    const step = Math.max(1, Math.ceil((await countRows(db, table, { signal })) / SAMPLED_CELLS));
    for (const { column, name, role = null } of columns) {
      throwIfAborted(signal);
      const cells = await db.columns(
        sql`SELECT CAST(${ident(column)} AS VARCHAR) AS value FROM ${ident(table)}
WHERE ${ident(column)} IS NOT NULL AND rowid % ${integerConstant(step)} = 0 ORDER BY rowid`,
        { value: 'text' },
        { signal },
      );
      const personal = findPersonalData({ name, role, values: cells.value });
      if (personal.kinds.length > 0) found.push({ ...personal, file, table, column });
      onProgress?.(++scanned, ofColumns);
    }
  }
  return { found, columnsScanned: scanned };
}
