import type { TableLayout } from '../db/schema';
import type { TableBatch } from './canonical/table-batches';
import type { Dialect, FileMapping, FilePreview, ImportReport } from './file-preview';
import type { ImportProgress } from './import-contract';

/** What a worker has read and is ready to hand over, batch by batch. */
export interface ReadAnswer {
  readonly layout: TableLayout;
  readonly report: ImportReport;
}

/** What the page may ask of the ingest worker. */
export interface IngestApi {
  preview(file: Blob, name: string, chosen: Partial<Dialect>): Promise<FilePreview>;
  /** Reads and arranges the whole file; what was read before is forgotten. */
  read(
    file: Blob,
    name: string,
    mapping: FileMapping,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ReadAnswer>;
  /** The next batch of the file read last, its buffer handed over; null after the last one. */
  nextBatch(): TableBatch | null;
}
