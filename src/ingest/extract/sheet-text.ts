import { AppError } from '../../core/errors';
import { DEFAULT_LIMITS, type Extraction, type ExtractLimits, type ExtractOptions } from './extract-contract';
import { sheetNotes } from './sheet-notes';
import { SheetShape, type Sheet, type SheetCells, type SheetFacts } from './sheet-rows';
import { SheetWriter } from './sheet-writer';

const REPORTED_ROWS = 10_000;
/** Rows gathered before the first is written: they nearly always show every column that there is. */
const GATHERED_ROWS = 500;

/**
 * A sheet as canonical text. Row n of the sheet is record n of the text; columns with nothing in any
 * row are no part of it. A merged area below the header gives its value to all of its cells, since
 * there it says the same of each row; the titles above are left as they stand.
 *
 * Cost: one reading of the sheet, written as it goes with the columns that its first rows show; a
 * second one when a later row shows another column, or when the sheet's end tells of merged areas
 * in the body; progress then begins again. Throws `over-limit`.
 */
export async function sheetToText(name: string, sheet: Sheet, options: ExtractOptions): Promise<Extraction> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const first = new FirstReading(name, limits);
  const facts = await sheet.readRows((row, cells) => {
    first.add(row, cells);
    if (row % REPORTED_ROWS === 0) options.onProgress?.({ share: sheet.share, rows: row });
  });
  const written = first.finish(facts);
  if (written !== null) return toExtraction(written, facts);
  const { shape } = first;
  const writer = newWriter(name, shape, facts, limits);
  await sheet.readRows((row, cells) => {
    if (row <= shape.lastRow) writer.write(row, cells);
    if (row % REPORTED_ROWS === 0) options.onProgress?.({ share: sheet.share, rows: row });
  });
  return toExtraction(writer, facts);
}

/** Writes what it reads as long as nothing shows that it should have been written otherwise. */
class FirstReading {
  readonly shape = new SheetShape();
  readonly #name: string;
  readonly #limits: ExtractLimits;
  #gathered: { readonly row: number; readonly cells: SheetCells }[] = [];
  #writer: SheetWriter | null = null;
  #isInvalid = false;

  constructor(name: string, limits: ExtractLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  add(row: number, cells: SheetCells): void {
    if (row >= this.#limits.rows)
      throw new AppError('over-limit', { name: this.#name, what: 'rows', limit: this.#limits.rows });
    this.shape.add(row, cells);
    if (this.#isInvalid) return;
    if (this.#writer === null) {
      this.#gathered.push({ row, cells: [...cells] });
      if (this.#gathered.length === GATHERED_ROWS) this.#startWriting();
    } else if (this.#writer.covers(cells)) this.#writer.write(row, cells);
    else this.#isInvalid = true;
  }

  /** The writer with all the rows, or null when they have to be read again. */
  finish({ merges }: SheetFacts): SheetWriter | null {
    const headerRow = this.shape.findHeaderRow();
    if (this.#isInvalid || merges.some((area) => area.firstRow > headerRow)) return null;
    return this.#writer ?? this.#startWriting();
  }

  #startWriting(): SheetWriter {
    const writer = newWriter(this.#name, this.shape, null, this.#limits);
    for (const { row, cells } of this.#gathered) writer.write(row, cells);
    this.#gathered = [];
    this.#writer = writer;
    return writer;
  }
}

function newWriter(name: string, shape: SheetShape, facts: SheetFacts | null, limits: ExtractLimits): SheetWriter {
  const columns = shape.findColumns();
  if (columns.length > limits.columns)
    throw new AppError('over-limit', { name, what: 'columns', limit: limits.columns });
  return new SheetWriter(name, { columns, headerRow: shape.findHeaderRow(), merges: facts?.merges ?? [] }, limits);
}

function toExtraction(writer: SheetWriter, facts: SheetFacts): Extraction {
  return { ...writer.finish(), notes: sheetNotes(writer, facts) };
}
