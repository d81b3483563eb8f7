import { toTsv, type CellValue } from '../core/delimited';

/** One column of DataTable. `value` is what sorting and copying use, `text` what is shown. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** Printed in the header after the label, e.g. "days". */
  readonly unit?: string | undefined;
  /** Right-aligned figures; sorts as numbers. */
  readonly numeric?: boolean | undefined;
  readonly value: (row: Row) => CellValue;
  /** Default: the value as text. */
  readonly text?: ((row: Row) => string) | undefined;
  /** A CSS colour for the swatch before the text. */
  readonly color?: ((row: Row) => string | undefined) | undefined;
  /** A class for the cell, from base.css: "up", "down", "unsure". */
  readonly tone?: ((row: Row) => 'up' | 'down' | 'unsure' | undefined) | undefined;
  /** Full text on hover where the cell shows a short form. */
  readonly title?: ((row: Row) => string | undefined) | undefined;
  readonly sortable?: boolean | undefined;
  /** A CSS length; without it the column takes what it needs. */
  readonly width?: string | undefined;
}

/** A row, or undefined while it is being read. */
export type Pending<Row> = Row | undefined;

export interface Sort {
  readonly key: string;
  readonly direction: 'ascending' | 'descending';
}

export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return column.text(row);
  const value = column.value(row);
  return value === null || value === undefined ? '–' : String(value);
}

export function headerText<Row>(column: Column<Row>): string {
  if (column.unit === undefined) return column.label;
  return `${column.label}${/\p{Script=Han}$/u.test(column.label) ? '，' : ', '}${column.unit}`;
}

/** The raw values of a table, one array a row. */
export type CellRows = readonly (readonly CellValue[])[];

/** The raw values of the rows, in the order of the columns. */
export function tableCells<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): CellRows {
  return rows.map((row) => columns.map((column) => column.value(row)));
}

/** The header and the raw values, as text for a spreadsheet; `release` may withhold some of them. */
export function tableTsv<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  release: (cells: CellRows) => CellRows = (cells) => cells,
): string {
  return toTsv([columns.map((column) => headerText(column)), ...release(tableCells(columns, rows))]);
}

/** A click on a header: numbers start with the largest, text with A; the same column turns round. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | null): Sort {
  const first = column.numeric === true ? 'descending' : 'ascending';
  if (sort?.key !== column.key) return { key: column.key, direction: first };
  return { key: column.key, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
}

/**
 * The rows in the order of `sort`; equal values keep their order, missing ones (null, NaN) come last
 * in both directions. `compareText` orders text (a collator of the reader's language).
 */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
  compareText: (a: string, b: string) => number,
): readonly Row[] {
  const column = columns.find((candidate) => candidate.key === sort?.key);
  if (sort === null || column === undefined) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const a = column.value(left);
    const b = column.value(right);
    const missing = Number(isMissing(a)) - Number(isMissing(b));
    if (missing !== 0 || isMissing(a) || isMissing(b)) return missing;
    if (typeof a === 'string' || typeof b === 'string') return sign * compareText(String(a), String(b));
    return sign * (a < b ? -1 : a > b ? 1 : 0);
  });
}

function isMissing(value: CellValue): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

/** The rows to draw in a scrolled box: those in view and `margin` more on both sides. */
export function visibleRange(
  scrollTop: number,
  boxHeight: number,
  rowHeight: number,
  total: number,
  margin = 8,
): { start: number; end: number } {
  const start = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
  const end = Math.min(total, Math.ceil((scrollTop + boxHeight) / rowHeight) + margin);
  return { start: Math.min(start, end), end };
}
