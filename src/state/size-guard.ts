import { DAY_MS, startOfDay } from '../core/dates';
import { sql } from '../core/sql';
import type { Db } from '../db/db';
import type { FilePlan } from '../ingest/dataset/dataset-files';
import type { Excerpt } from '../ingest/excerpt/excerpt';
import type { ColumnMapping, Role } from '../ingest/file-preview';
import { isPersonRole, valueTypeOf, type KindRole } from '../ingest/kinds/kinds';
import { planOf } from './dataset-plan';
import type { Candidate } from './import-candidate';

/** What the engine can hold, in bytes: its memory limit inside the 4 GB of WebAssembly. */
const ENGINE_MEMORY_BYTES = 3.1 * 1024 ** 3;

/** Row numbers are 32-bit integers in the tables. */
const MAX_ROWS = 2 ** 31 - 1;

const BLOCK_BYTES = 262_144;
const ROW_GROUP_ROWS = 122_880;

/** Bytes a row of a column in the engine: whole blocks a row group, and one that tells which values are there. */
function columnBytes(width: number): number {
  return ((Math.ceil((ROW_GROUP_ROWS * width) / BLOCK_BYTES) + 1) * BLOCK_BYTES) / ROW_GROUP_ROWS;
}

const BOOLEAN_BYTES = columnBytes(1);
const KEY_BYTES = columnBytes(4);
const NUMBER_BYTES = columnBytes(8);
/** A text value is a 16-byte handle; longer ones also keep their bytes. */
const LABEL_BYTES = columnBytes(16);
const ID_BYTES = LABEL_BYTES + 24;
/** order_key, account_key, source_row, ordered_at, amount and cancel_mark of a line. */
const LINE_BYTES = 3 * KEY_BYTES + 2 * NUMBER_BYTES + BOOLEAN_BYTES;
/** order_key, customer_key, ordered_at, amount and is_purchase. */
const PURCHASE_BYTES = 2 * KEY_BYTES + 2 * NUMBER_BYTES + BOOLEAN_BYTES;
/** A person in accounts (account_key, customer_key) and in customers (customer_key, customer_id). */
const PERSON_BYTES = 3 * KEY_BYTES + ID_BYTES;
/** account_key, kind and value of an id that says who somebody is. */
const PERSON_ID_BYTES = KEY_BYTES + LABEL_BYTES + ID_BYTES;
/** account_key, source_file and source_row of a row that is no order's. */
const FACT_BYTES = 3 * KEY_BYTES;

const COLUMN_BYTES: Readonly<Partial<Record<Role, number>>> = {
  orderId: KEY_BYTES + ID_BYTES,
  productId: KEY_BYTES,
  quantity: NUMBER_BYTES,
  category: LABEL_BYTES,
  channel: LABEL_BYTES,
  store: LABEL_BYTES,
  payment: LABEL_BYTES,
  city: LABEL_BYTES,
  status: LABEL_BYTES,
};

/** Analyses sort and group beside the tables; past half of the memory they may run out of it. */
const COMFORTABLE_SHARE = 0.5;

/** A file before its import. */
export interface SizedFile {
  readonly plan: FilePlan;
  readonly rows: number;
  /** The most different people that its rows may be of. */
  readonly people: number;
  /** The first and the last time seen in it, wall-clock epoch milliseconds; null where none was. */
  readonly spanMs: readonly [first: number, last: number] | null;
}

export interface SizeEstimate {
  readonly rows: number;
  /** What the engine needs at most while the tables are made: theirs, and those it holds until they are. */
  readonly neededBytes: number;
  readonly heldBytes: number;
  readonly limitBytes: number;
  readonly verdict: 'fits' | 'tight' | 'too-large';
}

const TIME_ROLES: readonly string[] = ['orderedAt', 'occurredAt', 'givenAt'];

/** The table as it would be imported; nothing where it is not understood yet. */
export function sizedFile(candidate: Candidate, zoneOffsetMinutes: number): readonly SizedFile[] {
  const plan = planOf(candidate, zoneOffsetMinutes);
  if (plan === null || candidate.preview === null) return [];
  const { columns, estimatedRows: rows, sampledRows } = candidate.preview;
  const time = plan.mapping.columns.findIndex(({ role }) => TIME_ROLES.includes(role));
  const isPerson = (place: number, role: string): boolean =>
    role === 'customerId' ||
    isPersonRole(role) ||
    (plan.kind === 'orders' && plan.people.some((p) => p.column === place));
  // The more rows are looked at, the smaller the share of different people: that of the sample is from above.
  const shares = plan.mapping.columns.map(({ role }, place) =>
    isPerson(place, role) ? (columns[place]?.distinct ?? 0) / Math.max(1, sampledRows) : 0,
  );
  return [{ plan, rows, people: rows * Math.max(0, ...shares), spanMs: columns[time]?.spanMs ?? null }];
}

