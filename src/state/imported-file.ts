import { isCancel, toAppError } from '../core/errors';
import type { Db } from '../db/db';
import type { FileMapping } from '../ingest/file-preview';
import type { ImportOptions, ImportResult } from '../ingest/import-contract';
import type { FirstLook } from './import-candidate';

/** What lies in the engine after an import, enough to make it again from the file. */
export interface ImportedFile {
  readonly file: Blob;
  readonly name: string;
  readonly mapping: FileMapping;
  readonly result: ImportResult;
}

/**
 * What the session works with. `zoneOffsetMinutes` (east of UTC) is what epochs and values with an
 * offset are converted to unless told otherwise.
 */
export interface ImportSessionParts extends FirstLook {
  readonly db: Db;
}

/** Fills the tables from the file once more; null when cancelled. Throws the importer's AppError when the file has gone. */
export async function importAgain(
  { importer, db }: ImportSessionParts,
  before: ImportedFile,
  options: ImportOptions,
): Promise<ImportedFile | null> {
  try {
    const result = await importer.run(db, before.file, before.name, before.mapping, options);
    return { ...before, result };
  } catch (error) {
    if (isCancel(error)) return null;
    throw toAppError(error);
  }
}
