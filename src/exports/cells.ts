import { dayOf } from '../core/dates';

/**
 * What a column of a file holds. `id` is text that must keep every character (leading zeros, 18
 * digits); `decimal` is an exact number and travels as text; `time` and `day` are wall-clock epoch
 * milliseconds.
 */
export type CellKind = 'id' | 'text' | 'integer' | 'decimal' | 'number' | 'time' | 'day' | 'boolean';

export interface ExportColumn {
  /** The heading as the reader sees it. */
  readonly heading: string;
  readonly kind: CellKind;
}

/** The cells of one column: text for id, text and decimal, NaN for NULL in the numeric kinds. */
export type CellColumn = readonly (string | null)[] | readonly (boolean | null)[] | Float64Array;

/** Some consecutive rows of a file, by column, in the order of its ExportColumns. */
export interface ExportPage {
  readonly rowCount: number;
  readonly columns: readonly CellColumn[];
}

export type Cell = string | number | boolean | null;

/** The cell, with NULL as null whatever the column. Throws RangeError for a page of another layout. */
export function cellOf(page: ExportPage, column: number, row: number): Cell {
  const cells = page.columns[column];
  if (cells === undefined) throw new RangeError(`invalid column: ${column} (page has ${page.columns.length})`);
  const value = cells[row] ?? null;
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

/** True for the kinds whose cells are text that a spreadsheet may misread. */
export function isTextual(kind: CellKind): boolean {
  return kind === 'id' || kind === 'text';
}

/** `2024-01-03 08:05:00`, with milliseconds only where there are any. */
export function timeText(wallMs: number): string {
  const iso = new Date(wallMs).toISOString();
  const text = `${iso.slice(0, -14)} ${iso.slice(-13, -1)}`;
  return text.endsWith('.000') ? text.slice(0, -4) : text;
}

/** A cell that is no text, as it is written in a file: numbers plain, times and days in ISO form. */
export function plainText(kind: CellKind, value: Exclude<Cell, null>): string {
  if (typeof value !== 'number') return String(value);
  if (kind === 'time') return timeText(value);
  if (kind === 'day') return dayOf(value);
  return String(Object.is(value, -0) ? 0 : value);
}
