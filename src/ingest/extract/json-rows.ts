import type { DelimitedSink } from './delimited-sink';
import type { Flattening } from './extract-contract';
import { JsonCells } from './json-cells';
import type { JsonColumns } from './json-fields';
import { JsonOutput } from './json-output';
import { JsonPath } from './json-path';
import { JsonRow } from './json-row';
import type { JsonHandler } from './json-scanner';

type RowKind = 'object' | 'array' | 'bare';

export interface JsonRowsOptions {
  /** The file's, for messages. */
  readonly name: string;
  /** Keys down to the rows, joined by points; '' for the text's own array or objects. */
  readonly path: string;
  readonly flatten: Flattening;
  /** True for JSON lines, where an array is a row and not the array of rows. */
  readonly topIsRow: boolean;
  readonly columns: JsonColumns;
}

/**
 * Finds the rows in the JSON it is told and writes them to a sink. What kind of value the first row is,
 * all are: objects (named columns), arrays (columns by place) or bare values (one column named `value`);
 * others are left out and counted. See JsonOutput for when rows are written.
 */
export class JsonRows implements JsonHandler {
  /** True when the path led to an array or object. */
  found = false;
  kind: RowKind | null = null;
  readonly #options: JsonRowsOptions;
  readonly #cells: JsonCells;
  readonly #row: JsonRow;
  readonly #output: JsonOutput;
  readonly #path = new JsonPath();
  #isAmongRows = false;
  /** How deep in a value that is passed over. */
  #passedOver = 0;
  #valuesLeftOut = 0;

  constructor(options: JsonRowsOptions, sink: DelimitedSink) {
    this.#options = options;
    this.#cells = new JsonCells(options.name);
    this.#row = new JsonRow(options.columns, this.#cells, options.flatten);
    this.#output = new JsonOutput(this.#cells, options.columns, sink);
  }

  /** True when rows were written without columns that turned up later. */
  get isNarrow(): boolean {
    return this.#output.isNarrow;
  }

  /** The cells of the first row, which name the columns where rows are arrays. */
  get firstCells(): readonly string[] {
    return this.#output.firstCells;
  }

  get valuesLeftOut(): number {
    return this.#valuesLeftOut + this.#row.valuesLeftOut;
  }

  /** Columns that hold arrays or objects as text. */
  get nestedAsText(): ReadonlySet<number> {
    return this.#row.nestedAsText;
  }

  /** Writes the row that waits. */
  settle(): void {
    this.#output.settle();
  }

  /** Forgets what came since the last row was settled, for a line that is no JSON. */
  takeBack(): void {
    this.#output.takeBack();
    this.#row.forget();
    this.#path.restart();
    this.#isAmongRows = false;
    this.#passedOver = 0;
  }

  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#row.isOpen) this.#row.key(bytes, from, to, hasEscapes);
    else if (this.#passedOver === 0) this.#path.key(bytes, from, to, hasEscapes);
  }

  beginObject(): void {
    if (this.#row.isOpen) this.#row.beginObject();
    else if (this.#passedOver > 0) this.#passedOver++;
    else if (this.#isAmongRows || this.#isAtRows()) this.#beginRow('object');
    else this.#path.enterObject();
  }

  endObject(): void {
    if (this.#row.isOpen) {
      if (this.#row.endObject()) this.#endRow();
    } else if (this.#passedOver > 0) {
      this.#leavePassedOver();
    } else {
      this.#path.leaveObject();
    }
  }

  beginArray(): void {
    if (this.#row.isOpen) {
      this.#row.beginArray();
    } else if (this.#passedOver > 0) {
      this.#passedOver++;
    } else if (this.#isAmongRows) {
      this.#beginRow('array');
    } else if (!this.#isAtRows()) {
      this.#passedOver = 1;
    } else if (this.#options.topIsRow && this.#path.isAtTop) {
      this.#beginRow('array');
    } else {
      this.found = true;
      this.#isAmongRows = true;
    }
  }

  endArray(): void {
    if (this.#row.isOpen) {
      if (this.#row.endArray()) this.#endRow();
    } else if (this.#passedOver > 0) {
      this.#leavePassedOver();
    } else {
      this.#isAmongRows = false;
      this.#path.valueEnded();
    }
  }

  text(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#row.isOpen) this.#row.text(bytes, from, to, hasEscapes);
    else this.#bareRow((column) => this.#cells.setText(column, bytes, from, to, hasEscapes));
  }

  number(bytes: Uint8Array, from: number, to: number): void {
    if (this.#row.isOpen) this.#row.number(bytes, from, to);
    else this.#bareRow((column) => this.#cells.setNumber(column, bytes, from, to));
  }

  boolean(bytes: Uint8Array, from: number, to: number): void {
    if (this.#row.isOpen) this.#row.boolean(bytes, from, to);
    else this.#bareRow((column) => this.#cells.setText(column, bytes, from, to, false));
  }

  null(): void {
    if (this.#row.isOpen) this.#row.null();
    else if (this.#isRowPlace()) this.#valuesLeftOut++;
  }

  #isAtRows(): boolean {
    return this.#path.value === this.#options.path;
  }

  /** True where a bare value would be a row. */
  #isRowPlace(): boolean {
    return this.#passedOver === 0 && (this.#isAmongRows || this.#isAtRows());
  }

  #beginRow(kind: 'object' | 'array'): void {
    this.settle();
    this.found = true;
    this.kind ??= kind;
    if (this.kind === kind) {
      this.#row.begin(kind);
    } else {
      this.#valuesLeftOut++;
      this.#passedOver = 1;
    }
  }

  #endRow(): void {
    if (!this.#isAmongRows) this.#path.valueEnded();
    this.#output.rowEnded();
  }

  #leavePassedOver(): void {
    if (--this.#passedOver === 0 && !this.#isAmongRows) this.#path.valueEnded();
  }

  #bareRow(fill: (column: number) => void): void {
    if (!this.#isRowPlace()) return;
    this.settle();
    if (this.#isAmongRows) this.kind ??= 'bare';
    if (this.kind !== 'bare' || !this.#isAmongRows) {
      this.#valuesLeftOut++;
      return;
    }
    const { columns } = this.#options;
    const field = columns.placeField('value');
    field.hasValue = true;
    this.#cells.clear();
    fill(columns.columnOf(field));
    this.#output.rowEnded();
  }
}
