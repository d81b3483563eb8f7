import { isAppError, throwIfAborted } from '../../core/errors';
import { EMPTY, ident, join, sql } from '../../core/sql';
import type { Db } from '../../db/db';
import {
  columnName,
  raggedTable,
  sourceTable,
  type StagedTable,
  type StagingCounts,
  type StagingOptions,
  type StagingStep,
} from './staging-contract';

const SUFFIX = '_incoming';

/**
 * Fills new tables from the steps and puts them in the place of the former ones at the end. The next
 * step is made while a batch is being inserted. When it fails or is cancelled the former tables stay.
 */
export async function loadCells(
  db: Db,
  pull: () => Promise<StagingStep | null>,
  fileNumber: number,
  { signal }: StagingOptions = {},
): Promise<StagedTable> {
  const names = { source: sourceTable(fileNumber), ragged: raggedTable(fileNumber) };
  try {
    let columns: readonly string[] = [];
    let counts: StagingCounts | null = null;
    let ahead = pull();
    for (;;) {
      const step = await ahead;
      if (step === null) break;
      ahead = pull();
      // A step that fails while a batch before it is inserted is reported when its turn comes.
      ahead.catch(() => undefined);
      if (step.kind === 'batch') await db.append(names[step.table] + SUFFIX, step.ipc, { signal });
      else if (step.kind === 'counts') counts = step.counts;
      else {
        columns = step.columns;
        await createTables(db, names, columns.length);
      }
    }
    throwIfAborted(signal);
    if (counts === null) throw new RangeError('invalid reading: it ended without its counts');
    await swap(db, Object.values(names));
    return { table: names.source, ragged: names.ragged, columns, ...counts };
  } catch (error) {
    // A dead engine took its tables along; asking it to drop them would only start a new one.
    if (!isAppError(error) || error.code !== 'engine-lost') await dropTables(db, Object.values(names), SUFFIX);
    throw error;
  }
}

/** Drops the staged tables of a file that has left the room. */
export async function dropStaged(db: Db, fileNumber: number): Promise<void> {
  await dropTables(db, [sourceTable(fileNumber), raggedTable(fileNumber)], '');
}

async function createTables(db: Db, names: { source: string; ragged: string }, columnCount: number): Promise<void> {
  const columns = Array.from({ length: columnCount }, (_, index) => sql`, ${ident(columnName(index))} VARCHAR`);
  await db.exec(
    sql`CREATE OR REPLACE TABLE ${ident(names.source + SUFFIX)} (source_row INTEGER${join(columns, EMPTY)})`,
  );
  await db.exec(sql`CREATE OR REPLACE TABLE ${ident(names.ragged + SUFFIX)} (source_row INTEGER, cells INTEGER)`);
}

/** One text, so that no other call comes between its statements. Not interrupted: it only renames. */
async function swap(db: Db, tables: readonly string[]): Promise<void> {
  const renames = tables.map(
    (table) =>
      sql`DROP TABLE IF EXISTS ${ident(table)}; ALTER TABLE ${ident(table + SUFFIX)} RENAME TO ${ident(table)}; `,
  );
  try {
    await db.exec(sql`BEGIN; ${join(renames, EMPTY)}COMMIT`);
  } catch (error) {
    await db.exec(sql`ROLLBACK`).catch(() => undefined);
    throw error;
  }
}

async function dropTables(db: Db, tables: readonly string[], suffix: string): Promise<void> {
  for (const table of tables) {
    // The first error is the one that is reported.
    await db.exec(sql`DROP TABLE IF EXISTS ${ident(table + suffix)}`).catch(() => undefined);
  }
}
