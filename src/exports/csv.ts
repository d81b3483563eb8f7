import { cellOf, isTextual, plainText, type CellKind, type ExportColumn, type ExportPage } from './cells';

/**
 * How ids are written. `plain`: as they are, which every program reads back, but a spreadsheet that
 * opens the file by double click turns 00123 into 123. `spreadsheet`: an id that would be misread
 * becomes ="00123", which spreadsheets show intact and other programs do not.
 */
export const CSV_ID_STYLES = ['plain', 'spreadsheet'] as const;
export type CsvIdStyle = (typeof CSV_ID_STYLES)[number];

export const BYTE_ORDER_MARK = '\u{feff}';
const LINE_END = '\r\n';

/** A text a spreadsheet might run: a trigger, half or full width, after any apostrophes of its own. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;
/** What RFC 4180 makes us quote, and what readers of other dialects would split or trim. */
const NEEDS_QUOTES = /["\r\n,;\t]|^\s|\s$/u;
/** Ids that a spreadsheet turns into another number: leading zero, more than 15 digits, an exponent. */
const MISREAD_ID = /^(?:0\d+|\d{16,255}|\d+[eE]\d+)$/;

/**
 * The text with an apostrophe in front when a spreadsheet might run it as a formula. Reversible: the
 * apostrophe is also put before texts that look guarded already, so taking one off (`unguardFormula`,
 * and in SQL `unguardSql` of canonical-csv.sql.ts) always gives the text back.
 */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

export function unguardFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** A cell's text as RFC 4180 writes it. An empty text is quoted: nothing at all stands for NULL. */
export function quoteCell(text: string): string {
  return text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The first line of a file, with the byte order mark by which spreadsheets know UTF-8. */
export function csvHead(columns: readonly ExportColumn[]): string {
  return BYTE_ORDER_MARK + columns.map(({ heading }) => textCell(heading)).join(',') + LINE_END;
}

/** The lines of a page. Every line ends in CR LF; NULL is an empty cell; numbers are never guarded. */
export function csvRows(columns: readonly ExportColumn[], page: ExportPage, ids: CsvIdStyle): string {
  let text = '';
  for (let row = 0; row < page.rowCount; row++) {
    for (let column = 0; column < columns.length; column++) {
      const value = cellOf(page, column, row);
      if (column > 0) text += ',';
      if (value !== null) text += csvCell(columns[column]?.kind ?? 'text', value, ids);
    }
    text += LINE_END;
  }
  return text;
}

/** A small table as one text: the data of a chart, on the spot and without the engine. */
export function csvText(columns: readonly ExportColumn[], page: ExportPage): string {
  return csvHead(columns) + csvRows(columns, page, 'plain');
}

function csvCell(kind: CellKind, value: string | number | boolean, ids: CsvIdStyle): string {
  if (!isTextual(kind)) return plainText(kind, value);
  const text = String(value);
  if (ids === 'spreadsheet' && kind === 'id' && MISREAD_ID.test(text)) return quoteCell(`="${text}"`);
  return textCell(text);
}

function textCell(text: string): string {
  return quoteCell(guardFormula(text));
}