/** Bytes that the engine holds now. */
export async function readHeldBytes(db: Db): Promise<number> {
  const [row] = await db.query(sql`SELECT CAST(sum(memory_usage_bytes) AS BIGINT) AS held FROM duckdb_memory()`, {
    held: 'integer?',
  });
  return row?.held ?? 0;
}

/**
 * What an import will take, before it is tried. An estimate from above: every row counts as an order of
 * its own. A period is taken for its share of the days of each file.
 *
 * @param heldBytes what the engine holds already, which stays until the new tables take the place of the old
 */
export function estimateSize(files: readonly SizedFile[], excerpt: Excerpt, heldBytes: number): SizeEstimate {
  const orders = files.filter(({ plan }) => plan.kind === 'orders');
  const ofOrders = (file: SizedFile): number => (orders.length === 0 ? 1 : shareOf(orders[0] ?? file, excerpt));
  const parts = files.map((file) => {
    const isPart = file.plan.kind === 'orders' || file.plan.kind === 'order-lines';
    const share = file.plan.kind === 'order-lines' ? ofOrders(file) : shareOf(file, excerpt);
    return { isPart, rows: share * file.rows, bytes: share * fileBytes(file) };
  });
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const rows = Math.round(sum(parts.map((part) => part.rows)));
  // Orders of several files lie there twice while they are put together.
  const isPutTogether = parts.filter(({ isPart }) => isPart).length > 1;
  const bytes = sum(parts.map((part) => part.bytes * (part.isPart && isPutTogether ? 2 : 1)));
  const neededBytes = heldBytes + bytes;
  const share = neededBytes / ENGINE_MEMORY_BYTES;
  return {
    rows,
    neededBytes,
    heldBytes,
    limitBytes: ENGINE_MEMORY_BYTES,
    verdict: share > 1 || rows > MAX_ROWS ? 'too-large' : share > COMFORTABLE_SHARE ? 'tight' : 'fits',
  };
}

/** Columns of orders that could be left out, the largest first, with what that saves in bytes. */
export function columnSavings(
  rows: number,
  columns: readonly ColumnMapping[],
): readonly { readonly column: number; readonly bytes: number }[] {
  return columns
    .map(({ role }, column) => ({ column, bytes: (COLUMN_BYTES[role] ?? 0) * rows }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || a.column - b.column);
}

function fileBytes({ plan, rows, people }: SizedFile): number {
  if (plan.kind === 'orders') {
    const optional = plan.mapping.columns.reduce((sum, { role }) => sum + (COLUMN_BYTES[role] ?? 0), 0);
    const ids = plan.people.length === 0 ? 0 : 1 + plan.people.length;
    return rows * (LINE_BYTES + PURCHASE_BYTES + optional) + people * (PERSON_BYTES + ids * PERSON_ID_BYTES);
  }
  const roles = plan.mapping.columns.map(({ role }) => role);
  const ids = roles.filter(isPersonRole).length;
  return (
    roles.reduce((sum, role) => sum + rows * factBytes(role), rows * FACT_BYTES) +
    people * (PERSON_BYTES + ids * PERSON_ID_BYTES)
  );
}

function factBytes(role: KindRole): number {
  if (role === 'ignore' || isPersonRole(role)) return 0;
  switch (valueTypeOf(role)) {
    case 'time':
    case 'number':
      return NUMBER_BYTES;
    case 'label':
      return LABEL_BYTES;
    default:
      return ID_BYTES;
  }
}

/** The share of a file's rows that is taken, 0..1. */
function shareOf({ plan, spanMs }: SizedFile, { from, to, oneIn }: Excerpt): number {
  if (plan.kind === 'products' || plan.kind === 'series') return 1;
  if (plan.kind === 'members' || spanMs === null) return 1 / oneIn;
  const [firstMs, lastMs] = spanMs;
  const fromMs = Math.max(firstMs, from === null ? firstMs : startOfDay(from));
  const toMs = Math.min(lastMs + DAY_MS, to === null ? Number.POSITIVE_INFINITY : startOfDay(to) + DAY_MS);
  return Math.max(0, toMs - fromMs) / (lastMs + DAY_MS - firstMs) / oneIn;
}
