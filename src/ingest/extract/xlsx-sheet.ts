import type { NumberKind } from './number-formats';
import type { MergedArea, Sheet, SheetCells, SheetFacts } from './sheet-rows';
import { hasLostDigits, serialText, writtenNumberText } from './sheet-values';
import type { XlsxPackage } from './xlsx-package';
import { isTrue, plainText, RichText, type XlsxSheetPart } from './xlsx-parts';
import { readAttribute, type XmlHandlers } from './xml-scanner';

/** What cells refer to. */
export interface XlsxLookups {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly is1904: boolean;
}

const LETTER_A = 65;
/** The farthest column that a reference of three letters can name; a spreadsheet ends before. */
const MOST_COLUMNS = 18_278;
/** An element with more merged areas than rows could have is made up. */
const MOST_MERGES = 1_000_000;

/** A worksheet part of an XLSX file, read piece by piece: no more than a row of it is held. */
export class XlsxSheet implements Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly #parts: XlsxPackage;
  readonly #path: string;
  readonly #lookups: XlsxLookups;
  #share = 0;

  constructor(parts: XlsxPackage, { name, hidden, path }: XlsxSheetPart, lookups: XlsxLookups) {
    this.name = name;
    this.hidden = hidden;
    this.#parts = parts;
    this.#path = path;
    this.#lookups = lookups;
  }

  get share(): number {
    return this.#share;
  }

  async readRows(onRow: (row: number, cells: SheetCells) => void): Promise<SheetFacts> {
    const reading = new SheetReading(this.#lookups, onRow);
    await this.#parts.read(this.#path, reading, (share) => void (this.#share = share));
    return reading.facts();
  }
}

/** @source ECMA-376 part 1, 18.3.1 (sheetData, row, c, v, is, mergeCell, col) */
class SheetReading implements XmlHandlers {
  readonly #lookups: XlsxLookups;
  readonly #onRow: (row: number, cells: SheetCells) => void;
  readonly #merges: MergedArea[] = [];
  readonly #inline = new RichText();
  #row = -1;
  #cells: (string | undefined)[] = [];
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;
  #isFormula = false;
  #hasValue = false;
  #formulaResults = 0;
  #formulasWithoutResult = 0;
  #errorCells = 0;
  #digitsLost = 0;
  #hiddenRows = 0;
  #hiddenColumns = 0;

  constructor(lookups: XlsxLookups, onRow: (row: number, cells: SheetCells) => void) {
    this.#lookups = lookups;
    this.#onRow = onRow;
  }

  get wantsText(): boolean {
    return this.#inValue || this.#inline.isOpen;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'row') this.#openRow(attributes);
    else if (name === 'f') this.#isFormula = true;
    else if (name === 'mergeCell') this.#addMerge(readAttribute(attributes, 'ref') ?? '');
    else if (name === 'col') this.#countHidden(attributes);
    else if (this.#type === 'inlineStr') this.#inline.open(name);
  }

  close(name: string): void {
    if (name === 'v') {
      this.#inValue = false;
      this.#hasValue = true;
    } else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#onRow(this.#row, this.#cells);
    else if (this.#type === 'inlineStr') this.#inline.close(name);
  }

  text(raw: string): void {
    if (this.#inValue) this.#value += raw;
    else this.#inline.add(raw);
  }

  facts(): SheetFacts {
    return {
      merges: this.#merges,
      formulaResults: this.#formulaResults,
      formulasWithoutResult: this.#formulasWithoutResult,
      errorCells: this.#errorCells,
      digitsLost: this.#digitsLost,
      hiddenRows: this.#hiddenRows,
      hiddenColumns: this.#hiddenColumns,
    };
  }

  #openRow(attributes: string): void {
    const number = Number(readAttribute(attributes, 'r') ?? Number.NaN) - 1;
    // Rows without a number follow each other; one that goes back is taken as the next.
    this.#row = number > this.#row ? number : this.#row + 1;
    this.#cells = [];
    this.#column = -1;
    if (isTrue(readAttribute(attributes, 'hidden'))) this.#hiddenRows++;
  }

  #openCell(attributes: string): void {
    const reference = readAttribute(attributes, 'r');
    this.#column = reference === null ? this.#column + 1 : columnOf(reference);
    this.#type = readAttribute(attributes, 't') ?? 'n';
    this.#style = Number(readAttribute(attributes, 's') ?? 0);
    this.#value = '';
    this.#isFormula = false;
    this.#hasValue = false;
  }

  #closeCell(): void {
    const text = this.#cellText();
    this.#type = 'n';
    if (this.#isFormula) {
      if (this.#hasValue) this.#formulaResults++;
      else this.#formulasWithoutResult++;
    }
    if (text !== '' && this.#column >= 0 && this.#column < MOST_COLUMNS) this.#cells[this.#column] = text;
  }

  #cellText(): string {
    const { strings, kinds, is1904 } = this.#lookups;
    const value = this.#value;
    if (this.#type === 's') return strings[Number(value)] ?? '';
    if (this.#type === 'inlineStr') return this.#inline.take();
    if (this.#type === 'str') return plainText(value);
    if (this.#type === 'e') {
      this.#errorCells++;
      return '';
    }
    if (value === '') return '';
    if (this.#type === 'b') return isTrue(value) ? 'true' : 'false';
    if (this.#type === 'd') return value.replace('T', ' ').replace(/Z$/, '');
    const kind = kinds[this.#style] ?? 'number';
    if (kind !== 'number') return serialText(Number(value), kind, is1904);
    const written = value.trim();
    const text = writtenNumberText(written);
    if (hasLostDigits(text, written)) this.#digitsLost++;
    return text;
  }

  #addMerge(reference: string): void {
    const [first = '', last = first] = reference.split(':');
    const area: MergedArea = {
      firstRow: rowOf(first),
      lastRow: rowOf(last),
      firstColumn: columnOf(first),
      lastColumn: columnOf(last),
    };
    if (area.firstRow >= 0 && area.firstColumn >= 0 && this.#merges.length < MOST_MERGES) this.#merges.push(area);
  }

  #countHidden(attributes: string): void {
    if (!isTrue(readAttribute(attributes, 'hidden'))) return;
    const first = Number(readAttribute(attributes, 'min') ?? 0);
    const last = Number(readAttribute(attributes, 'max') ?? 0);
    // The columns behind the table are often hidden to the sheet's end.
    if (last >= first && last - first < MOST_COLUMNS / 4) this.#hiddenColumns += last - first + 1;
  }
}

/** The column of a reference such as AB12, from 0; -1 when there is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = (reference.charCodeAt(i) & ~32) - LETTER_A;
    if (letter < 0 || letter > 25) break;
    column = column * 26 + letter + 1;
  }
  return column - 1;
}

function rowOf(reference: string): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 0) - 1;
}
