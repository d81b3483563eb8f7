import { strToU8, Zip, ZipDeflate } from 'fflate';
import { DAY_MS, startOfDay } from '../core/dates';
import { cellOf, isTextual, plainText, type CellKind, type ExportColumn, type ExportPage } from './cells';
import * as parts from './xlsx-parts';
import { STYLE } from './xlsx-parts';

/** Rows a sheet can hold, its heading among them. */
const SHEET_ROWS = 1_048_576;
/** Characters a cell can hold. */
const CELL_CHARACTERS = 32_767;
/** Spreadsheets keep 15 digits of a number; a longer one would be rounded, so it stays text. */
const NUMBER_DIGITS = 15;

/** Day 0 of the 1900 date system, placed so that days from March 1900 on are right. */
const EPOCH = startOfDay('1899-12-30');
const FIRST_SAFE_DAY = startOfDay('1900-03-01');

export interface XlsxOptions {
  readonly sheetName: string;
  /** Receives the file piece by piece, in order. */
  readonly onChunk: (chunk: Uint8Array) => void;
  /** Rows a sheet may have; smaller only in tests. */
  readonly sheetRows?: number;
}

/**
 * A workbook written as it goes: no more than a page of rows is ever held. Ids and texts are text
 * cells, so nothing in them runs or loses digits. Rows past a sheet's limit go on in a next sheet
 * with the same heading. A text past 32,767 characters is cut there, for a cell holds no more.
 */
export class XlsxWriter {
  readonly #columns: readonly ExportColumn[];
  readonly #options: XlsxOptions;
  readonly #letters: readonly string[];
  readonly #zip: Zip;
  #sheet: ZipDeflate | null = null;
  #sheets = 0;
  #rowsInSheet = 0;
  #widths: readonly number[] | null = null;

  constructor(columns: readonly ExportColumn[], options: XlsxOptions) {
    this.#columns = columns;
    this.#options = options;
    this.#letters = columns.map((_, i) => parts.columnLetters(i));
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      options.onChunk(chunk);
    });
  }

  add(page: ExportPage): void {
    let text = '';
    for (let row = 0; row < page.rowCount; row++) {
      if (this.#sheet === null || this.#rowsInSheet === (this.#options.sheetRows ?? SHEET_ROWS)) {
        this.#push(text);
        text = '';
        this.#startSheet(page);
      }
      text += this.#row(page, row);
    }
    this.#push(text);
  }

  /** Ends the file. A workbook without rows still has its headings. */
  finish(): void {
    if (this.#sheet === null) this.#startSheet(EMPTY_PAGE);
    this.#endSheet();
    this.#file('xl/styles.xml', parts.STYLES_XML);
    this.#file('xl/workbook.xml', parts.workbookXml(this.#options.sheetName, this.#sheets));
    this.#file('xl/_rels/workbook.xml.rels', parts.workbookRelationshipsXml(this.#sheets));
    this.#file('_rels/.rels', parts.ROOT_RELATIONSHIPS_XML);
    this.#file('[Content_Types].xml', parts.contentTypesXml(this.#sheets));
    this.#zip.end();
  }

  #startSheet(page: ExportPage): void {
    this.#endSheet();
    this.#sheets++;
    this.#rowsInSheet = 1;
    this.#widths ??= widthsOf(this.#columns, page);
    this.#sheet = this.#open(`xl/worksheets/sheet${this.#sheets}.xml`);
    this.#push(parts.sheetHead(this.#columns, this.#widths, this.#sheets === 1));
  }

  #endSheet(): void {
    this.#sheet?.push(strToU8(parts.SHEET_TAIL), true);
    this.#sheet = null;
  }

  #push(text: string): void {
    if (text !== '') this.#sheet?.push(strToU8(text));
  }

  #file(path: string, text: string): void {
    this.#open(path).push(strToU8(text), true);
  }

  #open(path: string): ZipDeflate {
    const file = new ZipDeflate(path, { level: 1 });
    // The same rows give the same bytes: no clock in the archive.
    file.mtime = new Date(2000, 0, 1);
    this.#zip.add(file);
    return file;
  }

  #row(page: ExportPage, row: number): string {
    const number = ++this.#rowsInSheet;
    let cells = '';
    for (let i = 0; i < this.#columns.length; i++) {
      const value = cellOf(page, i, row);
      if (value !== null)
        cells += cellXml(`${this.#letters[i] ?? ''}${number}`, this.#columns[i]?.kind ?? 'text', value);
    }
    return `<row r="${number}">${cells}</row>`;
  }
}

const EMPTY_PAGE: ExportPage = { rowCount: 0, columns: [] };

function cellXml(place: string, kind: CellKind, value: string | number | boolean): string {
  if (isTextual(kind)) return parts.textCellXml(place, STYLE.text, cut(String(value)));
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (kind === 'time' || kind === 'day') {
    if (typeof value !== 'number' || value < FIRST_SAFE_DAY)
      return parts.textCellXml(place, STYLE.text, plainText(kind, value));
    return `<c r="${place}" s="${kind === 'time' ? STYLE.time : STYLE.day}"><v>${(value - EPOCH) / DAY_MS}</v></c>`;
  }
  const text = plainText(kind, value);
  // A word in place of a number, such as the mark of one that is withheld.
  if (typeof value === 'string' && !NUMBER_TEXT.test(value)) return parts.textCellXml(place, STYLE.text, cut(text));
  const isExact = kind === 'integer' || kind === 'decimal';
  if (isExact && text.length > NUMBER_DIGITS && significantDigits(text) > NUMBER_DIGITS)
    return parts.textCellXml(place, STYLE.text, text);
  const style = kind === 'integer' ? STYLE.integer : kind === 'decimal' ? STYLE.decimal : STYLE.plain;
  return `<c r="${place}" s="${style}"><v>${text}</v></c>`;
}

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function significantDigits(text: string): number {
  return text.replace(/^-?0*\.?0*/, '').replace('.', '').length;
}

/** The text cut to what a cell holds, never inside a surrogate pair. */
function cut(text: string): string {
  if (text.length <= CELL_CHARACTERS) return text;
  const last = text.charCodeAt(CELL_CHARACTERS - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? CELL_CHARACTERS - 1 : CELL_CHARACTERS);
}

const SAMPLED_ROWS = 200;
const LEAST_WIDTH = 8;
const MOST_WIDTH = 48;
/** Scripts whose characters are as wide as two digits. */
const WIDE = /[\u1100-\u115f\u2e80-\uffdc\u{1f300}-\u{1faff}]/u;

/** Widths in characters that fit the heading and the first rows. */
function widthsOf(columns: readonly ExportColumn[], page: ExportPage): number[] {
  return columns.map(({ heading, kind }, column) => {
    let width = displayWidth(heading);
    for (let row = 0; row < Math.min(SAMPLED_ROWS, page.rowCount); row++) {
      const value = cellOf(page, column, row);
      if (value !== null) width = Math.max(width, displayWidth(plainText(kind, value)));
    }
    return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width + 2));
  });
}

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.slice(0, MOST_WIDTH)) width += WIDE.test(character) ? 2 : 1;
  return width;
}
