import type { RowCut } from './excerpt/row-cut';
import type { Dialect, FileMapping, FilePreview } from './file-preview';
import type { ImportProgress } from './import-contract';
import type { KindMapping } from './kinds/kind-mapping';
import type { FilePlace, KindStep } from './kinds/kind-step';
import type { ReadStep } from './read-step';

/** What the page may ask of the ingest worker. */
export interface IngestApi {
  preview(file: Blob, name: string, chosen: Partial<Dialect>): Promise<FilePreview>;
  /** Begins to read a file of orders; what was being read before is forgotten. */
  open(
    file: Blob,
    name: string,
    mapping: FileMapping,
    cut: RowCut | null,
    onProgress: (progress: ImportProgress) => void,
  ): void;
  /** Reads on to the next step of the file opened last, its buffer handed over; null after the last one. */
  next(): Promise<ReadStep | null>;
  /** The same for a file that holds something else. */
  openKind(
    file: Blob,
    name: string,
    mapping: KindMapping,
    place: FilePlace,
    cut: RowCut | null,
    onProgress: (progress: ImportProgress) => void,
  ): void;
  nextOfKind(): Promise<KindStep | null>;
}
