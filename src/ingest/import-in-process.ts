import type { Db } from '../db/db';
import type { FileMapping } from './file-preview';
import type { ImportOptions, ImportResult } from './import-contract';
import { loadTables } from './load-tables';
import { readTable } from './read-table';

/**
 * What Importer.run does, without a worker: for tests, the command line and small files made in
 * memory. Blocks its thread while it parses.
 */
export async function importInProcess(
  db: Db,
  file: Blob,
  name: string,
  mapping: FileMapping,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const steps = readTable(file, name, mapping, options);
  return loadTables(db, async () => (await steps.next()).value ?? null, options);
}
