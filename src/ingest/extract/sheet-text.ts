import { AppError } from '../../core/errors';
import { DelimitedSink } from './delimited-sink';
import type { Extraction, ExtractLimits, ExtractNote, ExtractNoteKind, ExtractOptions } from './extract-contract';
import { DEFAULT_LIMITS } from './extract-contract';
import { MergeFiller } from './merge-filler';
import { readShape, type Sheet, type SheetCells, type SheetFacts, type SheetShape } from './sheet-rows';

const REPORTED_ROWS = 10_000;
const LINE_BREAK = /[\r\n]/;

/**
 * A sheet as canonical text. Row n of the sheet is record n of the text; columns with nothing in any
 * row are no part of it. A merged area below the header gives its value to all of its cells, since
 * there it says the same of each row; the titles above are left as they stand.
 *
 * Cost: two readings of the sheet, the first for its width. Throws `over-limit`.
 */
export async function sheetToText(name: string, sheet: Sheet, options: ExtractOptions): Promise<Extraction> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const { shape, facts } = await readShape(sheet);
  checkShape(name, shape, limits);
  const writer = new SheetWriter(name, shape, facts, limits);
  let reported = 0;
  await sheet.readRows((row, cells) => {
    writer.write(row, cells);
    if (row - reported < REPORTED_ROWS) return;
    reported = row;
    options.onProgress?.({ share: row / (shape.lastRow + 1), rows: row });
  });
  return writer.finish();
}

function checkShape(name: string, shape: SheetShape, limits: ExtractLimits): void {
  if (shape.columns.length > limits.columns) {
    throw new AppError('over-limit', { name, what: 'columns', limit: limits.columns });
  }
  if (shape.lastRow >= limits.rows) throw new AppError('over-limit', { name, what: 'rows', limit: limits.rows });
}

class SheetWriter {
  readonly #sink: DelimitedSink;
  readonly #shape: SheetShape;
  readonly #facts: SheetFacts;
  readonly #columns: readonly number[];
  readonly #merges: MergeFiller;
  #firstCells: readonly string[] | null = null;
  #headerCells: SheetCells = [];
  #next = 0;
  #cellsWithLineBreaks = 0;

  constructor(name: string, shape: SheetShape, facts: SheetFacts, limits: ExtractLimits) {
    this.#sink = new DelimitedSink({ name, limits });
    this.#shape = shape;
    this.#facts = facts;
    this.#columns = shape.columns;
    this.#merges = new MergeFiller(facts.merges, shape.headerRow, this.#columns.at(-1) ?? 0);
  }

  write(row: number, read: SheetCells): void {
    if (row > this.#shape.lastRow) return;
    const cells = this.#merges.fill(row, read);
    if (row === this.#shape.headerRow) this.#headerCells = [...cells];
    if (cells.every((cell) => (cell ?? '') === '')) return;
    for (; this.#next < row; this.#next++) this.#sink.endRow();
    for (const column of this.#columns) {
      const cell = cells[column] ?? '';
      if (cell === '') this.#sink.gap();
      else this.#sink.text(cell);
      if (LINE_BREAK.test(cell)) this.#cellsWithLineBreaks++;
    }
    this.#sink.endRow();
    this.#next = row + 1;
    this.#firstCells ??= row === 0 ? this.#columns.map((column) => cells[column] ?? '') : [];
  }

  finish(): Extraction {
    return {
      text: this.#sink.finish(),
      rows: this.#sink.rows,
      columnNames: this.#firstCells ?? [],
      notes: this.#notes(),
    };
  }

  #notes(): readonly ExtractNote[] {
    const names = this.#merges.filledColumns
      .map((column) => this.#headerCells[column] ?? '')
      .filter((name) => name !== '');
    const counts: readonly (readonly [ExtractNoteKind, number])[] = [
      ['formula-results', this.#facts.formulaResults],
      ['formulas-without-result', this.#facts.formulasWithoutResult],
      ['error-cells', this.#facts.errorCells],
      ['digits-lost', this.#facts.digitsLost],
      ['hidden-rows', this.#facts.hiddenRows],
      ['hidden-columns', this.#facts.hiddenColumns],
      ['cells-with-line-breaks', this.#cellsWithLineBreaks],
    ];
    const merged: ExtractNote = { kind: 'merged-cells-filled', count: this.#merges.filledCells, names };
    return [merged, ...counts.map(([kind, count]) => ({ kind, count }))].filter(({ count }) => count > 0);
  }
}
