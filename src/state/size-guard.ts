import type { ColumnMapping, Role } from '../ingest/file-preview';

/** What the engine can hold, in bytes: its memory limit inside the 4 GB of WebAssembly. */
export const ENGINE_MEMORY_BYTES = 3.1 * 1024 ** 3;

/** Row numbers are 32-bit integers in the tables. */
export const MAX_ROWS = 2 ** 31 - 1;

/** Keys, time, money, mark and row number of a line, and its purchase: both tables, a row. */
const LINE_BYTES = 29;
const PURCHASE_BYTES = 25;
/** A text value in the engine is a 16-byte handle; longer ones also keep their bytes. */
const TEXT_BYTES = 16;
const ID_BYTES = TEXT_BYTES + 24;

const COLUMN_BYTES: Readonly<Partial<Record<Role, number>>> = {
  orderId: ID_BYTES,
  productId: 4,
  quantity: 8,
  category: TEXT_BYTES,
  channel: TEXT_BYTES,
  store: TEXT_BYTES,
  payment: TEXT_BYTES,
  city: TEXT_BYTES,
  status: TEXT_BYTES,
};

/** Analyses sort and group beside the tables; past half of the memory they may run out of it. */
const COMFORTABLE_SHARE = 0.5;

export interface SizeEstimate {
  readonly rows: number;
  /** What the tables will take in the engine. */
  readonly tableBytes: number;
  readonly limitBytes: number;
  readonly verdict: 'fits' | 'tight' | 'too-large';
  /** Columns that could be left out, the largest first, with what that saves in bytes. */
  readonly savings: readonly { readonly column: number; readonly bytes: number }[];
}

/**
 * What an import of so many rows will take, before it is tried. An estimate from above: every row
 * counts as an order of its own.
 */
export function estimateSize(rows: number, columns: readonly ColumnMapping[]): SizeEstimate {
  const optional = columns.map((column, index) => ({ column: index, bytes: (COLUMN_BYTES[column.role] ?? 0) * rows }));
  const tableBytes = rows * (LINE_BYTES + PURCHASE_BYTES) + optional.reduce((sum, each) => sum + each.bytes, 0);
  const share = tableBytes / ENGINE_MEMORY_BYTES;
  return {
    rows,
    tableBytes,
    limitBytes: ENGINE_MEMORY_BYTES,
    verdict: share > 1 || rows > MAX_ROWS ? 'too-large' : share > COMFORTABLE_SHARE ? 'tight' : 'fits',
    savings: optional.filter((each) => each.bytes > 0).sort((a, b) => b.bytes - a.bytes || a.column - b.column),
  };
}
