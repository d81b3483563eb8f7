import type { Db } from '../../db/db';
import type { Dialect } from '../file-preview';

/** A delimited file as the preview settled it. */
export interface StagingSource {
  readonly file: Blob;
  /** The file's name, for messages. */
  readonly name: string;
  readonly dialect: Dialect;
  /** How many columns the preview found; every row is brought to this width. */
  readonly columnCount: number;
}

/** How far staging has come. */
export interface StagingProgress {
  /** Share of the file, 0..1. */
  readonly share: number;
  readonly rows: number;
}

export interface StagingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StagingProgress) => void) | undefined;
  /** The most bytes the table may take in the engine; STAGED_CAP_BYTES unless told. */
  readonly capBytes?: number | undefined;
}

/** Where every row of the file went: rows + leftOut is what was read. */
export interface StagingCounts {
  /** Rows in the table. */
  readonly rows: number;
  /** Of these, rows that end early: the cells they lack are NULL. */
  readonly padded: number;
  /** Of these, rows with cells beyond the last column, which were cut off. */
  readonly cut: number;
  /** Lines not in the table, because a quotation mark opens a cell and nothing closes it. */
  readonly leftOut: number;
  readonly blankLines: number;
  /** Filled lines above the header, by the dialect's skipLines. */
  readonly titleLines: number;
}

/** A file as it lies in the engine, cells as written. */
export interface StagedTable extends StagingCounts {
  /** `source_<n>`: source_row INTEGER (the physical line, from 1), then c0, c1 ... VARCHAR. */
  readonly table: string;
  /** `ragged_<n>`: source_row and cells INTEGER of each row of another width; 0 cells for those left out. */
  readonly ragged: string;
  /** The names of c0, c1 ... as the file has them. */
  readonly columns: readonly string[];
}

export interface Stager {
  /**
   * Reads the file into `source_<n>`, in place of what stood there, once all of it has been read: a
   * failure or a cancel leaves the former table. Throws the errors of openTextStream, `line-too-long`,
   * `file-too-large` when the table would pass the cap, and `cancelled`.
   */
  stage(db: Db, source: StagingSource, fileNumber: number, options?: StagingOptions): Promise<StagedTable>;
}

/** What reading gives, step by step: the columns, batches of the two tables, and the counts. */
export type StagingStep =
  | { readonly kind: 'columns'; readonly columns: readonly string[] }
  | { readonly kind: 'batch'; readonly table: 'source' | 'ragged'; readonly ipc: Uint8Array }
  | { readonly kind: 'counts'; readonly counts: StagingCounts };

/** What the page may ask of the staging worker. */
export interface StagingApi {
  open(source: StagingSource, capBytes: number | undefined, onProgress: (progress: StagingProgress) => void): void;
  /** Reads on to the next step of the file opened last, its buffer handed over; null after the last one. */
  next(): Promise<StagingStep | null>;
}

/** About half of what the engine holds, so that the profile and the cleaned copy fit beside it. */
export const STAGED_CAP_BYTES = 1.5 * 1024 ** 3;

export const sourceTable = (fileNumber: number): string => `source_${fileNumber}`;
export const raggedTable = (fileNumber: number): string => `ragged_${fileNumber}`;
export const columnName = (index: number): string => `c${index}`;
