import type { KindFound } from './privacy/kind-found';

/** What the import knows and may be told about a file before it is read in full. */

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** `whitespace` is runs of blanks or tabs, leading ones ignored. */
export const DELIMITERS = [',', '\t', ';', '|', 'whitespace'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How the bytes become cells. Guessed; every part can be overridden. */
export interface Dialect {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** False when the first row already is data; columns are then named by their position. */
  readonly hasHeader: boolean;
  /**
   * Physical lines above the header that are no rows, such as a title and the period of the export;
   * 0 unless told. Where it is chosen, what stands behind these lines is the header, unless
   * `hasHeader` is false.
   */
  readonly skipLines?: number;
}

/** What a column means. `ignore` leaves it out. At most one column a role, except `ignore`. */
export const ROLES = [
  'customerId',
  'orderedAt',
  'amount',
  'quantity',
  'unitPrice',
  'refundAmount',
  'orderId',
  'productId',
  'category',
  'channel',
  'store',
  'payment',
  'city',
  'status',
  'ignore',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * How dates are written in a column. `dmy`/`mdy` are 3/1/2024 and the like; `ymd` has the year first
 * (also 2024年1月3日 and ISO with T, fraction and zone); `compact` is 20240103 with or without a time;
 * `named` has a month's name (1 Jan 2024, Jan 1, 2024, 14JUN09:17:58:34); `epochS`, `epochMs` count
 * from 1970 in UTC; `excel` is a serial day of the 1900 system.
 */
export const TIME_FORMATS = ['ymd', 'dmy', 'mdy', 'compact', 'named', 'epochS', 'epochMs', 'excel'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export const NUMBER_FORMATS = ['point', 'comma'] as const;
/** Which mark stands before the decimals: 1,234.5 is `point`, 1.234,5 is `comma`. */
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

export type ColumnType = 'text' | 'number' | 'time' | 'empty';

/** One column as the sample of the file shows it. Shares are of the cells that are not gaps, 0..1. */
export interface ColumnPreview {
  readonly index: number;
  /** The header as written, trimmed; `#3` where the file has none. */
  readonly name: string;
  readonly type: ColumnType;
  /** Share of the filled cells that read as `type`. */
  readonly parsedShare: number;
  readonly gaps: number;
  readonly distinct: number;
  /** Up to five different values as written. */
  readonly examples: readonly string[];
  readonly role: Role;
  /** 0..1, how sure the guess of the role is. */
  readonly confidence: number;
  readonly timeFormat: TimeFormat | null;
  /** True when day-first and month-first read every sampled value alike well: the order is asked. */
  readonly timeOrderUnclear: boolean;
  /** True when some sampled value carries a zone or offset. */
  readonly hasZone: boolean;
  /** The first and the last time sampled, wall-clock epoch milliseconds; null where none was. */
  readonly spanMs?: readonly [first: number, last: number] | null;
  readonly numberFormat: NumberFormat | null;
  /** The personal data that the first rows hold, the surest first; times are not looked through. */
  readonly personal: readonly KindFound[];
}

/** What the user settles for a column. */
export interface ColumnMapping {
  readonly role: Role;
  readonly timeFormat: TimeFormat | null;
  readonly numberFormat: NumberFormat | null;
}

/** The whole agreement on how a file is read: no data in it, so it can be kept and sent. */
export interface FileMapping {
  readonly dialect: Dialect;
  readonly columns: readonly ColumnMapping[];
  /** Minutes east of UTC of the dataset's wall clock, for epochs and values with an offset. */
  readonly zoneOffsetMinutes: number;
}

/** One of the file's first records, by the physical line on which it begins, from 1. */
export interface TopLine {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface FilePreview {
  readonly name: string;
  readonly bytes: number;
  readonly compressed: boolean;
  readonly dialect: Dialect;
  /** How the encoding was found: its mark, by strict decoding, or only guessed. */
  readonly encodingEvidence: 'bom' | 'strict' | 'guess' | 'chosen';
  readonly columns: readonly ColumnPreview[];
  /** The first rows below the header as cells, at most 50. */
  readonly rows: readonly (readonly string[])[];
  /** The first records of the file, titles and header among them, at most 20; blank lines are none. */
  readonly topLines: readonly TopLine[];
  readonly sampledRows: number;
  /** Extrapolated from the bytes of the sample; exact when the whole file was sampled. */
  readonly estimatedRows: number;
  readonly wholeFileSampled: boolean;
  /** Hash of the headers and the delimiter, for recognising the same kind of file again. */
  readonly fingerprint: string;
  readonly missing: readonly MissingNeed[];
}

/** What the main job needs and the mapping does not give. */
export type MissingNeed = 'customer' | 'time' | 'amount';

/** Why a row of the file is not in the tables. */
export const LEFT_OUT_REASONS = [
  'too-few-cells',
  'too-many-cells',
  'unclosed-quote',
  'no-time',
  'bad-time',
  'no-amount',
  'bad-amount',
  'bad-quantity',
  'no-order',
  'no-line',
  'bad-value',
  'order-not-found',
  'order-without-lines',
  'outside-period',
  'not-in-sample',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface LeftOutCount {
  readonly reason: LeftOutReason;
  readonly rows: number;
}

/** From read to used, each loss with its reason; rowsRead = rowsUsed + the sum of leftOut. */
export interface ImportReport {
  readonly rowsRead: number;
  readonly rowsUsed: number;
  readonly blankLines: number;
  /** Filled lines above the header, by the dialect's skipLines; not rows. */
  readonly titleLines: number;
  readonly leftOut: readonly LeftOutCount[];
  /** Rows of left_out are kept in full up to a cap; this many were counted but not kept. */
  readonly leftOutNotKept: number;
  readonly rowsWithoutCustomer: number;
  /** Amounts with more decimals than the scale keeps, rounded half away from zero. */
  readonly amountsRounded: number;
  readonly customers: number;
  readonly orders: number;
  /** Orders whose id stands with more than one customer; each customer keeps its own part. */
  readonly ordersSplitByCustomer: number;
  /** True when order ids are mostly digits and some carry a leading C (a cancellation). */
  readonly cancelMarks: number;
  readonly firstOrderedAt: number;
  readonly lastOrderedAt: number;
}
