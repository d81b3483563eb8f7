import { isAppError, throwIfAborted } from '../core/errors';
import { ident, join, sql, type Sql } from '../core/sql';
import type { Db } from '../db/db';
import { CANONICAL_TABLES, createCanonicalTables, type TableLayout } from '../db/schema';
import type { TableBatch } from './canonical/table-batches';
import type { ImportOptions } from './import-contract';

const SUFFIX = '_incoming';

/** The next batch, or null after the last. */
export type PullBatch = () => Promise<TableBatch | null>;

/**
 * Fills new tables beside the canonical ones, batch by batch, and puts them in their place in one
 * transaction at the end. The next batch is made while one is being inserted, so at most two are in
 * memory. When it fails or is cancelled, the new tables are dropped and the old ones are as before.
 *
 * @param lines rows of order_lines to come, for the progress
 */
export async function loadTables(
  db: Db,
  layout: TableLayout,
  lines: number,
  pull: PullBatch,
  options: ImportOptions = {},
): Promise<void> {
  const { signal } = options;
  try {
    for (const statement of createCanonicalTables(layout, SUFFIX)) await db.exec(statement, { signal });
    let loaded = 0;
    let next = pull();
    for (let batch = await next; batch !== null; batch = await next) {
      next = pull();
      // A batch that fails while the one before it is inserted is reported when its turn comes.
      next.catch(() => undefined);
      await db.append(batch.table + SUFFIX, batch.ipc, { signal });
      if (batch.table === 'order_lines') loaded += batch.rows;
      options.onProgress?.({ phase: 'loading', share: loaded / lines, rows: loaded });
    }
    throwIfAborted(signal);
    await swap(db);
  } catch (error) {
    // A dead engine took its tables along; asking it to drop them would only start a new one.
    if (!isAppError(error) || error.code !== 'engine-lost') await dropIncoming(db);
    throw error;
  }
}

/** One text, so that no other call comes between its statements. Not interrupted: it only renames. */
async function swap(db: Db): Promise<void> {
  const renames = CANONICAL_TABLES.map(
    (table) =>
      sql`DROP TABLE IF EXISTS ${ident(table)}; ALTER TABLE ${ident(table + SUFFIX)} RENAME TO ${ident(table)}; `,
  );
  try {
    // Purchases of the former tables would name customers that are no longer there.
    await db.exec(sql`BEGIN; DROP TABLE IF EXISTS purchases; ${join(renames, sql``)}COMMIT`);
  } catch (error) {
    await db.exec(sql`ROLLBACK`).catch(ignore);
    throw error;
  }
}

async function dropIncoming(db: Db): Promise<void> {
  const drops: readonly Sql[] = CANONICAL_TABLES.map((table) => sql`DROP TABLE IF EXISTS ${ident(table + SUFFIX)}`);
  for (const drop of drops) await db.exec(drop).catch(ignore);
}

function ignore(): void {
  // The first error is the one that is reported.
}
