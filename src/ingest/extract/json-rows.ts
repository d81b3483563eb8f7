import type { DelimitedSink } from './delimited-sink';
import type { Flattening } from './extract-contract';
import { JsonAside } from './json-aside';
import { JsonCells } from './json-cells';
import { Field, OpenObjects, type JsonColumns } from './json-fields';
import { JsonOutput } from './json-output';
import { JsonPath } from './json-path';
import type { JsonHandler } from './json-scanner';

const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const NULL = new TextEncoder().encode('null');
const NO_FIELD = new Field('', new Uint8Array(0), 0);

/** Around the rows, on the way to them. */
const OUTSIDE = 0;
/** Directly in the array of rows. */
const AMONG_ROWS = 1;
/** In the object that is a row, or in an object within it. */
const IN_OBJECT = 2;
/** In the array that is a row. */
const IN_ARRAY = 3;
/** Directly in the list whose elements become rows. */
const AMONG_LINES = 4;
/** Behind the bracket of a list of which it is not known yet whether it holds objects. */
const LIST_OPENED = 5;

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
 * Makes rows of the JSON it is told and writes them to a sink. What kind of value the first row is, all
 * are: objects (named columns), arrays (columns by place) or bare values (one column named `value`);
 * others are left out and counted. See JsonOutput for when rows are written.
 */
export class JsonRows implements JsonHandler {
  valuesLeftOut = 0;
  /** True when the path led to an array or object. */
  found = false;
  kind: RowKind | null = null;
  /** Columns that hold arrays or objects as text. */
  readonly nestedAsText = new Set<number>();

  readonly #options: JsonRowsOptions;
  readonly #columns: JsonColumns;
  readonly #cells: JsonCells;
  readonly #aside: JsonAside;
  readonly #output: JsonOutput;
  readonly #path = new JsonPath();
  readonly #open = new OpenObjects();
  #where = OUTSIDE;
  #rowsLieIn = OUTSIDE;
  #field = NO_FIELD;
  /** How many objects of the row are open around the line; 0 outside of lines. */
  #lineLevel = 0;
  #place = 0;

  constructor(options: JsonRowsOptions, sink: DelimitedSink) {
    this.#options = options;
    this.#columns = options.columns;
    this.#cells = new JsonCells(options.name);
    this.#aside = new JsonAside(this.#cells);
    this.#output = new JsonOutput(this.#cells, options.columns, sink);
  }

  get isNarrow(): boolean {
    return this.#output.isNarrow;
  }

  /** The cells of the first row, which name the columns where rows are arrays. */
  get firstCells(): readonly string[] {
    return this.#output.firstCells;
  }

  /** Writes the row that waits. */
  settle(): void {
    this.#output.settle();
  }

  /** Forgets what came since the last row was settled, for a line that is no JSON. */
  takeBack(): void {
    this.#output.takeBack();
    this.#aside.forget();
    this.#lineLevel = 0;
    this.#where = OUTSIDE;
    this.#path.restart();
    this.#open.clear();
  }

