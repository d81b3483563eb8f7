import { isAppError, throwIfAborted } from '../core/errors';
import { ident, join, sql, type Sql } from '../core/sql';
import type { Db } from '../db/db';
import {
  CANONICAL_TABLES,
  createFixedTables,
  createOrderLines,
  widenOrderLines,
  clearCancelMarks,
  type TableLayout,
} from '../db/schema';
import type { ImportOptions, ImportResult } from './import-contract';
import type { ReadStep } from './read-step';
import { stepsAhead } from './steps-ahead';

const SUFFIX = '_incoming';

/** The next step of reading, or null after the last. */
export type PullStep = () => Promise<ReadStep | null>;

/**
 * Fills new tables beside the canonical ones, step by step, and puts them in their place in one
 * transaction at the end. The next two steps are made while a batch is being inserted, so at most
 * three batches are in memory. When it fails or is cancelled, the new tables are dropped and the old ones
 * are as before.
 */
export async function loadTables(db: Db, pull: PullStep, options: ImportOptions = {}): Promise<ImportResult> {
  const { signal } = options;
  try {
    for (const statement of createFixedTables(SUFFIX)) await db.exec(statement, { signal });
    const result = await loadSteps(db, pull, SUFFIX, options);
    throwIfAborted(signal);
    await swap(db);
    return result;
  } catch (error) {
    // A dead engine took its tables along; asking it to drop them would only start a new one.
    if (!isAppError(error) || error.code !== 'engine-lost') await dropIncoming(db);
    throw error;
  }
}

/** Fills the tables of one file of orders, whose names end in `suffix`; those of createFixedTables must be there. */
export async function loadSteps(
  db: Db,
  pull: PullStep,
  suffix: string,
  { signal, onProgress }: ImportOptions,
): Promise<ImportResult> {
  let layout: TableLayout | undefined;
  let end: Extract<ReadStep, { kind: 'result' }> | undefined;
  let restRows = 0;
  for await (const step of stepsAhead(pull)) {
    switch (step.kind) {
      case 'layout':
        await db.exec(
          layout === undefined ? createOrderLines(step.layout, suffix) : widenOrderLines(step.layout, suffix),
          { signal },
        );
        layout = step.layout;
        break;
      case 'batch': {
        const { table, ipc, rows } = step.batch;
        await db.append(table + suffix, ipc, { signal });
        if (end === undefined) break;
        restRows += rows;
        onProgress?.({ phase: 'loading', share: restRows / end.restRows, rows: end.result.report.rowsUsed });
        break;
      }
      case 'unmark':
        await db.exec(clearCancelMarks(suffix), { signal });
        break;
      case 'result':
        end = step;
        onProgress?.({ phase: 'loading', share: 0, rows: end.result.report.rowsUsed });
    }
  }
  if (end === undefined) throw new RangeError('invalid reading: it ended without a result');
  return end.result;
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
