import { AppError, isAppError, throwIfAborted } from '../../core/errors';
import { ident, sql, type Sql } from '../../core/sql';
import type { CallOptions, Db, TableSlice } from '../../db/db';
import { CANONICAL_TABLES, createCanonicalTables, type TableLayout } from '../../db/schema';
import { INCOMING } from './part-names';
import { DATASET_TABLES, dropUnfinished, swapDataset } from './swap-dataset';

/** Values of all columns together in one file: ten to thirty megabytes, packed while nobody notices. */
const VALUES_A_PART = 8_000_000;
/** What a value takes when packed, from above; ids that look random take most. */
const BYTES_A_VALUE = 5;

/** A piece of a dataset as bytes: a database file of some rows of some of its tables. */
export interface PackedPart {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How the tables of the dataset in force are cut into files, and what these take at most. */
export interface PackingPlan {
  readonly parts: readonly (readonly TableSlice[])[];
  readonly estimatedBytes: number;
  /** Of the tables as they were: others are there once somebody has put them in their place. */
  readonly tableIds: string;
}

/** Cuts the tables of the dataset in force into pieces of about the same size, small tables together in one. */
export async function planPacking(db: Db, options: CallOptions = {}): Promise<PackingPlan> {
  const tables = await tablesThere(db, options);
  const parts: TableSlice[][] = [];
  let values = 0;
  let free = 0;
  for (const { name: table, columns } of tables) {
    const end = await rowEnd(db, table, options);
    const rowsAPart = Math.ceil(VALUES_A_PART / columns);
    for (let firstRow = 0; firstRow === 0 || firstRow < end; firstRow += rowsAPart) {
      const rows = Math.min(rowsAPart, end - firstRow);
      if (free < rows * columns || parts.length === 0) {
        parts.push([]);
        free = VALUES_A_PART;
      }
      parts.at(-1)?.push({ table, firstRow, rows });
      free -= rows * columns;
    }
    values += end * columns;
  }
  return { parts, estimatedBytes: values * BYTES_A_VALUE, tableIds: idsOf(tables) };
}

/**
 * The pieces of the dataset in force, each made when it is asked for; other calls come in between. Throws
 * `cancelled` when some of its tables were replaced meanwhile: the pieces would not fit together.
 */
export async function* packDataset(
  db: Db,
  { parts, tableIds }: PackingPlan,
  options: CallOptions = {},
): AsyncGenerator<PackedPart> {
  for (const [index, slices] of parts.entries()) {
    yield { name: `tables-${index}`, bytes: await db.packTables(slices, options) };
  }
  if (idsOf(await tablesThere(db, options)) !== tableIds) throw new AppError('cancelled');
}

/**
 * Puts a packed dataset in the place of the one in force, in one transaction at the end: when it fails or
 * is cancelled, the tables before it are untouched. The layout says which columns the lines must have; throws
 * `library-damaged` when the tables are others.
 */
export async function unpackDataset(
  db: Db,
  parts: AsyncIterable<PackedPart>,
  layout: TableLayout,
  { signal }: CallOptions = {},
): Promise<void> {
  try {
    await dropUnfinished(db);
    for await (const { bytes } of parts) await db.unpackTables(bytes, INCOMING, { signal });
    await checkTables(db, layout);
    throwIfAborted(signal);
    await swapDataset(db);
    await dropUnfinished(db);
  } catch (error) {
    // A dead engine took its tables along; asking it to drop them would only start a new one.
    if (!isAppError(error) || error.code !== 'engine-lost') await dropUnfinished(db);
    throw error;
  }
}

interface TableThere {
  readonly name: string;
  readonly columns: number;
  readonly id: number;
}

async function tablesThere(db: Db, options: CallOptions): Promise<readonly TableThere[]> {
  const tables = await db.query(
    sql`SELECT table_name AS name, column_count AS columns, table_oid AS id FROM duckdb_tables() WHERE database_name = 'memory' ORDER BY name`,
    { name: 'text', columns: 'integer', id: 'integer' },
    options,
  );
  return tables.filter(({ name }) => DATASET_TABLES.includes(name));
}

function idsOf(tables: readonly TableThere[]): string {
  return tables.map(({ id }) => id).join(' ');
}

/** Behind the last row: more than there are rows where some were deleted. */
async function rowEnd(db: Db, table: string, options: CallOptions): Promise<number> {
  const [row] = await db.query(
    sql`SELECT coalesce(max(rowid) + 1, 0) AS n FROM ${ident(table)}`,
    { n: 'integer' },
    options,
  );
  return row?.n ?? 0;
}

const EXPECTED = '_expected_part';

/** A file from elsewhere may hold any tables; the canonical ones must have the columns that every page reads. */
async function checkTables(db: Db, layout: TableLayout): Promise<void> {
  for (const statement of createCanonicalTables(layout, EXPECTED)) await db.exec(statement);
  for (const table of CANONICAL_TABLES) {
    const [row] = await db.query(
      sql`SELECT count(*) AS missing FROM (${columnsOf(table + EXPECTED)} EXCEPT ${columnsOf(table + INCOMING)})`,
      { missing: 'integer' },
    );
    if (row?.missing !== 0) throw new AppError('library-damaged', { name: table });
  }
}

function columnsOf(table: string): Sql {
  return sql`SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ${table}`;
}
