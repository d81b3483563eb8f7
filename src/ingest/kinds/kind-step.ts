import type { KindColumn, KindTable, RoomTable } from '../../db/kind-tables';
import type { OrderFates } from '../excerpt/row-cut';
import type { KindLeftOutReason } from './kind-reasons';
import type { PersonRole, RoleKind } from './kinds';

/** From read to used, each loss with its reason; rowsRead = rowsUsed + the sum of leftOut. */
export interface KindReport {
  readonly kind: RoleKind;
  readonly rowsRead: number;
  readonly rowsUsed: number;
  /** Rows of the table: more than rowsUsed for a series in wide form, which gives one a number. */
  readonly tableRows: number;
  readonly blankLines: number;
  readonly titleLines: number;
  readonly leftOut: readonly { readonly reason: KindLeftOutReason; readonly rows: number }[];
  /** Rows that were counted but not kept in full. */
  readonly leftOutNotKept: number;
  /** Used rows without anything that says who they are about; 0 where the file has no such column. */
  readonly rowsWithoutPerson: number;
  /** What the file says people by, and the accounts, which are its different combinations of these. */
  readonly personRoles: readonly PersonRole[];
  readonly accounts: number;
  /** Cells that hold something that cannot be read, in rows that are used all the same. */
  readonly unread: readonly { readonly column: string; readonly cells: number }[];
  /** Wall-clock epoch milliseconds; NaN where the kind has no time. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** One Arrow IPC stream of rows for one table. */
export interface KindBatch {
  readonly table: KindTable | RoomTable;
  readonly rows: number;
  readonly ipc: Uint8Array;
}

/**
 * What reading a file that holds no orders gives, step by step. `layout` comes before the first rows and
 * whenever numbers need more digits after the point from then on. Batches may follow the result. `fates`
 * are those of the orders, where the cut notes them.
 */
export type KindStep =
  | { readonly kind: 'layout'; readonly table: KindTable; readonly columns: readonly KindColumn[] }
  | { readonly kind: 'batch'; readonly batch: KindBatch }
  | { readonly kind: 'result'; readonly report: KindReport; readonly fates: OrderFates | null };

/** Where a file stands in its dataset. */
export interface FilePlace {
  /** Number of the file, for source_file. */
  readonly sourceFile: number;
  /** The key of its first account: those before it are of the files before it. */
  readonly firstAccountKey: number;
}
