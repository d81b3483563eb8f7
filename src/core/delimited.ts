export type CellValue = string | number | bigint | null | undefined;

const LINE_END = '\r\n';
/** = + - @ and their full-width forms start a formula in a spreadsheet, also behind blanks. */
const FORMULA_START = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A table as tab-separated text for a spreadsheet's paste: CRLF rows; tabs and line ends inside a
 * value become spaces. Text that a spreadsheet would run as a formula gets a leading apostrophe;
 * null, undefined, NaN and infinities are empty.
 */
export function toTsv(rows: Iterable<readonly CellValue[]>): string {
  return Array.from(rows, (row) => row.map((value) => plainText(value).replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join(
    LINE_END,
  );
}

/** The same table as CSV for a file: UTF-8 byte-order mark, CRLF, quoted where needed, guarded like toTsv. */
export function toCsv(rows: Iterable<readonly CellValue[]>): string {
  const lines = Array.from(rows, (row) => row.map((value) => quoted(plainText(value))).join(',') + LINE_END);
  return `\uFEFF${lines.join('')}`;
}

function plainText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'bigint') return String(value);
  return FORMULA_START.test(value) ? `'${value}` : value;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
