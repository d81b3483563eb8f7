import type { Db } from '../../src/db/db';
import type { DatasetOptions, DatasetResult } from '../../src/ingest/dataset/dataset-contract';
import { importDataset } from '../../src/ingest/dataset/import-dataset';
import { inProcessReader, type SourceReader } from '../../src/ingest/dataset/source-reader';
import type { FileMapping, ImportReport } from '../../src/ingest/file-preview';

/** Imports one file of orders as the app does, in this thread unless a reader is given. */
export async function importOrders(
  db: Db,
  blob: Blob,
  name: string,
  mapping: FileMapping,
  options: DatasetOptions & { readonly reader?: SourceReader } = {},
): Promise<DatasetResult & { readonly report: ImportReport }> {
  const { reader = inProcessReader, ...rest } = options;
  const plan = { kind: 'orders', mapping, customerRole: 'customer', people: [] } as const;
  const { report, ...result } = await importDataset(db, reader, [{ blob, name, plan }], rest);
  if (report === null) throw new Error('a file of orders has a report of them');
  return { ...result, report };
}