  key(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#aside.isOpen) return this.#aside.key(bytes, from, to);
    if (this.#where === OUTSIDE) return this.#path.key(bytes, from, to, hasEscapes);
    this.#field = this.#open.find(bytes, from, to, hasEscapes);
  }

  beginObject(): void {
    if (this.#aside.isOpen) return this.#aside.open(OPEN_OBJECT);
    switch (this.#where) {
      case OUTSIDE:
        if (this.#isAtRows()) this.#beginRow('object');
        else this.#path.enterObject();
        return;
      case AMONG_ROWS:
        return this.#beginRow('object');
      case LIST_OPENED:
        this.#columns.list = this.#field;
        return this.#beginLine();
      case AMONG_LINES:
        return this.#beginLine();
      case IN_OBJECT:
        if (this.#options.flatten === 'none') return this.#aside.begin(OPEN_OBJECT, true);
        return this.#open.enter(this.#field.innerFields());
      default:
        return this.#aside.begin(OPEN_OBJECT, true);
    }
  }

  endObject(): void {
    if (this.#aside.isOpen) return this.#endAside();
    if (this.#where === OUTSIDE) return this.#path.leaveObject();
    this.#open.leave();
    if (this.#open.count === 0) return this.#endRow();
    if (this.#open.count === this.#lineLevel) {
      this.#cells.endLine();
      this.#lineLevel = 0;
      this.#where = AMONG_LINES;
    }
  }

  beginArray(): void {
    if (this.#where === LIST_OPENED) this.#keepList();
    if (this.#aside.isOpen) return this.#aside.open(OPEN_ARRAY);
    switch (this.#where) {
      case OUTSIDE:
        return this.#beginArrayOutside();
      case AMONG_ROWS:
        return this.#beginRow('array');
      case AMONG_LINES:
        return this.#leaveOut(OPEN_ARRAY);
      case IN_OBJECT:
        return this.#beginList();
      default:
        return this.#aside.begin(OPEN_ARRAY, true);
    }
  }

  endArray(): void {
    if (this.#aside.isOpen) return this.#endAside();
    if (this.#where === IN_ARRAY) return this.#endRow();
    if (this.#where === AMONG_ROWS) {
      this.#where = OUTSIDE;
      this.#path.valueEnded();
    } else {
      this.#where = IN_OBJECT;
    }
  }

  text(bytes: Uint8Array, from: number, to: number, hasEscapes: boolean): void {
    if (this.#where === LIST_OPENED) this.#keepList();
    if (this.#aside.isOpen) return this.#aside.quoted(bytes, from, to);
    const column = this.#beginValue();
    if (column < 0) return;
    this.#cells.setText(column, bytes, from, to, hasEscapes);
    this.#endValue();
  }

  number(bytes: Uint8Array, from: number, to: number): void {
    this.#word(bytes, from, to, true);
  }

  boolean(bytes: Uint8Array, from: number, to: number): void {
    this.#word(bytes, from, to, false);
  }

  null(): void {
    if (this.#where === LIST_OPENED) this.#keepList();
    if (this.#aside.isOpen) return this.#aside.bare(NULL, 0, NULL.length);
    if (this.#where === IN_OBJECT) this.#setGap(this.#field);
    else if (this.#where === IN_ARRAY) this.#columns.columnOf(this.#nextPlace());
    else if (this.#where !== OUTSIDE || this.#isAtRows()) this.valuesLeftOut++;
  }

  #isAtRows(): boolean {
    return this.#path.value === this.#options.path;
  }

  #word(bytes: Uint8Array, from: number, to: number, isNumber: boolean): void {
    if (this.#where === LIST_OPENED) this.#keepList();
    if (this.#aside.isOpen) return this.#aside.bare(bytes, from, to);
    const column = this.#beginValue();
    if (column < 0) return;
    if (isNumber) this.#cells.setNumber(column, bytes, from, to);
    else this.#cells.setText(column, bytes, from, to, false);
    this.#endValue();
  }

  /** Null beside objects gives no column of its own: those of the objects are empty then. */
  #setGap(field: Field): void {
    const holdsObjects = field.inner !== null || field === this.#columns.list;
    if (field.column >= 0 || !holdsObjects) this.#cells.setGap(this.#columns.columnOf(field));
  }

  #beginArrayOutside(): void {
    if (!this.#isAtRows()) return this.#aside.begin(OPEN_ARRAY, false);
    if (this.#options.topIsRow && this.#path.isAtTop) return this.#beginRow('array');
    this.found = true;
    this.#where = AMONG_ROWS;
  }

  /** An array in a row's object: kept as text, or the list that becomes lines. */
  #beginList(): void {
    const { list } = this.#columns;
    if (this.#options.flatten !== 'lines' || this.#lineLevel > 0) return this.#aside.begin(OPEN_ARRAY, true);
    if (list === null) this.#where = LIST_OPENED;
    else if (list === this.#field) this.#where = AMONG_LINES;
    else this.#aside.begin(OPEN_ARRAY, true);
  }

  /** The list that was opened holds no objects: it is a value like others. */
  #keepList(): void {
    this.#where = IN_OBJECT;
    this.#aside.begin(OPEN_ARRAY, true);
  }

  #beginRow(kind: RowKind): void {
    this.settle();
    this.found = true;
    this.kind ??= kind;
    if (this.kind !== kind) return this.#leaveOut(kind === 'array' ? OPEN_ARRAY : OPEN_OBJECT);
    this.#rowsLieIn = this.#where;
    this.#cells.clear();
    if (kind === 'object') this.#open.enter(this.#columns.fields);
    this.#where = kind === 'object' ? IN_OBJECT : IN_ARRAY;
    this.#place = 0;
  }

  #endRow(): void {
    this.#where = this.#rowsLieIn;
    if (this.#where === OUTSIDE) this.#path.valueEnded();
    this.#output.rowEnded();
  }

  #beginLine(): void {
    const list = this.#columns.list ?? NO_FIELD;
    this.#cells.beginLine();
    this.#lineLevel = this.#open.count;
    this.#where = IN_OBJECT;
    this.#open.enter(list.innerFields());
  }

  #leaveOut(bracket: number): void {
    this.valuesLeftOut++;
    this.#aside.begin(bracket, false);
  }

  #endAside(): void {
    const start = this.#aside.close();
    if (start < 0) return;
    const field = this.#where === IN_ARRAY ? this.#nextPlace() : this.#field;
    const column = this.#columns.columnOf(field);
    field.hasValue = true;
    this.nestedAsText.add(column);
    this.#cells.setCell(column, start);
  }

  /** The column of a value that is neither array nor object; -1 where it is none of a row. */
  #beginValue(): number {
    let field = this.#field;
    switch (this.#where) {
      case IN_OBJECT:
        break;
      case IN_ARRAY:
        field = this.#nextPlace();
        break;
      case AMONG_LINES:
        field = this.#columns.list ?? NO_FIELD;
        this.#cells.beginLine();
        break;
      case AMONG_ROWS:
        this.settle();
        this.kind ??= 'bare';
        if (this.kind !== 'bare') {
          this.valuesLeftOut++;
          return -1;
        }
        this.#cells.clear();
        field = this.#columns.placeField('value');
        break;
      default:
        if (this.#isAtRows()) this.valuesLeftOut++;
        return -1;
    }
    field.hasValue = true;
    return this.#columns.columnOf(field);
  }

  #endValue(): void {
    if (this.#where === AMONG_LINES) this.#cells.endLine();
    else if (this.#where === AMONG_ROWS) this.#output.rowEnded();
  }

  /** The field of the next place in an array that is a row. */
  #nextPlace(): Field {
    return this.#columns.placeField(String(this.#place++));
  }
}
