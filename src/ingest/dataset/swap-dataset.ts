import { ident, join, sql, type Sql } from '../../core/sql';
import type { Db } from '../../db/db';
import { KIND_TABLES, ROOM_TABLES } from '../../db/kind-tables';
import { CANONICAL_TABLES } from '../../db/schema';
import { dropSaleLines } from '../sale-tables/sale-lines.sql';
import { INCOMING } from './part-names';

/** What a dataset consists of: all that is kept of it, and that the next one replaces or takes away. */
export const DATASET_TABLES: readonly string[] = [
  ...CANONICAL_TABLES,
  ...Object.keys(KIND_TABLES),
  ...ROOM_TABLES,
  'customer_profiles',
];

/**
 * Puts the tables whose names end in INCOMING in the place of the dataset's. One text, so that no other
 * call comes between its statements. Not interrupted: it only renames.
 */
export async function swapDataset(db: Db): Promise<void> {
  const present = new Set((await tablesLike(db, `%${INCOMING}`)).map((name) => name.slice(0, -INCOMING.length)));
  const statements: Sql[] = [
    // A view over the accounts; the tables under it may only go after it.
    sql`DROP VIEW IF EXISTS identities; `,
    // Made by the policy: those of the dataset before would name customers that are no longer there.
    sql`DROP TABLE IF EXISTS purchases; `,
    dropSaleLines(),
    sql`DROP TABLE IF EXISTS customer_attributes; `,
  ];
  for (const name of DATASET_TABLES) statements.push(sql`DROP TABLE IF EXISTS ${ident(name)}; `);
  for (const name of DATASET_TABLES) {
    if (present.has(name)) statements.push(sql`ALTER TABLE ${ident(name + INCOMING)} RENAME TO ${ident(name)}; `);
  }
  try {
    await db.exec(sql`BEGIN; ${join(statements, sql``)}COMMIT`);
  } catch (error) {
    await db.exec(sql`ROLLBACK`).catch(ignore);
    throw error;
  }
}

/** Takes away what a run that did not come to its end left. */
export async function dropUnfinished(db: Db): Promise<void> {
  for (const name of [...(await tablesLike(db, `%${INCOMING}`)), ...(await tablesLike(db, '%_part%'))]) {
    await db.exec(sql`DROP TABLE IF EXISTS ${ident(name)}`).catch(ignore);
  }
}

async function tablesLike(db: Db, pattern: string): Promise<readonly string[]> {
  const escaped = pattern.replaceAll('_', '\\_');
  const rows = await db.query(
    sql`SELECT table_name AS name FROM duckdb_tables() WHERE table_name LIKE ${escaped} ESCAPE '\\' ORDER BY table_name`,
    { name: 'text' },
  );
  return rows.map(({ name }) => name);
}

function ignore(): void {
  // The first error is the one that is reported.
}
