import type { CanonicalTable, TableLayout } from '../db/schema';
import type { ImportResult } from './import-contract';

/** One Arrow IPC stream of up to BATCH_ROWS rows for one table. */
export interface TableBatch {
  readonly table: CanonicalTable;
  readonly rows: number;
  readonly ipc: Uint8Array;
}

/**
 * What reading a file gives, step by step. `layout` comes before the first lines and whenever their
 * layout changes afterwards, which only ever means more digits after the point. `unmark` says that no
 * order number marks a cancellation after all. The result comes when the file has been read to its end;
 * `restRows` are those of the batches that follow it.
 */
export type ReadStep =
  | { readonly kind: 'layout'; readonly layout: TableLayout }
  | { readonly kind: 'batch'; readonly batch: TableBatch }
  | { readonly kind: 'unmark' }
  | { readonly kind: 'result'; readonly result: ImportResult; readonly restRows: number };
