import { read, set_cptable, type CellObject, type ParsingOptions, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { AppError } from '../../core/errors';
import { detectEncoding } from '../readers/encoding';
import { readSlice, type ReadOptions } from '../readers/read-slice';
import type { ExtractLimits } from './extract-contract';
import { kindOfFormat, type NumberKind } from './number-formats';
import type { MergedArea, Sheet, SheetCells, SheetFacts } from './sheet-rows';
import { hasLostDigits, numberText, serialText } from './sheet-values';

/** An object of every cell takes some 20 times its bytes in the file; past this a worker's heap ends. */
const MOST_BYTES = 128 << 20;
const OLE_MARK = 0xd0;
const MARKUP_CHARSET = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;
/** An OLE container may hold a text document or a message as well. */
const OTHER_CONTAINER = /cannot find workbook stream|unsupported/i;
const PASSWORD = /password|encrypted file/i;

const OPTIONS: ParsingOptions = {
  dense: true,
  // Text that looks like a number stays text, above all in the HTML that shops export as .xls.
  raw: true,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellFormula: true,
};

/**
 * The sheets of XLS, XLSB, ODS, an XML spreadsheet or HTML tables, by the general reader, which holds
 * the whole workbook in memory. Throws `file-encrypted`, `file-damaged`,
 * `format-unsupported`, `over-limit`.
 */
export async function openGeneralWorkbook(
  file: Blob,
  limits: ExtractLimits,
  options: ReadOptions,
): Promise<readonly Sheet[]> {
  const name = options.name ?? '';
  const most = Math.min(MOST_BYTES, limits.inflatedBytes);
  if (file.size > most) throw new AppError('over-limit', { name, what: 'inflatedBytes', limit: most });
  const bytes = await readSlice(file, 0, file.size, options);
  // Only XLS has text in the code pages of old.
  if (bytes[0] === OLE_MARK || bytes[0] === 0x09) set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const book = parse(bytes, name);
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((sheetName, index) => {
    const sheet = book.Sheets[sheetName];
    if (sheet === undefined || (sheet['!type'] ?? 'sheet') !== 'sheet') return [];
    return [new GeneralSheet(sheetName, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, sheet, is1904)];
  });
}

function parse(bytes: Uint8Array, name: string): WorkBook {
  try {
    const text = markupOf(bytes);
    return text === null ? read(bytes, { ...OPTIONS, type: 'array' }) : read(text, { ...OPTIONS, type: 'string' });
  } catch (error) {
    if (isLocked(bytes, error)) throw new AppError('file-encrypted', { name }, error);
    const isOther = error instanceof Error && OTHER_CONTAINER.test(error.message);
    if (isOther) throw new AppError('format-unsupported', { name, kind: 'OLE' }, error);
    throw new AppError('file-damaged', { name }, error);
  }
}

/** A locked XLS is told by the reader; a locked XLSX lies as a whole in an OLE container, under this name. */
function isLocked(bytes: Uint8Array, error: unknown): boolean {
  if (error instanceof Error && PASSWORD.test(error.message)) return true;
  return bytes[0] === OLE_MARK && new TextDecoder('utf-16le').decode(bytes).includes('EncryptedPackage');
}

/** The text of HTML or XML in the encoding that it declares or seems to have; null for other bytes. */
function markupOf(bytes: Uint8Array): string | null {
  const head = bytes.subarray(0, 64 << 10);
  if (head.includes(0) && !(head[0] === 0xff || head[0] === 0xfe)) return null;
  const guess = detectEncoding([{ bytes: head, atStart: true, atEnd: head.length === bytes.length }]);
  if (guess === null) return null;
  const declared = MARKUP_CHARSET.exec(new TextDecoder('windows-1252').decode(head))?.[1];
  const encoding = guess.evidence === 'bom' || declared === undefined ? guess.encoding : knownEncoding(declared);
  const text = new TextDecoder(encoding ?? guess.encoding).decode(bytes);
  return text.trimStart().startsWith('<') ? text : null;
}

function knownEncoding(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

class GeneralSheet implements Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly #sheet: WorkSheet;
  readonly #is1904: boolean;
  #share = 0;
  readonly #kinds = new Map<string, NumberKind>();

  constructor(name: string, hidden: boolean, sheet: WorkSheet, is1904: boolean) {
    this.name = name;
    this.hidden = hidden;
    this.#sheet = sheet;
    this.#is1904 = is1904;
  }

  get share(): number {
    return this.#share;
  }

  async readRows(onRow: (row: number, cells: SheetCells) => void): Promise<SheetFacts> {
    const counts: Counts = { formulaResults: 0, formulasWithoutResult: 0, errorCells: 0, digitsLost: 0 };
    const rows = this.#sheet['!data'] ?? [];
    for (let row = 0; row < rows.length; row++) {
      this.#share = row / rows.length;
      const cells = rows[row];
      if (cells === undefined) continue;
      onRow(
        row,
        Array.from(cells, (cell: CellObject | undefined) => (cell === undefined ? '' : this.#text(cell, counts))),
      );
    }
    return { merges: this.#merges(), ...counts, hiddenRows: 0, hiddenColumns: 0 };
  }

  #text(cell: CellObject, counts: Counts): string {
    const { t: type, v: value } = cell;
    if (cell.f !== undefined) {
      if (value === undefined) counts.formulasWithoutResult++;
      else counts.formulaResults++;
    }
    if (type === 'e') {
      counts.errorCells++;
      return '';
    }
    if (typeof value === 'string') return value;
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value !== 'number') return '';
    const kind = typeof cell.z === 'string' ? this.#kindOf(cell.z) : 'number';
    if (kind !== 'number') return serialText(value, kind, this.#is1904);
    const text = numberText(value);
    if (hasLostDigits(text, null)) counts.digitsLost++;
    return text;
  }

  #kindOf(format: string): NumberKind {
    const known = this.#kinds.get(format);
    if (known !== undefined) return known;
    const kind = kindOfFormat(format);
    this.#kinds.set(format, kind);
    return kind;
  }

  #merges(): readonly MergedArea[] {
    return (this.#sheet['!merges'] ?? []).map(({ s, e }) => ({
      firstRow: s.r,
      lastRow: e.r,
      firstColumn: s.c,
      lastColumn: e.c,
    }));
  }
}

interface Counts {
  formulaResults: number;
  formulasWithoutResult: number;
  errorCells: number;
  digitsLost: number;
}
