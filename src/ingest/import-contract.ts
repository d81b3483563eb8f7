import type { TableLayout } from '../db/schema';
import type { OrderFates, RowCut } from './excerpt/row-cut';
import type { Dialect, FilePreview, ImportReport } from './file-preview';

/** How far an import has come. */
export interface ImportProgress {
  readonly phase: 'reading' | 'arranging' | 'loading';
  /** Share of the phase, 0..1. */
  readonly share: number;
  readonly rows: number;
}

export interface ImportOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ReadingOptions extends ImportOptions {
  /** The rows that are taken of the file; all of them unless told. */
  readonly cut?: RowCut | null;
}

export interface ImportResult {
  readonly layout: TableLayout;
  readonly report: ImportReport;
  /** What became of the orders, where the cut notes it. */
  readonly fates: OrderFates | null;
}

/** Looks into files before they are imported. The file stays where it is; only its parts pass through memory. */
export interface Previewer {
  /** The first part of the file, profiled and guessed; a chosen dialect replaces the guess. */
  preview(file: Blob, name: string, chosen: Partial<Dialect>, signal?: AbortSignal): Promise<FilePreview>;
}

/** What a line with a certain mark or status is. `leave-out` lines count nowhere. */
export const LINE_CLASSES = ['sale', 'return', 'leave-out'] as const;
export type LineClass = (typeof LINE_CLASSES)[number];

/** The one screen of choices that turns order lines into purchases, for every analysis alike. */
export interface Policy {
  /** `net`: returns lower the customer's money; `ignore`: they count nowhere (gross). */
  readonly returns: 'net' | 'ignore';
  /** Orders that come to nothing (gifts, fully returned): not a purchase, or counted as one. */
  readonly zeroOrders: 'leave-out' | 'count';
  /** Several orders of a customer on one day: each its own purchase, or one. */
  readonly sameDay: 'separate' | 'merge';
  /** Orders without a customer: outside every customer figure, or each a customer of its own. */
  readonly unidentified: 'leave-out' | 'one-each';
  /** Order numbers with a leading C where the rest are digits: returns, or ordinary sales. */
  readonly cancelMarks: 'return' | 'sale';
  /** Each value of the status column, full-width forms folded (NFKC), and what it makes of the line. */
  readonly statusClasses: Readonly<Record<string, LineClass>>;
}

/** What one group of lines comes to: for the policy screen, in rows and money. */
export interface PolicyGroup {
  readonly group: 'negative' | 'zero' | 'cancel-mark' | 'unidentified' | 'same-day' | 'status';
  /** The status value where the group is `status`, else ''. */
  readonly value: string;
  readonly rows: number;
  readonly orders: number;
  readonly amount: number;
}

/** The outcome of the policy as chosen, parts summing to the lines in the tables. */
export interface PolicyOutcome {
  readonly lines: number;
  readonly linesCounted: number;
  readonly linesNetted: number;
  readonly linesLeftOut: number;
  readonly purchases: number;
  readonly customers: number;
  readonly revenue: number;
  readonly revenueIdentified: number;
}
