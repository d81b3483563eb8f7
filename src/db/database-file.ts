import { ident, integerConstant, printSql, sql, type Sql } from '../core/sql';
import type { TableSlice } from './db';
import type { Engine } from './engine';
import { toRows } from './result';

/** The lock of the engine allows this folder and no other. */
const FILE = 'app/tables.db';
/** The engine's journal beside it: looked for on attaching, and made on the first write. */
const JOURNAL = 'app/tables.db.wal';
/** How the engine is told of the file. */
const ATTACH = sql`ATTACH 'app/tables.db' AS packed`;
const ATTACH_READ_ONLY = sql`ATTACH 'app/tables.db' AS packed (READ_ONLY)`;
const DETACH = sql`DETACH packed`;

/**
 * A database file without tables (12,288 bytes, gzip, base64), as DuckDB 1.4.3 leaves it after
 * `ATTACH 'empty.db' AS empty; DETACH empty`. A file that is not there would be asked of the server.
 */
const EMPTY_DATABASE =
  'H4sIAAAAAAAAA+3XsQnCYBAGUAULFwlY/RiMECsF7QQ7JzDoBqlNG7ByEcEVnMB9JBZBhICSRgjyXvNx3HH9d3icR8UpXFfb5XrRayePQxImn/dZnO3SdD+bjls+BAAAAH7qdowu5WZ+f81Vw/tyUMewjv6Xn/o/AAAAdIv+DwAAAP/vCQ9cGg8AMAAA';

/** Does the work of Db.packTables, on an engine that runs nothing else meanwhile. */
export async function packTables(engine: Engine, slices: readonly TableSlice[]): Promise<Uint8Array<ArrayBuffer>> {
  return withFile(engine, await emptyDatabase(), async () => {
    await attached(engine, ATTACH, async () => {
      for (const { table, firstRow, rows } of slices) {
        const name = ident(table);
        const [from, to] = [integerConstant(firstRow), integerConstant(firstRow + rows)];
        await run(
          engine,
          sql`CREATE TABLE packed.${name} AS FROM main.${name} WHERE rowid >= ${from} AND rowid < ${to}`,
        );
      }
    });
    return engine.copyFile(FILE);
  });
}

/** Does the work of Db.unpackTables, on an engine that runs nothing else meanwhile. */
export async function unpackTables(
  engine: Engine,
  file: Uint8Array<ArrayBuffer>,
  suffix: string,
): Promise<readonly string[]> {
  return withFile(engine, file, () =>
    attached(engine, ATTACH_READ_ONLY, async () => {
      const tables = await tablesOf(engine, 'packed');
      const present = new Set(await tablesOf(engine, 'memory'));
      for (const table of tables) {
        const target = ident(table + suffix);
        const make = present.has(table + suffix)
          ? sql`INSERT INTO main.${target}`
          : sql`CREATE TABLE main.${target} AS`;
        await run(engine, sql`${make} FROM packed.${ident(table)}`);
      }
      return tables;
    }),
  );
}

async function withFile<T>(engine: Engine, bytes: Uint8Array<ArrayBuffer>, work: () => Promise<T>): Promise<T> {
  await engine.putFile(FILE, bytes);
  await engine.putFile(JOURNAL, new Uint8Array());
  return endedBy(work, async () => {
    await engine.dropFile(FILE);
    await engine.dropFile(JOURNAL);
  });
}

async function attached<T>(engine: Engine, attach: Sql, work: () => Promise<T>): Promise<T> {
  await run(engine, attach);
  return endedBy(work, () => run(engine, DETACH));
}

/** As `finally` does, but what went wrong first is what is thrown. */
async function endedBy<T>(work: () => Promise<T>, end: () => Promise<void>): Promise<T> {
  const result = await work().catch(async (error: unknown) => {
    await end().catch(ignore);
    throw error;
  });
  await end();
  return result;
}

function ignore(): void {
  // The first error is the one that is reported.
}

async function tablesOf(engine: Engine, database: 'packed' | 'memory'): Promise<readonly string[]> {
  const shape = { name: 'text' } as const;
  const { batches } = await engine.run(
    printSql(sql`SELECT table_name AS name FROM duckdb_tables() WHERE database_name = ${database} ORDER BY table_oid`),
  );
  return toRows(batches, shape).map(({ name }) => name);
}

async function run(engine: Engine, statement: Sql): Promise<void> {
  await engine.run(printSql(statement));
}

async function emptyDatabase(): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(EMPTY_DATABASE), (letter) => letter.charCodeAt(0));
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
