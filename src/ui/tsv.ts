export type TsvValue = string | number | bigint | null | undefined;

/**
 * A table as tab-separated text for a spreadsheet's paste: CRLF rows, tabs and line ends inside a
 * value become spaces. Text that a spreadsheet would run as a formula gets a leading apostrophe.
 */
export function toTsv(rows: Iterable<readonly TsvValue[]>): string {
  return Array.from(rows, (row) => row.map(cellText).join('\t')).join('\r\n');
}

function cellText(value: TsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'bigint') return String(value);
  const flat = value.replaceAll(/[\t\r\n]+/g, ' ');
  return /^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(flat) ? `'${flat}` : flat;
}
