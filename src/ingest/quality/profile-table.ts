import { ident, sql } from '../../core/sql';
import { throwIfAborted } from '../../core/errors';
import type { Db } from '../../db/db';
import type { ColumnQuality, QualityTable } from './column-quality';
import { profileColumn } from './profile-column';
import { dropProfileTables } from './profile.sql';

export interface ProfileProgress {
  readonly columns: number;
  readonly done: number;
}

export interface ProfileOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with each column as it is ready. */
  readonly onColumn?: ((column: ColumnQuality, progress: ProfileProgress) => void) | undefined;
}

/** The profile of every column, in their order. Throws the engine's errors and `cancelled`; leaves no tables. */
export async function profileTable(
  db: Db,
  table: QualityTable,
  { signal, onColumn }: ProfileOptions = {},
): Promise<readonly ColumnQuality[]> {
  const counted = await db.query(sql`SELECT count(*) AS n FROM ${ident(table.table)}`, { n: 'integer' }, { signal });
  const rows = counted[0]?.n ?? 0;
  const profiles: ColumnQuality[] = [];
  try {
    for (const column of table.columns) {
      throwIfAborted(signal);
      const profile = await profileColumn(db, table, column, rows, { signal });
      profiles.push(profile);
      onColumn?.(profile, { columns: table.columns.length, done: profiles.length });
    }
  } finally {
    await db.exec(dropProfileTables()).catch(() => undefined);
  }
  return profiles;
}
